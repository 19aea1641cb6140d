"""Blueprints, one a module, by audience. The table of all of them."""

from flask import Flask

from . import catalogue, health, pages


def init_app(app: Flask) -> None:
    """Register every blueprint."""
    app.register_blueprint(catalogue.bp)
    app.register_blueprint(pages.bp)
    app.register_blueprint(health.bp)
