"""The present moment, as the application was told to read it."""

import datetime as dt

from flask import current_app


def now() -> dt.datetime:
    """This moment, aware, UTC."""
    return current_app.extensions["clock"]()
