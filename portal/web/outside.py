"""What is outside of the portal: the neighbours that its gateways lead to, and where a request comes from."""

from __future__ import annotations

from flask import current_app, request

from ..gateways import Gateways


def gateways() -> Gateways:
    """To the registers, the store of files, the senders of messages."""
    return current_app.extensions["gateways"]


def caller_address() -> str:
    """The IP address that the request came from; "" where there is none."""
    return request.remote_addr or ""
