"""A browser that has signed in before: so that no stranger's tries keep its owner from having a code.

The cookie says nothing to who does not know the IIN, opens nothing, and is sent anew only where it was another's.
"""

from __future__ import annotations

import secrets

from flask import Response, current_app, request

from ..services.identity.code_limits import NONCE, is_browser_of, mark_browser
from ..services.staff.own_browsers import is_own, make_mark
from .language import YEAR, cookie_name
from .outside import context


def browser_mark() -> str:
    """What this browser keeps, or ""."""
    return request.cookies.get(cookie_name(current_app, "t"), "")[:100]


def remember_browser(response: Response, iin: str) -> Response:
    """Somebody has signed in here."""
    if not is_browser_of(iin, browser_mark()):
        _keep(response, "t", mark_browser(iin, secrets.token_hex(NONCE // 2)))
    return response


def staff_browser_mark() -> str:
    """What this browser keeps of a member of staff who signed in here, or ""."""
    return request.cookies.get(cookie_name(current_app, "w"), "")[:100]


def remember_staff_browser(response: Response, login: str) -> Response:
    """A member of staff has signed in here, with both factors."""
    if not is_own(login, staff_browser_mark()):
        _keep(response, "w", make_mark(login))
    return response


def _keep(response: Response, name: str, mark: str) -> None:
    secure = context().settings.secure_cookies
    response.set_cookie(
        cookie_name(current_app, name), mark, YEAR, path="/", secure=secure, httponly=True, samesite="Lax"
    )
