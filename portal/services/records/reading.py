"""The audit log read by people: filtered, newest first, a page at a time however long it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...models import AuditEntry, Case, StaffMember
from ..local_time import ZONE

PAGE = 50


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
    """Entries, newest first, and the id to go on from; None at the end. `names`: of the staff among the actors."""

    entries: list[AuditEntry]
    before: int | None
    names: dict[str, str]


def read_page(asked: AuditQuery, before: int | None = None) -> AuditPage:
    """The entries older than `before`."""
    rows = AuditEntry.select().order_by(AuditEntry.id.desc()).limit(PAGE + 1)
    if asked.case:
        case = Case.select(Case.id).where(Case.number == asked.case).first()
        rows = rows.where(AuditEntry.object == (f"case:{case.id}" if case else "case:none"))
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
    entries = found[:PAGE]
    return AuditPage(entries, entries[-1].id if len(found) > PAGE else None, _names(entries))


def _actor(text: str) -> str:
    if ":" in text:
        return text
    member = StaffMember.select(StaffMember.id).where(StaffMember.login == text.casefold()).first()
    return f"staff:{member.id}" if member else text


def _names(entries: list[AuditEntry]) -> dict[str, str]:
    ids = {entry.actor.removeprefix("staff:") for entry in entries if entry.actor.startswith("staff:")}
    members = StaffMember.select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_([int(id) for id in ids]))
    return {f"staff:{member.id}": member.name for member in members} if ids else {}


def _start(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZONE)
