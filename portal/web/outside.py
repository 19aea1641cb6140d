"""What stands around a request: the context of the application, and where the request comes from."""

from __future__ import annotations

from flask import current_app, request

from ..context import Context
from ..gateways import Gateways


def context() -> Context:
    """The settings, the passports, the gateways and the clock of this application."""
    return current_app.extensions["context"]


def gateways() -> Gateways:
    """To the registers, the store of files, the senders of messages."""
    return context().gateways


def caller_address() -> str:
    """The IP address that the request came from; "" where there is none."""
    return request.remote_addr or ""
