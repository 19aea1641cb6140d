"""How much of a request's body is taken off the line, and whose: asked of its head, before the first byte comes.

Everybody may send a form. More than that is taken only where a view asks for it, and only from somebody who has signed
in or stated who they are; a session that has expired since is somebody's too, who is told so and loses nothing.
"""

from __future__ import annotations

import logging

from flask import Flask
from werkzeug.exceptions import HTTPException

from ..db import connect, db
from ..services.identity import sessions
from .cookies import read_cookies
from .language import cookie_name

_log = logging.getLogger("portal.bodies")


def smallest(app: Flask) -> int:
    """Bytes that everybody may send anywhere."""
    return int(app.config["MAX_CONTENT_LENGTH"])


def most_taken(app: Flask, method: str, path: str, cookies: str) -> int:
    """Bytes that this request may have. `path` and `cookies` are as the line brought them."""
    most = _most_for_view(app, method, path)
    if most <= smallest(app) or not _is_somebodys(app, cookies):
        return smallest(app)
    return most


def _most_for_view(app: Flask, method: str, path: str) -> int:
    try:
        endpoint, _values = app.url_map.bind("").match(path, method)
    except HTTPException:
        return 0
    view = app.view_functions[endpoint]
    return max(getattr(view, name, 0) for name in ("most_bytes", "largest_form"))


def _is_somebodys(app: Flask, cookies: str) -> bool:
    """One reading of one row; where the database does not answer nobody is known, and the application says so."""
    key = read_cookies(cookies).get(cookie_name(app, "s"), "")
    if not sessions.is_key(key):
        return False
    was_closed = db.is_closed()
    try:
        connect()
        session = sessions.find_session(key)
        return session is not None and (session.account_id is not None or session.staff_id is not None)
    except Exception as error:
        _log.warning("who sends a body is not known: %s", type(error).__name__)
        return False
    finally:
        if was_closed:
            db.close()
