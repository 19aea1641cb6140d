"""Who may call which route: every view bears a mark, and what bears none is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from ..models import Account, StaffMember
from . import clock, signed_out, view_marks
from .csrf import SAFE
from .sessions import session

View = TypeVar("View", bound=Callable[..., Any])
Mark = Literal["public", "citizen", "complainant", "staff", "half"]

FRESH = 5  # minutes that a proof is good for what matters most
HALF_WAY = dt.timedelta(minutes=15)  # how long a password may wait for the second factor


def public(view: View) -> View:
    """Anyone may call this view."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def citizen(view: View) -> View:
    """Only somebody signed in may call this view; others are sent to sign in and come back."""
    view.access = "citizen"  # type: ignore[attr-defined]
    return view


def complainant(view: View) -> View:
    """Also somebody who has only stated an IIN and proved a phone may call this view.

    It shows what they sent themselves, nothing else of the person whose IIN it is. Others are sent to sign in.
    """
    view.access = "complainant"  # type: ignore[attr-defined]
    return view


def needs_no_database(view: View) -> View:
    """This view is answered also while the database is away."""
    view.needs_no_database = True  # type: ignore[attr-defined]
    return view


def staff(*roles: str) -> Callable[[View], View]:
    """Only staff of one of these roles, signed in with both factors, may call this view; without roles, all staff."""

    def mark(view: View) -> View:
        view.access, view.roles = "staff", frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def half_signed_in(view: View) -> View:
    """Only staff who have proved their password a moment ago and nothing more: the pages of the second factor."""
    view.access = "half"  # type: ignore[attr-defined]
    return view


def fresh_factor(view: View) -> View:
    """Ask for the second factor again before this happens, if it was proved more than five minutes ago.

    For signing, exports and what staff change about themselves; stands below `staff(...)`. Where the view takes POST,
    the POST is what matters; what was typed is shown again afterwards by the form at the same address (GET).
    """
    view.fresh = "deed"  # type: ignore[attr-defined]
    return view


def fresh_on_sight(view: View) -> View:
    """The same, asked before the page is shown: where nothing that is typed there could be kept."""
    view.fresh = "sight"  # type: ignore[attr-defined]
    return view


def current_account() -> Account:
    """Who is signed in. For views marked `citizen`, and for those marked `complainant`, where they may have stated only
    who they are."""
    return g.account


def current_staff() -> StaffMember:
    """Who of the staff is signed in, with `.organisation` loaded. For views marked `staff(...)`."""
    return g.staff


def half_way() -> dict[str, Any] | None:
    """What a session holds between password and second factor: {"staff": id, "at": ...}; None when it is too old."""
    pending = session.get("half")
    if pending is None or clock.now() - dt.datetime.fromisoformat(pending["at"]) > HALF_WAY:
        return None
    return pending


def pending_sign_in() -> dict[str, Any]:
    """What half_way holds, where the access mark has let nobody else in."""
    return half_way() or {}


def recent_proof(minutes: int = FRESH) -> bool:
    """Was a code or a second factor proved in this session at most so long ago?"""
    proved_at = session.get("proved_at")
    age = dt.timedelta(minutes=minutes)
    return proved_at is not None and clock.now() - dt.datetime.fromisoformat(proved_at) <= age


def may_open(endpoint: str) -> bool:
    """Is there such a view, and may the present member of staff call it? For links between staff pages."""
    view, member = current_app.view_functions.get(endpoint), g.get("staff")
    if view is None or member is None:
        return False
    roles = getattr(view, "roles", ())
    return not roles or member.role in roles


def may_state(address: str) -> bool:
    """Does this address of ours lead to a page that is also for who has only stated who they are?"""
    try:
        endpoint, _ = current_app.create_url_adapter(request).match(urlsplit(address).path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return getattr(current_app.view_functions.get(endpoint), "access", "") == "complainant"


def init_app(app: Flask) -> None:
    app.before_request(check)
    app.jinja_env.globals["may_open"] = may_open


def check() -> Response | None:
    """Refuse what bears no mark; send to sign-in who has to be somebody."""
    if request.endpoint is None:
        return None  # the address is unknown: the error page answers
    mark = view_marks.find("access")
    if mark == "public":
        return None
    if mark == "citizen":
        return _check_citizen(session.account)
    if mark == "complainant":
        return _check_citizen(session.complainant)
    if mark == "staff":
        return _check_staff(g.view)
    if mark == "half":
        return None if half_way() else signed_out.start_staff_sign_in_over()
    abort(403)


def _check_citizen(account: Account | None) -> Response | None:
    if account is None:
        return signed_out.send_to_sign_in()
    g.account = account
    return None


def _check_staff(view: Callable[..., Any]) -> Response | None:
    member = session.staff
    if member is None:
        return signed_out.send_to_staff_sign_in()
    g.staff, g.lang = member, member.language
    roles = view.roles  # type: ignore[attr-defined]
    if roles and member.role not in roles:
        abort(403)
    fresh = getattr(view, "fresh", "")
    if (fresh == "sight" or (fresh == "deed" and _is_the_deed())) and not recent_proof():
        return signed_out.send_to_confirm()
    return None


def _is_the_deed() -> bool:
    """Is it this request that matters? Where a form leads to it, looking at the form is none."""
    rule = request.url_rule
    takes_forms = rule is not None and bool((rule.methods or set()) - set(SAFE))
    return request.method not in SAFE or not takes_forms
