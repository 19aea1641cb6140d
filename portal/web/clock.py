"""The present moment, as the application was told to read it."""

import datetime as dt

from .outside import context


def now() -> dt.datetime:
    """This moment, aware, UTC."""
    return context().now()
