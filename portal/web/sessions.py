"""Who is here: Flask's session over our own table.

The cookie holds a random key and nothing else. Nothing is read before somebody asks, and no row is written before
there is something to keep: a page with a form needs the key alone (see csrf.py). A row is only ever written under a
key made here, and signing in makes a new one, so that a key planted in a browser opens nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any, cast

from flask import Flask, Request, Response
from flask import session as _session
from flask.sessions import SessionInterface, SessionMixin

from .. import db
from ..models import Account, StaffMember
from ..models import Session as Row
from ..services.identity import sessions
from . import clock
from .language import cookie_name

_dump = json.JSONEncoder(sort_keys=True).encode


class PortalSession(SessionMixin):
    """A mapping kept for the browser; JSON values only.

    `account` is the citizen who is signed in, or None; `staff` the member of staff. Never both: signing in as one
    ends being the other. `complainant` is also somebody who has only stated who they are, see
    services/identity/without_sign_in.py.
    """

    def __init__(self, cookie: str, among_staff: bool = False) -> None:
        self._among_staff = among_staff
        self._cookie = cookie if sessions.is_key(cookie) else ""
        self._key = self._cookie
        self._row: Row | None = None  # the live one
        self._data: dict[str, Any] | None = None
        self._before = "{}"
        self._account: Account | None = None
        self._staff: StaffMember | None = None
        self._started_at: dt.datetime | None = None
        self._renewed = False
        self._ended = False
        self._moved = False
        self._left = ""

    @property
    def account(self) -> Account | None:
        """The citizen who is signed in."""
        who = self.complainant
        return who if who is not None and not who.stated_phone else None

    @property
    def complainant(self) -> Account | None:
        """The citizen who is signed in, or who has stated an IIN and proved a phone, and may complain."""
        self._load()
        return self._account

    @property
    def staff(self) -> StaffMember | None:
        """The member of staff who is signed in, with both factors; loaded anew at each request."""
        self._load()
        return self._staff

    @property
    def who(self) -> str:
        """Who is signed in, as the audit log names them, or ""."""
        self._load()
        return _name(self._account.id if self._account else None, self._staff.id if self._staff else None)

    @property
    def moved(self) -> bool:
        """Did the browser ask with a key that was replaced a moment ago, as a double tap on "Sign in" does?"""
        self._load()
        return self._moved

    @property
    def left(self) -> str:
        """Whose session it was that expired, as `who`."""
        self._load()
        return self._left

    @property
    def key(self) -> str:
        """The browser's key; one is made where it has none."""
        self._key = self._key or sessions.new_key()
        return self._key

    @property
    def key_hash(self) -> str:
        """What a code is bound to: the hash of the key under which this session is, or will be, in the table."""
        self._own_key()
        return sessions.hash_key(self._key)

    def sign_in(self, account: Account) -> None:
        """A citizen has proved who they are, or a phone alone: from here on under a new key."""
        self._begin()
        self._account = account

    def sign_in_staff(self, member: StaffMember) -> None:
        """A member of staff has proved both factors: from here on under a new key."""
        self._begin()
        self._staff = member

    def leave(self) -> None:
        """Be nobody again under a new key, with nothing but what was typed before a session expired."""
        self._begin()

    def _begin(self) -> None:
        self.renew()
        self._account = self._staff = self._started_at = None
        self._data = {name: value for name, value in self._load().items() if name == "typed"}

    def renew(self) -> None:
        """A new key, because what this session may do changes."""
        self._load()
        self._key, self._renewed = sessions.new_key(), True

    def end(self) -> None:
        """Forget everything; the cookie goes, too."""
        self._load()
        self._data, self._account, self._staff, self._ended = {}, None, None, True

    def __getitem__(self, name: str) -> Any:
        return self._load()[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._load()[name] = value
        self._own_key()

    def __delitem__(self, name: str) -> None:
        del self._load()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    def _load(self) -> dict[str, Any]:
        if self._data is not None:
            return self._data
        self._data = {}  # also what remains when the database does not answer: the error page reads it again
        if self._cookie:
            db.connect()
            row = sessions.find_session(self._cookie, self._among_staff)
            if row is not None:
                self._take(row, clock.now())
        return self._data

    def _take(self, row: Row, now: dt.datetime) -> None:
        if not sessions.is_live(row, now):
            self._moved = sessions.has_moved(row, now)
            self._left = _name(row.account_id, row.staff_id)
            return
        staff = sessions.find_staff(row)
        if row.staff_id is not None and staff is None:
            return  # no longer one of the staff
        self._row, self._data, self._account, self._staff = row, row.data, row.account, staff
        self._before, self._started_at = _dump(row.data), row.created_at

    def _own_key(self) -> None:
        """Before anything is stored: a key that came from outside and has no live row is not taken over."""
        self._load()
        if self._row is None and self._key == self._cookie:
            self._key = sessions.new_key()

    def save(self, now: dt.datetime) -> None:
        """Write what changed, if anything did."""
        if self._data is None:
            return
        if self._ended:
            if self._row is not None:
                sessions.end(self._cookie)
        elif self._row is None:
            if self._data or self._account or self._staff:
                sessions.store(self._key, self._account, self._data, now, self._staff)
        elif self._renewed:
            sessions.move(self._cookie, self._key, self._account, self._data, now, self._started_at, self._staff)
        elif _dump(self._data) != self._before:
            sessions.save(self._key, self._data, now)
        elif now - self._row.seen_at >= sessions.TOUCH_AFTER:
            sessions.touch(self._key, now)

    @property
    def new_cookie(self) -> str | None:
        """What the browser has to be told: a key, "" to forget the one it has, or nothing."""
        if self._ended:
            return ""
        return self._key if self._key != self._cookie else None


session = cast(PortalSession, _session)  # Flask's own word for it, with its type


class PortalSessions(SessionInterface):
    """Opens and saves a session around each request."""

    def open_session(self, app: Flask, request: Request) -> PortalSession:
        return PortalSession(request.cookies.get(cookie_name(app, "s"), ""), request.path.startswith("/staff"))

    def save_session(self, app: Flask, session: PortalSession, response: Response) -> None:  # type: ignore[override]
        session.save(clock.now())
        key = session.new_cookie
        if key is None:
            return
        name, secure = cookie_name(app, "s"), app.extensions["context"].settings.secure_cookies
        if key:
            response.set_cookie(name, key, path="/", secure=secure, httponly=True, samesite="Lax")
        else:
            response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")


def _name(account: int | None, staff: int | None) -> str:
    if staff is not None:
        return f"staff:{staff}"
    return "" if account is None else f"account:{account}"


def init_app(app: Flask) -> None:
    app.session_interface = PortalSessions()
