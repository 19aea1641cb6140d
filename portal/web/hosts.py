"""Under which name the portal is asked for: in production under its own alone, so that no answer is made for another's.

What only machines ask is answered under any name: whoever watches the portal asks the machine, not the name.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, abort, request

from .errors import REFUSED_BY_SERVER
from .outside import context

WATCHED = {"health.healthz", "health.readyz", "health.metrics"}


def refuse_others() -> None:
    settings = context().settings
    if settings.demo or REFUSED_BY_SERVER in request.environ or request.endpoint in WATCHED:
        return
    if _name(request.headers.get("Host", "")) != urlsplit(settings.base_url).hostname:
        abort(421)


def _name(host: str) -> str | None:
    """Without its port, in small letters; None for what is no name."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def init_app(app: Flask) -> None:
    app.before_request(refuse_others)
