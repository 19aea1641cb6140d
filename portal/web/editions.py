"""Editions of passports that were published meanwhile, by this process or another: noticed within a minute."""

from __future__ import annotations

from flask import Flask, current_app

from ..services.editions.published import EditionWatch
from . import clock, view_marks


def look(at_once: bool = False) -> None:
    """Take up what was published or retired; pages kept of the old editions go."""
    if current_app.extensions["editions"].look(clock.now(), at_once):
        current_app.extensions["kept"].clear()


def before_request() -> None:
    if not view_marks.find("needs_no_database"):
        look()


def init_app(app: Flask) -> None:
    """After the database and the kept pages."""
    app.extensions["editions"] = EditionWatch(app.extensions["context"].passports)
    app.before_request(before_request)
