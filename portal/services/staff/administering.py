"""The people who work here, as administrators keep them: services/staff/members.py does it, the history tells of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from ...db import db
from ...models import Organisation, StaffMember
from ..records import audit
from ..records import changes as reference_changes
from ..records.changes import Change
from ..spreadsheets import Sheet
from . import members

T = TypeVar("T")
COLUMNS = ("login", "name", "organisation", "role", "email", "language", "is_active")


def list_members() -> list[StaffMember]:
    """Everybody with their organisations, by organisation and name."""
    rows = StaffMember.select(StaffMember, Organisation).join(Organisation)
    return list(rows.order_by(Organisation.code, StaffMember.name))


def add(login: str, values: dict[str, Any], by: StaffMember, now: dt.datetime) -> tuple[StaffMember, str]:
    """A new member and the password to hand over. Raises what staff.add_member raises."""
    with db.atomic():
        added = members.add_member(
            login, values["name"], values["organisation"], values["role"], now, email=values["email"], by=by
        )
        reference_changes.record([Change("staff_member", added[0].login, None, _values(added[0]))], by, now)
    return added


def change(member: StaffMember, values: dict[str, Any], by: StaffMember, now: dt.datetime) -> None:
    """Name, organisation, role, e-mail. Raises NotByThemselves for one's own role or organisation."""
    _on_record(member, lambda: members.change_member(member, now, by=by, **values), by, now)


def disable(member: StaffMember, by: StaffMember, now: dt.datetime) -> None:
    """They no longer work here. Raises NotByThemselves."""
    _on_record(member, lambda: members.disable_member(member, now, by), by, now)


def enable(member: StaffMember, by: StaffMember, now: dt.datetime) -> None:
    """They are back. Raises NotByThemselves."""
    _on_record(member, lambda: members.enable_member(member, now, by), by, now)


def reset_factor(member: StaffMember, by: StaffMember, now: dt.datetime) -> str:
    """A lost phone or key; the password to hand over in person. Raises NotByThemselves."""
    return members.reset_factor(member, by, now)


def export(by: StaffMember, now: dt.datetime) -> Sheet:
    """Everybody, without anything secret; that it was taken out is on record."""
    audit.record(f"staff:{by.id}", "export", "staff", now)
    return Sheet(COLUMNS, tuple(tuple(_values(member).values()) for member in list_members()))


def _on_record(member: StaffMember, act: Callable[[], T], by: StaffMember, now: dt.datetime) -> T:
    with db.atomic():
        before = _values(members.get_member(member.id))
        result = act()
        after = _values(members.get_member(member.id))
        if before != after:
            reference_changes.record([Change("staff_member", member.login, before, after)], by, now)
    return result


def _values(member: StaffMember) -> dict[str, Any]:
    values = {column: getattr(member, column) for column in COLUMNS}
    return values | {"organisation": member.organisation.code}
