"""Blueprints, one a module, by audience. The table of all of them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every blueprint."""
