"""A browser that has signed in before: so that no stranger's tries keep its owner from having a code.

The cookie says nothing to who does not know the IIN, opens nothing, and is sent anew only where it was another's.
"""

from __future__ import annotations

import secrets

from flask import Response, current_app, request

from ..services.identity.code_limits import NONCE, is_browser_of, mark_browser
from .language import YEAR, cookie_name
from .outside import context


def browser_mark() -> str:
    """What this browser keeps, or ""."""
    return request.cookies.get(cookie_name(current_app, "t"), "")[:100]


def remember_browser(response: Response, iin: str) -> Response:
    """Somebody has signed in here."""
    if not is_browser_of(iin, browser_mark()):
        mark = mark_browser(iin, secrets.token_hex(NONCE // 2))
        secure = context().settings.secure_cookies
        name = cookie_name(current_app, "t")
        response.set_cookie(name, mark, YEAR, path="/", secure=secure, httponly=True, samesite="Lax")
    return response
