"""htmx: pages in pieces for browsers with script. The only place that names HX- headers."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, Response, make_response, redirect, render_template, request
from flask_htmx import HTMX
from flask_htmx import make_response as make_htmx_response
from markupsafe import Markup
from werkzeug.urls import iri_to_uri

htmx = HTMX()

# Stands at the end of the script's own file (assets.py): it is fetched once, a <meta> would come with every page.
CONFIG = json.dumps(
    {
        "allowEval": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "allowScriptTags": False,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "50[234]", "swap": False, "error": True},  # the line or the server is down: line.js says it
            {"code": "413", "swap": False, "error": True},  # the form stays with what was typed: line.js says it
            {"code": "4(00|22)", "swap": True},  # the form again, with what is wrong
            # any other trouble is a whole page: show its main part in place of ours
            {
                "code": "[45]..",
                "swap": True,
                "target": "#main",
                "select": "#main",
                "swapOverride": "outerHTML show:window:top",
            },
        ],
    },
    separators=(",", ":"),
)


def wants_fragment() -> bool:
    """Did htmx ask for a piece of the page? Going back in history wants it whole."""
    return asks_for_fragment(request.environ)


def asks_for_fragment(environ: dict[str, Any]) -> bool:
    """The same, before there is a request: for the layer that answers kept pages."""
    if environ.get("HTTP_HX_REQUEST") != "true":
        return False
    return environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST") != "true"


def wants_script() -> bool:
    """May a page name scripts? Not where the reader asked to save data."""
    return request.headers.get("Save-Data", "").lower() != "on"


def fragment_or_page(fragment_template: str, page_template: str, status: int = 200, **context: Any) -> Response:
    """The fragment alone for htmx, the full page (which includes that very fragment) for everybody else."""
    if not wants_fragment():
        return make_response(render_template(page_template, **context), status)
    push = iri_to_uri(request.full_path.rstrip("?")) if request.method in ("GET", "HEAD") else None
    response = make_htmx_response(render_template(fragment_template, **context), push_url=push)
    response.status_code = status
    return response


def go_to(address: str) -> Response:
    """After a change: 303 to another page; htmx is told to load it whole."""
    if wants_fragment():
        return make_htmx_response(redirect=address)
    return redirect(address, 303)  # type: ignore[return-value]


def lands_here() -> Markup:
    """Attributes of the heading of what takes the place of a page: there the reader goes on, also one who listens."""
    return Markup(' tabindex="-1" autofocus') if wants_fragment() else Markup()


def swap() -> Markup:
    """Attributes for a form that works without script: with it, the answer takes the place of the main part."""
    return Markup('hx-post hx-target="#main" hx-swap="innerHTML show:window:top"')


def swap_whole() -> Markup:
    """The same for a form whose view answers with whole pages: the main part of the answer is taken out of it."""
    return Markup('hx-post hx-target="#main" hx-select="#main" hx-swap="outerHTML show:window:top"')


def init_app(app: Flask) -> None:
    htmx.init_app(app)
    app.jinja_env.globals.update(
        wants_script=wants_script, is_fragment=wants_fragment, lands_here=lands_here, swap=swap, swap_whole=swap_whole
    )
