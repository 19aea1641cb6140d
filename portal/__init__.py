"""Qyzmet: public services from passports, for people at the end of the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from flask import Flask

from . import views, web
from .config import Settings
from .context import make_context
from .web.flask_app import Portal


def create_app(settings: Settings | None = None, clock: Callable[[], dt.datetime] | None = None) -> Flask:
    """The portal as a Flask application. `clock` gives the present moment, aware; tests inject their own."""
    app = Portal(__name__, static_folder=None)
    context = make_context(settings, clock)
    for problem in context.passports.problems:
        app.logger.error("passports: %s", problem)
    app.extensions["context"] = context
    app.config["SECRET_KEY"] = context.settings.secret_key
    web.init_app(app)
    views.init_app(app)
    return app
