"""What a head looks at in the morning: what came in, what waits, what is late, by body and by person.

Every number is counted by the conditions of the list that it leads to (services/office/work_list.py); what came before
today, by the worker (keeping.py).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from peewee import JOIN, fn
from peewee import Case as When

from ...models import Case, Decision, StaffMember
from ..cases.timeline import OVER
from ..local_time import ZONE, local
from .counting import ReportQuery
from .keeping import kept_at
from .sorts import APPLICATIONS, COMPLAINTS, count

CAME = (1, 7, 30)  # days, today included


@dataclass
class BodyLoad:
    """Of one body now. `to_sign`: decisions prepared and not signed; `came_1`: sent today, and so on."""

    open: int = 0
    overdue: int = 0
    today: int = 0
    unassigned: int = 0
    to_sign: int = 0
    unconfirmed: int = 0
    queued: int = 0
    came_1: int = 0
    came_7: int = 0
    came_30: int = 0


@dataclass(frozen=True)
class PersonLoad:
    """What somebody has in hand now. `id` is 0 and `name` "" for what nobody has."""

    id: int
    name: str
    open: int
    overdue: int
    today: int


def count_bodies(now: dt.datetime, body_id: int | None = None) -> dict[int, BodyLoad]:
    """The load of one body, or of each that has cases; five queries, whatever their number."""
    loads: dict[int, BodyLoad] = {} if body_id is None else {body_id: BodyLoad()}

    def note(rows: Any, *names: str) -> None:
        rows = rows if body_id is None else rows.where(Case.body == body_id)
        for body, *counts in rows.group_by(Case.body).tuples():
            for name, many in zip(names, counts, strict=True):
                setattr(loads.setdefault(body, BodyLoad()), name, int(many or 0))

    late, today = _late(now), _due_today(now)
    running = Case.select(Case.body, fn.COUNT(Case.id), late, today, _sum(Case.assignee.is_null()))
    note(running.where(Case.is_open == True), "open", "overdue", "today", "unassigned")  # noqa: E712 - SQL
    for body, counts in _count_came(now, body_id).items():
        load = loads.setdefault(body, BodyLoad())
        load.came_1, load.came_7, load.came_30 = counts
    note(Case.select(Case.body, fn.COUNT(Case.id)).where(Case.state == "accepted"), "queued")
    unchecked = (Case.unchecked == True) & Case.state.not_in(OVER)  # noqa: E712 - SQL
    note(Case.select(Case.body, fn.COUNT(Case.id)).where(unchecked), "unconfirmed")
    prepared = Decision.select(Case.body, fn.COUNT(Decision.id)).join(Case, on=(Decision.open_case == Case.id))
    note(prepared.where(Decision.state == "prepared"), "to_sign")
    return loads


def _count_came(now: dt.datetime, body_id: int | None) -> dict[int, list[int]]:
    """How many came in these days by body: today's are counted, those of the days before taken from what is kept."""
    today = local(now).date()
    before = ReportQuery(today - dt.timedelta(days=CAME[-1] - 1), today - dt.timedelta(days=1), body=body_id)
    kept = kept_at(before, now) is not None
    since = _begin(now, 1 if kept else CAME[-1])
    columns = (
        [fn.COUNT(Case.id)] * len(CAME) if kept else [_sum(Case.submitted_at >= _begin(now, days)) for days in CAME]
    )
    rows: Any = Case.select(Case.body, *columns).where(Case.submitted_at >= since)
    rows = rows if body_id is None else rows.where(Case.body == body_id)
    counts = {body: [int(each) for each in found] for body, *found in rows.group_by(Case.body).tuples()}
    for place, days in enumerate(CAME[1:] if kept else (), start=1):
        asked = replace(before, since=today - dt.timedelta(days=days - 1))
        for sort in (APPLICATIONS, COMPLAINTS):
            for body, many in count(sort, ("body",), asked, now, kept):
                counts.setdefault(body, [0] * len(CAME))[place] += many
    return counts


def count_people(body_id: int, now: dt.datetime) -> list[PersonLoad]:
    """What each person of a body has in hand, whoever has most overdue first; then what nobody has."""
    counts = Case.select(Case.assignee, StaffMember.name, fn.COUNT(Case.id), _late(now), _due_today(now))
    counts = counts.join(StaffMember, JOIN.LEFT_OUTER, on=(Case.assignee == StaffMember.id))
    rows: Any = counts.where(Case.body == body_id, Case.is_open == True)  # noqa: E712 - SQL
    people = [
        PersonLoad(id or 0, name or "", int(open), int(late or 0), int(today or 0))
        for id, name, open, late, today in rows.group_by(Case.assignee, StaffMember.name).tuples()
    ]
    return sorted(people, key=lambda one: (one.id == 0, -one.overdue, -one.open, one.name))


def _sum(condition: Any) -> Any:
    return fn.SUM(When(None, ((condition, 1),), 0))


def _late(now: dt.datetime) -> Any:
    return _sum(Case.due_at <= now)


def _due_today(now: dt.datetime) -> Any:
    end = dt.datetime.combine(local(now).date(), dt.time(23, 59, 59), ZONE)
    return _sum((Case.due_at > now) & (Case.due_at <= end))


def _begin(now: dt.datetime, days: int) -> dt.datetime:
    return dt.datetime.combine(local(now).date() - dt.timedelta(days=days - 1), dt.time(), ZONE)
