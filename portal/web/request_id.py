"""A short name for each request: on the page when something broke, and beside every line of the log."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, g, has_request_context


def request_id() -> str:
    """The present request's name, 12 hexadecimal digits; "-" outside a request."""
    if not has_request_context():
        return "-"
    if "request_id" not in g:
        # never twelve digits: those look like an IIN, and the log masks them
        g.request_id = secrets.choice("abcdef") + secrets.token_hex(6)[1:]
    return g.request_id


class RequestIdFilter(logging.Filter):
    """Gives log records a `request_id`."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id()
        return True


def init_app(app: Flask) -> None:
    app.logger.addFilter(RequestIdFilter())
