"""Who may call which route: every view bears a mark, and what bears none is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar

from flask import Flask, abort, current_app, g, request, session

from ..models import Account
from . import signed_out

View = TypeVar("View", bound=Callable)
Mark = Literal["public", "citizen"]


def public(view: View) -> View:
    """Anyone may call this view."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def citizen(view: View) -> View:
    """Only somebody signed in may call this view; others are sent to sign in and come back."""
    view.access = "citizen"  # type: ignore[attr-defined]
    return view


def needs_no_database(view: View) -> View:
    """This view is answered also while the database is away."""
    view.needs_no_database = True  # type: ignore[attr-defined]
    return view


def current_account() -> Account:
    """Who is signed in. For views marked `citizen`."""
    return g.account


def init_app(app: Flask) -> None:
    app.before_request(check)


def check():
    """Refuse what bears no mark; send to sign-in who has to be somebody."""
    if request.endpoint is None:
        return None  # the address is unknown: the error page answers
    mark = getattr(current_app.view_functions[request.endpoint], "access", None)
    if mark == "public":
        return None
    if mark == "citizen":
        account = session.account  # type: ignore[attr-defined]
        if account is None:
            return signed_out.send_to_sign_in()
        g.account = account
        return None
    abort(403)
