"""What every page shares."""

from flask import Flask

from . import access


def init_app(app: Flask) -> None:
    access.init_app(app)
