"""Somebody whose session is over: they sign in and go on where they were, with what they had typed.

What was sent is kept in the new session of the same browser, for the address it was sent to, and shown again there to
the person whose session it was. Files are not kept, for nobody is known to own them: their names are, and said there.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from ..services.identity import limits
from ..typed_text import clean_line
from . import clock
from .csrf import SAFE, SECRETS, is_foreign, typed_fields
from .htmx import go_to
from .outside import caller_address
from .sessions import session

KEPT_FOR = dt.timedelta(hours=1)
LARGEST = 16_000  # characters of names and values together
FORMS = 3  # addresses
GOES_ON_WITHIN = dt.timedelta(minutes=1)  # the browser follows at once
FILES = 10  # whose names are kept


def send_to_sign_in() -> Response:
    """To the sign-in page and back again; what a form held is kept."""
    if request.method not in SAFE and not is_foreign():
        _keep()
    return go_to(url_for("accounts.sign_in", next=_address_to_return_to()))


def send_to_staff_sign_in() -> Response:
    """The same for staff."""
    if request.method not in SAFE and not is_foreign():
        _keep()
    return go_to(url_for("staff.signing_in.sign_in", next=_address_to_return_to("staff.home.index")))


def start_staff_sign_in_over() -> Response:
    """A password waited too long for its second factor: once more, on the way to the same page."""
    return go_to(url_for("staff.signing_in.sign_in", next=request.args.get("next")))


def send_to_confirm() -> Response:
    """To the page that asks for the second factor again, and back; what a form held is kept."""
    if request.method not in SAFE:
        _keep(signed_out=False)
        session["pressed"] = {"path": request.path, "genuine": not g.get("stale_token")}
    return go_to(url_for("staff.account.confirm", next=_address_to_return_to("staff.home.index")))


def typed_for(path: str) -> MultiDict[str, str] | None:
    """What was typed into the form at `path` when the session was over, or None. Gone once the form is sent again.

    A portal.forms.form.Form takes it by itself, and error_summary() says so; other forms get it as `formdata`.
    """
    kept = session.get("typed", {}).get(path)
    if kept is None or dt.datetime.fromisoformat(kept["at"]) < clock.now() - KEPT_FOR:
        return None
    if kept["who"] and session.who != kept["who"]:
        return None
    return MultiDict([(name, value) for name, value in kept["fields"]])


def press_again() -> None:
    """The fresh proof was given: the button that was pressed before it goes on by itself, once, at its own address.

    Only a button of a form of ours with a token of this session, and only from a browser that has just proved itself.
    """
    pressed = session.get("pressed") or {}
    if "pressed" in session:
        del session["pressed"]
    kept = session.get("typed", {}).get(pressed.get("path", ""), {})
    if pressed.get("genuine") and kept and kept["who"] == session.who:
        session["goes_on"] = {"path": pressed["path"], "at": clock.now().isoformat()}


def goes_on(path: str) -> bool:
    """Whether the form at `path` was pressed before a fresh proof that has just been given; true once."""
    held = session.get("goes_on")
    if held is None:
        return False
    del session["goes_on"]
    if held["path"] != path or dt.datetime.fromisoformat(held["at"]) < clock.now() - GOES_ON_WITHIN:
        return False
    session["typed"] = {other: kept for other, kept in session.get("typed", {}).items() if other != path}
    return True


def is_safe_address(address: str) -> bool:
    """May we send a reader there? Only to a path of this site."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return False
    if any(ord(sign) < 0x21 or ord(sign) == 0x7F for sign in address):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and "//" not in parts.path


def was_signed_out(path: str) -> bool:
    """Was what is kept for `path` kept because a session was over, and not because a fresh proof was asked for?"""
    return session.get("typed", {}).get(path, {}).get("signed_out", True)


def lost_files(path: str) -> dict[str, list[str]]:
    """The names of files that came with what is kept for `path`, by their field: they have to be added again."""
    return session.get("typed", {}).get(path, {}).get("files", {}) if typed_for(path) is not None else {}


def _keep(signed_out: bool = True) -> None:
    fields = [[name, value] for name, value in typed_fields().items(multi=True) if name not in SECRETS]
    files = [(name, file.filename) for name, file in request.files.items(multi=True) if file.filename][:FILES]
    if not (fields or files) or sum(len(name) + len(value) for name, value in fields) > LARGEST:
        return
    if not limits.allows("forms kept for an address", limits.network(caller_address()), clock.now()):
        return
    entry: dict[str, Any] = {
        "at": clock.now().isoformat(),
        "who": session.who or session.left,
        "signed_out": signed_out,
        "fields": fields,
    }
    if files:
        entry["files"] = {name: [clean_line(each)[-100:] for of, each in files if of == name] for name, _ in files}
    others = {path: kept for path, kept in session.get("typed", {}).items() if path != request.path}
    session["typed"] = dict([*others.items(), (request.path, entry)][-FORMS:])


def _address_to_return_to(otherwise: str = "cabinet.index") -> str:
    """The page of the form; where a form posts to an address without a page, the page it was on."""
    try:
        current_app.create_url_adapter(request).match(method="GET")  # type: ignore[union-attr]
    except HTTPException:
        came_from = urlsplit(request.referrer or "")
        here = came_from.netloc == request.host and is_safe_address(came_from.path)
        return came_from.path if here else url_for(otherwise)
    return request.full_path if request.query_string else request.path


def forget_sent() -> None:
    """A form that is sent again needs no keeping: what it holds is on its way, or is shown again."""
    if request.method in SAFE or request.endpoint is None or not request.cookies:
        return
    if not session.who:
        return
    typed = session.get("typed", {})
    if request.path in typed:
        session["typed"] = {path: kept for path, kept in typed.items() if path != request.path}


def init_app(app: Flask) -> None:
    app.before_request(forget_sent)
