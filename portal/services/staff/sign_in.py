"""Staff at the door: the password first. Whether a login is known shows neither in the answer nor in the work done."""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...models import StaffMember
from ..identity import limits, slowing
from ..records import audit
from .members import find_member
from .own_browsers import is_own
from .passwords import hash_password, is_right, needs_rehash


class SignInRefused(Exception):
    """Login and password do not belong together, or not any more."""


def prove_password(login: str, password: str, address: str, now: dt.datetime, browser: str = "") -> StaffMember:
    """Whose they are. After five failures for a login from one address each further try there has to wait.

    `browser`: what own_browsers.py marked it with. One in which this member has signed in before is counted by itself,
    so that nobody who fails on purpose behind the same address keeps the member out.
    Raises SignInRefused, limits.LimitReached.
    """
    address, own = limits.network(address), is_own(login, browser)
    if not own:
        limits.check("wrong passwords of an address", address, now)
    subject = f"{login.strip().casefold()} {browser if own else address}"
    slowing.take_try("password", subject, now)
    member = find_member(login)
    right = is_right(password, member.password_hash if member else None)
    if member is None or not right or not _may_enter(member, now):
        if not own:
            limits.allows("wrong passwords of an address", address, now)
        audit.record("anonymous", "staff_sign_in_refused", f"staff:{member.id if member else 'unknown'}", now)
        raise SignInRefused
    slowing.forget("password", subject)
    if needs_rehash(member.password_hash):
        with db.atomic():
            member.password_hash = hash_password(password)
            member.save(only=[StaffMember.password_hash])
    return member


def find_half_signed_in(id: int, now: dt.datetime) -> StaffMember | None:
    """Who proved their password a moment ago, unless they may no longer enter."""
    member = StaffMember.get_or_none(StaffMember.id == id)
    return member if member is not None and _may_enter(member, now) else None


def enter(member: StaffMember, how: str, now: dt.datetime) -> None:
    """Put on record that they are in; `how`: totp or security key."""
    audit.record(f"staff:{member.id}", "staff_sign_in", f"staff:{member.id}", now, how=how)


def _may_enter(member: StaffMember, now: dt.datetime) -> bool:
    return member.is_active and (member.initial_until is None or now < member.initial_until)
