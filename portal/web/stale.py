"""A form that was opened long ago, sent with a token of a session that is over: nothing typed is lost.

Where the view shows its form again when something is wrong with it, it does so here, too: everything as typed, a fresh
token, one more press of the button. Elsewhere a page of our own shows what was typed and sends it on.
"""

from __future__ import annotations

from flask import Flask, Response, g, render_template, request

from . import view_marks
from .csrf import cookies_blocked, typed_fields
from .csrf import redisplays as redisplays  # the mark that decides; views take it from here or there


def enforce() -> tuple[str, int] | None:
    """After access was decided: a stale token goes no further than to a view that shows the form again."""
    if not g.get("stale_token"):
        return None
    if view_marks.find("redisplays"):
        return None
    address = request.full_path if request.query_string else request.path
    page = render_template(
        "errors/stale.html", address=address, typed=typed_fields(), files=bool(request.files), blocked=cookies_blocked()
    )
    return page, 400


def mark(response: Response) -> Response:
    """The form shown again answers 400: it was the token that was wrong."""
    if g.get("stale_token") and response.status_code in (200, 422):
        response.status_code = 400
    return response


def init_app(app: Flask) -> None:
    app.before_request(enforce)
    app.after_request(mark)
