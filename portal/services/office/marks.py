"""What a line of the work list says beside its state: what has come in since an officer last did something, what waits
for a signature, which number a child has in its queue. For the lines of one page, in a few queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import fn

from ...models import Case, Decision, Event
from ..cases.timeline import OVER
from ..passports.catalogue import get_passport
from ..procedures.protocol import Procedure
from ..procedures.registry import procedure_of
from .list_rows import WorkRow

FROM_OUTSIDE = {
    "corrected": "answered",
    "complainant_replied": "answered",
    "citizen_wrote": "wrote",
    "document_added": "wrote",
}
BY_STAFF = (
    "message", "correction_asked", "correction_ended", "prepared", "dropped", "complainant_asked", "other_side_asked",
    "other_side_replied",
    "confirmed_by_officer", "check_goes_on", "message_seen",
)  # fmt: skip


@dataclass(frozen=True)
class Marks:
    """Of one case. `news`: "answered" when what an officer asked for has come, "wrote" when the citizen wrote by
    themselves, "" when an officer has done something since. `position`: 1 is the next, None for who does not wait.
    `last_day`: until when what nobody confirmed may be proved, None where there is no such day."""

    to_sign: bool = False
    news: str = ""
    position: int | None = None
    last_day: dt.date | None = None


NONE = Marks()


def find_marks(rows: Iterable[WorkRow], now: dt.datetime) -> dict[int, Marks]:
    """By the ids of the cases."""
    shown = list(rows)
    ids = [row.case.id for row in shown]
    if not ids:
        return {}
    prepared = _to_sign(ids)
    news = _news(ids)
    numbers = _positions([row.case for row in shown if row.birth_year is not None], now)
    days = _last_days([row.case for row in shown if row.case.unchecked and row.case.state not in OVER], now)
    return {id: Marks(id in prepared, news.get(id, ""), numbers.get(id), days.get(id)) for id in ids}


def _to_sign(ids: list[int]) -> set[int]:
    rows = Decision.select(Decision.open_case).where(Decision.open_case.in_(ids), Decision.state == "prepared")
    return {row.open_case for row in rows if row.open_case is not None}


def _news(ids: list[int]) -> dict[int, str]:
    kinds = (*FROM_OUTSIDE, *BY_STAFF)
    rows: Any = Event.select(Event.case, Event.kind, fn.MAX(Event.id)).where(Event.case.in_(ids), Event.kind.in_(kinds))
    last: dict[int, tuple[int, str]] = {}
    for case, kind, event in rows.group_by(Event.case, Event.kind).tuples():
        last[case] = max(last.get(case, (0, "")), (event, kind))
    return {case: FROM_OUTSIDE[kind] for case, (_, kind) in last.items() if kind in FROM_OUTSIDE}


def _last_days(cases: list[Case], now: dt.datetime) -> dict[int, dt.date]:
    """Each procedure knows the terms of its claims."""
    return {
        id: day for each, theirs in _by_procedure(cases).items() for id, day in each.list_last_days(theirs, now).items()
    }


def _positions(cases: list[Case], now: dt.datetime) -> dict[int, int]:
    """Each procedure knows the numbers of its own queue."""
    return {
        id: number
        for each, theirs in _by_procedure(cases).items()
        for id, number in each.list_positions([case.id for case in theirs], now).items()
    }


def _by_procedure(cases: list[Case]) -> dict[Procedure, list[Case]]:
    found: dict[Procedure, list[Case]] = {}
    for case in cases:
        found.setdefault(procedure_of(get_passport(case.service, case.edition)), []).append(case)
    return found
