"""What is counted, sort by sort: from the cases, or from what the worker keeps of them. Both answer alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Field, fn

from ...db import UTCField
from ...models import Case, Complaint, Decision, Figure, QueueEntry, Rating, Referral
from ...sql import local_month, seconds_between
from .counting import COLUMNS, ReportQuery, term_standing, within

DAY = 86400  # seconds
HOUR = 60  # minutes
NOTHING = SQL("''")


def rough(minutes: int | None) -> int | None:
    """As exact as a page says it: minutes up to two hours, whole hours up to two days, whole days."""
    if minutes is None or minutes < 2 * HOUR:
        return minutes
    return minutes - minutes % (HOUR if minutes < 48 * HOUR else 24 * HOUR)


@dataclass(frozen=True)
class Sort:
    """Something that is counted, by body, service and day of `moment`.

    `columns`: SQL for state, detail and number, at a moment. `select`: these and the others, of the rows counted.
    `fold`: makes fewer numbers of many.
    """

    name: str
    moment: Field
    select: Callable[..., Any]
    columns: Callable[[dt.datetime], tuple[Any, Any, Any]]
    fold: Callable[[int | None], int | None] = lambda number: number


def _standing(now: dt.datetime) -> Any:
    return term_standing(now, (Case.state == "withdrawn", "withdrawn"), (Case.state == "accepted", "queued"))


def _minutes(until: UTCField) -> Any:
    return seconds_between(Case.submitted_at, until) / 60


APPLICATIONS = Sort(  # number: minutes from sending to the answer
    "application",
    Case.submitted_at,
    lambda *columns: Case.select(*columns).where(Case.kind == "application"),
    lambda now: (Case.state, _standing(now), _minutes(Case.answered_at)),
    rough,
)
PLACES = Sort(  # places given; number: minutes from the application to the place
    "place",
    Case.submitted_at,
    lambda *columns: Referral.select(*columns).join(QueueEntry).join(Case).where(Case.kind == "application"),
    lambda _: (NOTHING, NOTHING, _minutes(Referral.given_at)),
    rough,
)
REFUSALS = Sort(  # refusals that the citizen has got; detail: the ground
    "refusal",
    Case.submitted_at,
    lambda *columns: (
        Decision.select(*columns)
        .join(Case)
        .where(
            Case.kind == "application", Decision.kind == "refuse",
            (Decision.state == "signed") & Decision.issued_at.is_null(False),
        )
    ),
    lambda _: (NOTHING, Decision.ground, SQL("NULL")),
)  # fmt: skip
COMPLAINTS = Sort(  # state: the answer; number: whole days to it
    "complaint",
    Case.submitted_at,
    lambda *columns: (
        Case.select(*columns).join(Complaint, on=(Complaint.case == Case.id)).where(Case.kind == "complaint")
    ),
    lambda now: (Complaint.answer, term_standing(now), seconds_between(Case.submitted_at, Case.answered_at) / DAY),
)
MARKS = Sort(  # by the day they were given; number: the mark
    "mark",
    Rating.given_at,
    lambda *columns: Rating.select(*columns).join(Case),
    lambda _: (NOTHING, NOTHING, Rating.score),
)
SORTS = (APPLICATIONS, PLACES, REFUSALS, COMPLAINTS, MARKS)


def count(
    sort: Sort, names: tuple[str, ...], asked: ReportQuery, now: dt.datetime, kept: bool = False
) -> Iterable[tuple[Any, ...]]:
    """How many, by these of body, month, service, state, detail, number: their values, then the count.

    A number may come more than once: it is folded here.
    """
    rows = _of_kept(sort, names, asked) if kept else _of_cases(sort, names, asked, now)
    places = [place for place, name in enumerate(names) if name == "number"]
    for row in rows.group_by(*COLUMNS[: len(names)]).tuples().iterator():
        values = list(row)
        for place in places:
            values[place] = sort.fold(values[place] if values[place] is None else int(values[place]))
        yield (*values[:-1], int(values[-1]))


def _of_cases(sort: Sort, names: tuple[str, ...], asked: ReportQuery, now: dt.datetime) -> Any:
    state, detail, number = sort.columns(now)
    columns = {
        "body": Case.body, "month": local_month(Case.submitted_at), "service": Case.service,
        "state": state, "detail": detail, "number": number,
    }  # fmt: skip
    return within(sort.select(*(columns[name] for name in names), fn.COUNT(SQL("*"))), asked, sort.moment)


def _of_kept(sort: Sort, names: tuple[str, ...], asked: ReportQuery) -> Any:
    columns = {"month": fn.SUBSTR(Figure.day, 1, 7)}
    rows = Figure.select(*(columns.get(name) or getattr(Figure, name) for name in names), fn.SUM(Figure.count))
    rows = rows.where(Figure.sort == sort.name, Figure.day >= str(asked.since), Figure.day <= str(asked.until))
    if asked.service:
        rows = rows.where(Figure.service == asked.service)
    return rows.where(Figure.body == asked.body) if asked.body is not None else rows
