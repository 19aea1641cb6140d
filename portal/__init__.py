"""Qyzmet: public services from passports, for people at the end of the line."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable

from flask import Flask

from . import db, views, web
from .config import Settings, load_settings
from .gateways import make_gateways
from .services.keys.keyed_hash import use_key
from .services.keys.ring import use_keys
from .services.local_time import local
from .services.passports.catalogue import Catalogue
from .services.procedures.table import use_procedures
from .web.portal import Portal


def create_app(settings: Settings | None = None, clock: Callable[[], dt.datetime] | None = None) -> Flask:
    """The portal as a Flask application. `clock` gives the present moment, aware; tests inject their own."""
    app = Portal(__name__, static_folder=None)
    settings = settings or load_settings(os.environ)
    clock = clock or _system_clock
    app.extensions["settings"] = settings
    app.extensions["clock"] = clock
    use_procedures()
    app.extensions["passports"] = Catalogue.load(extra_dir=settings.passports_dir, today=lambda: local(clock()).date())
    for problem in app.extensions["passports"].problems:
        app.logger.error("passports: %s", problem)
    app.config["SECRET_KEY"] = settings.secret_key
    use_key(settings.secret_key)
    use_keys(settings.keys)
    app.extensions["gateways"] = make_gateways(settings)
    db.db.initialize(db.make_database(settings.database_url))
    web.init_app(app)
    views.init_app(app)
    return app


def _system_clock() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
