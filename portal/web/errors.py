"""What the reader sees when something did not work: plain words, what to do next, never a trace."""

from __future__ import annotations

from typing import Any

import peewee
from flask import Flask, Response, abort, current_app, g, make_response, render_template, request
from flask.sansio.app import App
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import ClientDisconnected, HTTPException, InternalServerError

from ..services.passports.catalogue import ServiceNotFound
from .csrf import SECRETS, typed_fields
from .outside import context
from .request_id import request_id

REFUSED_BY_SERVER = "portal.refused"  # in the WSGI environment: the status of what the server could not read

PAGES: dict[int, tuple[Any, Any]] = {
    400: (
        _l("We could not read the request"),
        _l("Go back, load the page again and try once more."),
    ),
    403: (_l("You do not have access to this page"), _l("If you think this is a mistake, call 1414.")),
    404: (
        _l("There is no such page"),
        _l("The address may be mistyped, or the page has moved. What you are looking for may be here:"),
    ),
    405: (_l("This page cannot be opened like that"), _l("Start from the home page and try again.")),
    409: (_l("This is already done or has changed"), _l("Open the page again to see how things stand now.")),
    421: (_l("This is not our address"), _l("Open the portal under its own address.")),
    413: (_l("That is too much at once"), _l("What you sent is too large. Make it smaller and send it again.")),
    422: (_l("Something is not right"), _l("Go back, look at what you wrote and try again.")),
    429: (
        _l("Too many tries"),
        _l("To keep your data safe we ask you to wait a little. Try again in a few minutes, or call 1414."),
    ),
    500: (
        _l("Something went wrong on our side"),
        _l("It is not your fault. What you saved is safe. Try again in a few minutes."),
    ),
    503: (
        _l("We cannot do this right now"),
        _l("The portal is busy or under repair. What you saved is safe. Try again in a few minutes."),
    ),
}

STAFF_403 = _l("This is for other roles. If you need it for your work, ask your head or an administrator.")


def refuse(app: App, exception: type[Exception], status: int, title: Any = None, advice: Any = None) -> None:
    """Show a page of that status when a service raises `exception`. `title` and `advice` are lazy texts."""
    app.register_error_handler(exception, lambda error: error_page(status, title, advice))


def error_page(status: int, title: Any = None, advice: Any = None, **words: Any) -> Response:
    """The page of one status, in the reader's language; own words may replace the usual ones."""
    usual_title, usual_advice = PAGES.get(status, PAGES[500 if status >= 500 else 400])
    if status == 403 and request.path.startswith("/staff"):
        usual_advice = STAFF_403
    page = render_template(
        "errors/error.html",
        title=title or usual_title,
        advice=advice or usual_advice,
        reference=request_id() if status >= 500 else None,
        services=context().passports.list_services() if status == 404 else (),
        **words,
    )
    return make_response(page, status)


def on_http_error(error: HTTPException) -> Response | HTTPException:
    """Every refusal of Flask's own as a page; headers that belong to it (Allow, Retry-After) stay."""
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, InternalServerError):
        current_app.logger.error("request %s failed", request_id(), exc_info=error.original_exception)
    response = error_page(error.code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def on_database_down(error: peewee.OperationalError) -> Response:
    """The database does not answer: say so at once, and let a load balancer try elsewhere."""
    current_app.logger.error("request %s: the database: %s", request_id(), error)
    response = _typed_once_more() or error_page(503)
    response.headers["Retry-After"] = "30"
    return response


def _typed_once_more() -> Response | None:
    """What was typed into a form of ours, ready to be sent once more; None where nothing was, or a secret is in it."""
    if request.method != "POST" or g.get("stale_token", True):
        return None
    typed = typed_fields()
    if not typed or SECRETS.intersection(typed):
        return None
    title, advice = PAGES[503]
    address = request.full_path if request.query_string else request.path
    page = render_template(
        "errors/once_more.html", title=title, advice=advice, reference=request_id(),
        address=address, typed=typed, files=bool(request.files),
    )  # fmt: skip
    return make_response(page, 503)


def refuse_for_server() -> None:
    """The server read no request, and asks for the page that says so."""
    if status := request.environ.get(REFUSED_BY_SERVER):
        abort(status)


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, on_http_error)
    refuse(
        app, ClientDisconnected, 400, _l("It did not arrive whole"),
        _l("The line broke while you were sending. Go back and send it again."),
    )  # fmt: skip
    refuse(app, ServiceNotFound, 404)
    app.register_error_handler(peewee.OperationalError, on_database_down)
    app.register_error_handler(peewee.InterfaceError, on_database_down)
