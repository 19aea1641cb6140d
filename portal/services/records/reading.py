"""The audit log read by people: filtered, newest first, a page at a time however long it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...db import MOST_ROWS
from ...models import AuditEntry, Case, Document, Organisation, Paper, StaffMember
from ..local_time import ZONE

PAGE = 50
MOST_EXPORTED = 20_000
_BATCH = 500  # ids in one query


@dataclass(frozen=True)
class AuditQuery:
    """What is looked for; "" and None are anything. Days are whole days of the country's clock."""

    case: str = ""  # the number of a case
    actor: str = ""  # "account:12", "staff:3", or the login of a member of staff
    action: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class AuditPage:
    """Entries, newest first, and the id to go on from; None at the end.

    `names`: what is called so: "staff:3" by its name, "case:12" by its number, "organisation:1" by its code,
    "document:1" and "paper:1" by the number of their case.
    """

    entries: list[AuditEntry]
    before: int | None
    names: dict[str, str]


def read_page(asked: AuditQuery, before: int | None = None, most: int = PAGE) -> AuditPage:
    """The entries older than `before`."""
    rows = AuditEntry.select().order_by(AuditEntry.id.desc()).limit(most + 1)
    if asked.case:
        case = Case.select(Case.id).where(Case.number == asked.case).first()
        rows = rows.where(AuditEntry.object.in_(_things_of(case.id) if case else ["case:none"]))
    if asked.actor:
        rows = rows.where(AuditEntry.actor == _actor(asked.actor))
    if asked.action:
        rows = rows.where(AuditEntry.action == asked.action)
    if asked.since is not None:
        rows = rows.where(AuditEntry.at >= _start(asked.since))
    if asked.until is not None:
        rows = rows.where(AuditEntry.at < _start(asked.until + dt.timedelta(days=1)))
    if before is not None:
        rows = rows.where(AuditEntry.id < before)
    found = list(rows)
    entries = found[:most]
    return AuditPage(entries, entries[-1].id if len(found) > most else None, _names(entries))


def _things_of(case_id: int) -> list[str]:
    """A case with its documents and papers, as entries call them."""
    parts: dict[str, Any] = {"document": Document, "paper": Paper}
    ids = ((kind, table.select(table.id).where(table.case == case_id).tuples()) for kind, table in parts.items())
    return [f"case:{case_id}", *(f"{kind}:{id}" for kind, rows in ids for (id,) in rows)]


def list_actors() -> list[StaffMember]:
    """Everybody of the staff, by name: whose deeds may be asked for."""
    return list(StaffMember.select(StaffMember.login, StaffMember.name).order_by(StaffMember.name, StaffMember.id))


def _actor(text: str) -> str:
    if ":" in text:
        return text
    member = StaffMember.select(StaffMember.id).where(StaffMember.login == text.casefold()).first()
    return f"staff:{member.id}" if member else text


def _names(entries: list[AuditEntry]) -> dict[str, str]:
    """A query for each kind of thing that stands in the entries."""
    kinds = ("staff", "case", "organisation", "document", "paper")
    ids: dict[str, set[int]] = {kind: set() for kind in kinds}
    for entry in entries:
        for thing in (entry.actor, entry.object, str(entry.data.get("of", "")), f"staff:{entry.data.get('to')}"):
            kind, _, id = thing.partition(":")
            if kind in ids and id.isascii() and id.isdigit() and int(id) <= MOST_ROWS:
                ids[kind].add(int(id))
    columns: dict[str, Any] = {
        "staff": (StaffMember, StaffMember.name),
        "case": (Case, Case.number),
        "organisation": (Organisation, Organisation.code),
    }
    parts = {"document": Document, "paper": Paper}
    of_cases = {
        f"{kind}:{id}": number
        for kind, table in parts.items()
        for id, number in _read(table, Case.number, ids[kind], Case)
    }
    return of_cases | {
        f"{kind}:{id}": name
        for kind, (table, column) in columns.items()
        for id, name in _read(table, column, ids[kind])
    }


def _read(table: Any, column: Any, ids: set[int], beside: Any = None) -> Iterator[tuple[int, str]]:
    wanted = sorted(ids)
    for start in range(0, len(wanted), _BATCH):
        rows = table.select(table.id, column)
        rows = rows.join(beside) if beside is not None else rows
        yield from rows.where(table.id.in_(wanted[start : start + _BATCH])).tuples()


def _start(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZONE)
