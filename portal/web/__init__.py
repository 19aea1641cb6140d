"""What every page shares."""

from flask import Flask, current_app
from werkzeug.middleware.proxy_fix import ProxyFix

from .. import db, waiting
from . import (
    access,
    assets,
    compression,
    csrf,
    editions,
    errors,
    files,
    first_page,
    front_offices,
    headers,
    hosts,
    htmx,
    kept,
    kinds,
    language,
    metrics,
    phones,
    refused_requests,
    request_id,
    sessions,
    shell,
    signed_out,
    stale,
    view_marks,
)

LARGEST_FORM = 64 * 1024  # bytes; only a view that takes uploads may raise it


def init_app(app: Flask) -> None:
    """Everything shared. Requests meet these in this order; answers pass them in reverse, compression last."""
    settings = app.extensions["context"].settings
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(demo=settings.demo, has_view=lambda endpoint: endpoint in current_app.view_functions)
    front_offices.init_app(app)
    compression.init_app(app)
    kept.init_app(app)
    headers.init_app(app)
    request_id.init_app(app)
    view_marks.init_app(app)
    hosts.init_app(app)
    app.before_request(errors.refuse_for_server)
    metrics.init_app(app)
    language.init_app(app)
    kinds.init_app(app)
    app.before_request(connect)
    editions.init_app(app)
    app.teardown_request(leave)
    sessions.init_app(app)
    files.init_app(app)
    csrf.init_app(app)
    refused_requests.init_app(app)
    access.init_app(app)
    stale.init_app(app)
    signed_out.init_app(app)
    assets.init_app(app)
    first_page.init_app(app)
    shell.init_app(app)
    errors.init_app(app)
    phones.init_app(app)
    htmx.init_app(app)
    if settings.proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)
        app.wsgi_app = proxied  # type: ignore[method-assign]


def connect() -> None:
    """Open the database, but for the views that do without. Reports have longer to wait for it than other pages."""
    waiting.be_patient(view_marks.find("patience", waiting.PAGE))
    if not view_marks.find("needs_no_database"):
        db.connect()


def leave(error: BaseException | None) -> None:
    """What comes next in this thread finds the database as it should be."""
    db.close_if_broken()
    waiting.be_patient(waiting.WORK)
