"""Server-side sessions: the browser holds a random key, the table its hash, so that a session can be ended here.

A citizen's session ends after 30 minutes without a request, one of staff after 15, each after eight hours in any case.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
import secrets
from typing import Any

from peewee import JOIN, OperationalError

from ...db import db
from ...models import Account, Organisation, Session, StaffMember
from ...prepared import Prepared
from ...waiting import patient
from ..moments import is_ahead

IDLE = dt.timedelta(minutes=30)
STAFF_IDLE = dt.timedelta(minutes=15)
LIFETIME = dt.timedelta(hours=8)
TOUCH_AFTER = dt.timedelta(minutes=1)  # `seen_at` is not written more often
REMEMBERED = dt.timedelta(days=1)  # an ended session is still known, so that what its owner types is kept for them
GLANCE = 0.1  # seconds that noting somebody may wait for
MOVED_FOR = dt.timedelta(minutes=2)  # how long an old key says that there is a new one

_KEY = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_MOVED = {"moved": True}
_BY_HASH: Prepared[Session] = Prepared(
    lambda key: Session.select(Session, Account).join(Account, JOIN.LEFT_OUTER).where(Session.key_hash == key)
)
_STAFFS_BY_HASH: Prepared[Session] = Prepared(
    lambda key: (
        Session.select(Session, StaffMember, Organisation)
        .join(StaffMember)
        .join(Organisation)
        .where(Session.key_hash == key)
    )
)
_STAFF: Prepared[StaffMember] = Prepared(
    lambda id: StaffMember.select(StaffMember, Organisation).join(Organisation).where(StaffMember.id == id)
)


def new_key() -> str:
    """256 random bits as 43 letters."""
    return secrets.token_urlsafe(32)


def is_key(text: str) -> bool:
    """Could this be a key? Anything else is not looked up."""
    return _KEY.match(text) is not None


def hash_key(key: str) -> str:
    """What the table holds of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def find_session(key: str, among_staff: bool = False) -> Session | None:
    """The row of a key with its account, in one query; it may have expired.

    `among_staff`: look for a member of staff's first, and get them and their organisation with it.
    """
    hashed = hash_key(key)
    found = _STAFFS_BY_HASH.first(hashed) if among_staff else None
    return found or _BY_HASH.first(hashed)


def find_staff(session: Session) -> StaffMember | None:
    """Who of the staff this is, with their organisation, in one query if the session came without them; None for a
    member who may no longer work."""
    member = session.__rel__.get("staff")
    if member is None and session.staff_id is not None:
        member = _STAFF.first(session.staff_id)
    return member if member is not None and member.is_active else None


def is_live(session: Session, now: dt.datetime) -> bool:
    """Neither expired, nor replaced by one with a new key, nor of a clock that ran ahead: that would last for years."""
    idle = IDLE if session.staff_id is None else STAFF_IDLE
    if is_ahead(session.seen_at, now) or is_ahead(session.created_at, now):
        return False
    return session.data != _MOVED and now - session.seen_at < idle and now - session.created_at < LIFETIME


def has_moved(session: Session, now: dt.datetime) -> bool:
    """Was this key replaced just now? The browser may have asked with the old one before it learnt the new one."""
    return session.data == _MOVED and not is_ahead(session.seen_at, now) and now - session.seen_at < MOVED_FOR


def store(
    key: str, account: Account | None, data: dict[str, Any], now: dt.datetime, staff: StaffMember | None = None
) -> None:
    """Write a new session: of a citizen, of a member of staff, or of nobody yet."""
    with db.atomic():
        _insert(key, account, staff, data, now, now)


def save(key: str, data: dict[str, Any], now: dt.datetime) -> None:
    """Write the data of a session. One that was ended meanwhile stays ended."""
    with db.atomic():
        Session.update(data=data, seen_at=now).where(Session.key_hash == hash_key(key)).execute()


def touch(key: str, now: dt.datetime) -> None:
    """Note that somebody is still there. Not while others keep the database from being written: reading goes on."""
    with contextlib.suppress(OperationalError), patient(GLANCE), db.atomic():
        Session.update(seen_at=now).where(Session.key_hash == hash_key(key)).execute()


def move(
    old_key: str,
    new_key: str,
    account: Account | None,
    data: dict[str, Any],
    now: dt.datetime,
    started_at: dt.datetime | None = None,
    staff: StaffMember | None = None,
) -> None:
    """Go on under a new key. Whoever knows the old one learns nothing but that it was replaced.

    `started_at` is when the eight hours began: now for somebody who has just signed in.
    """
    with db.atomic():
        _insert(new_key, account, staff, data, now, started_at or now)
        gone = Session.update(account=None, staff=None, data=_MOVED, seen_at=now)
        gone.where(Session.key_hash == hash_key(old_key)).execute()


def end(key: str) -> None:
    """Forget a session."""
    with db.atomic():
        Session.delete().where(Session.key_hash == hash_key(key)).execute()


def end_others(account: Account, key: str) -> int:
    """End every session of an account but this one; how many."""
    with db.atomic():
        return Session.delete().where(Session.account == account, Session.key_hash != hash_key(key)).execute()


def end_all_of_staff(member: StaffMember, but_key: str = "") -> int:
    """End the sessions of a member of staff, in the caller's transaction or one of its own; how many."""
    with db.atomic():
        of_theirs = (Session.staff == member) & (Session.key_hash != hash_key(but_key))
        return Session.delete().where(of_theirs).execute()


def list_others_of_staff(member: StaffMember, key: str, now: dt.datetime) -> list[Session]:
    """The other live sessions of a member of staff, last seen first."""
    rows = Session.select().where(Session.staff == member, Session.key_hash != hash_key(key))
    return [row for row in rows.order_by(Session.seen_at.desc()) if is_live(row, now)]


def list_others(account: Account, key: str, now: dt.datetime) -> list[Session]:
    """The other live sessions of an account, last seen first."""
    rows = Session.select().where(Session.account == account, Session.key_hash != hash_key(key))
    return [row for row in rows.order_by(Session.seen_at.desc()) if is_live(row, now)]


def forget_expired(now: dt.datetime) -> int:
    """Delete the sessions that nobody can go on with and nobody needs to remember; how many."""
    with db.atomic():
        over = (Session.seen_at < now - REMEMBERED) | (Session.seen_at > now + REMEMBERED)
        return Session.delete().where(over).execute()


def _insert(
    key: str,
    account: Account | None,
    staff: StaffMember | None,
    data: dict[str, Any],
    now: dt.datetime,
    started_at: dt.datetime,
) -> None:
    row = Session.insert(
        key_hash=hash_key(key), account=account, staff=staff, data=data, created_at=started_at, seen_at=now
    )
    row.execute()
