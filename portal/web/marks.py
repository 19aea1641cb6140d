"""What a view says of itself: decorators set marks on views, and these read them for the view that is asked for."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, request


def note_view() -> None:
    g.view = current_app.view_functions.get(request.endpoint or "")


def find(name: str, otherwise: Any = None) -> Any:
    """A mark of the view that is asked for; `otherwise` where it bears none, or the address is unknown."""
    return getattr(g.get("view"), name, otherwise)


def init_app(app: Flask) -> None:
    """Before everything that asks for marks."""
    app.before_request(note_view)
