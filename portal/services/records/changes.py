"""Who changed what in the reference data: each change is a row of history and an entry of the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from ...models import ReferenceChange, StaffMember
from . import audit

Values = Mapping[str, Any]  # of one row, as JSON knows them


@dataclass(frozen=True)
class Change:
    """One row as it was (None: it was not there) and as it is (None: it is gone)."""

    table: str
    row: str
    before: Values | None
    after: Values | None

    @property
    def fields(self) -> list[str]:
        """The names of what differs, in the order of the row."""
        names = dict.fromkeys([*(self.before or {}), *(self.after or {})])
        return [name for name in names if (self.before or {}).get(name) != (self.after or {}).get(name)]


def differences(table: str, before: Mapping[str, Values], after: Mapping[str, Values]) -> list[Change]:
    """The rows that differ between two states of a table, by key."""
    keys = dict.fromkeys([*before, *after])
    changes = [Change(table, key, before.get(key), after.get(key)) for key in keys]
    return [change for change in changes if change.before != change.after]


def record(
    changes: list[Change],
    by: StaffMember | None,
    now: dt.datetime,
    action: str = "change_reference",
    **details: Any,
) -> None:
    """Write the history of these changes, in the caller's transaction. `by` is None for a command of the console.

    `action` and `details` are what the audit log says of it. Of numbers it says what they were and are: places.
    """
    actor = f"staff:{by.id}" if by else "console"
    for change in changes:
        ReferenceChange.create(
            table=change.table, row=change.row, before=change.before, after=change.after, by=by, at=now
        )
        numbers = {
            name: [before.get(name), after.get(name)]
            for before, after in [(change.before or {}, change.after or {})]
            for name in change.fields
            if isinstance(after.get(name, before.get(name)), int)
        }
        data = {"fields": change.fields, "numbers": numbers, **details}
        known = {name: value for name, value in data.items() if value not in ({}, "", None)}
        audit.record(actor, action, f"{change.table}:{change.row}", now, **known)


def list_history(table: str, row: str, most: int = 200) -> list[ReferenceChange]:
    """What happened to one row, newest first, with who did it."""
    rows = (
        ReferenceChange.select(ReferenceChange, StaffMember)
        .join(StaffMember, JOIN.LEFT_OUTER)
        .where(ReferenceChange.table == table, ReferenceChange.row == row)
        .order_by(ReferenceChange.id.desc())
        .limit(most)
    )
    return list(rows)
