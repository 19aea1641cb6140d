"""What a view says of itself: decorators set marks on views, and these read them for the view that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, request

View = TypeVar("View", bound=Callable[..., Any])
LONG = 20.0  # seconds


def takes_long(view: View) -> View:
    """The database may need more time for this view than for a page: it counts many rows."""
    view.patience = LONG  # type: ignore[attr-defined]
    return view


def note_view() -> None:
    g.view = current_app.view_functions.get(request.endpoint or "")


def find(name: str, otherwise: Any = None) -> Any:
    """A mark of the view that is asked for; `otherwise` where it bears none, or the address is unknown."""
    return getattr(g.get("view"), name, otherwise)


def init_app(app: Flask) -> None:
    """Before everything that asks for marks."""
    app.before_request(note_view)
