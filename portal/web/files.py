"""Files on their way in and out: larger requests for the views that take files, strict headers for those that give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from ..services.files.limits import MB
from . import view_marks
from .errors import error_page
from .htmx import go_to
from .sessions import session

View = TypeVar("View", bound=Callable[..., Any])

ALONE = "sandbox; default-src 'none'"


def takes_files(most: int) -> Callable[[View], View]:
    """Requests to this view may have that many bytes, from people who are signed in."""

    def mark(view: View) -> View:
        view.most_bytes = most  # type: ignore[attr-defined]
        return view

    return mark


def calendar_answer(data: bytes, name: str) -> Response:
    """A calendar file to be opened in the reader's own calendar, under a name of our own."""
    answer = Response(data, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = ALONE
    return answer


def allow_more() -> Response | None:
    """Before anything reads the request: raise its limit where the view asks for that."""
    if request.method not in ("POST", "PATCH") or (most := view_marks.find("most_bytes")) is None:
        return None
    if session.complainant is not None or session.left:  # who was signed out meanwhile gets the form back
        request.max_content_length = most
    elif (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]:
        return go_to(url_for("accounts.sign_in", next=request.path))  # the session is over: no word about size
    return None


def file_response(content: bytes, media_type: str, name: str, inline: bool = False) -> Response:
    """A file that somebody sent in: saved, or shown `inline` in a page of ours, but never run. `name` is of our making.

    Refuses (403) what another site's page asks for.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)
    response = Response(content, content_type=media_type)
    kind = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f"{kind}; filename=\"{name}\"; filename*=UTF-8''{name}"
    # A browser's own PDF viewer does not start in a sandbox; our PDFs hold no scripts and may load nothing.
    pdf = inline and media_type == "application/pdf"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'self'" if pdf else ALONE
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def too_large(error: RequestEntityTooLarge) -> Response:
    """Where files are taken, the page says how much at once; a form without files holds too long a text."""
    if request.mimetype == "application/x-www-form-urlencoded":
        return error_page(
            413, _("The text is too long"),
            _("Go back: what you wrote is still in the form. Make it shorter and send it again. Nothing was saved."),
        )  # fmt: skip
    most = view_marks.find("most_bytes")
    if most is None:
        return error_page(413)
    advice = _("At most %(most)s MB at once. Go back and add the files one by one.", most=most // MB)
    return error_page(413, advice=advice)


def init_app(app: Flask) -> None:
    app.before_request(allow_more)
    app.register_error_handler(RequestEntityTooLarge, too_large)
