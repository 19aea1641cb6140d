"""What all figures are counted by: which cases, how they stand, and how many of them in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Field
from peewee import Case as When

from ...models import Case, Organisation
from ..local_time import ZONE

# To group by: PostgreSQL sees no two parameters as one expression.
COLUMNS = (SQL("1"), SQL("2"), SQL("3"), SQL("4"), SQL("5"))


@dataclass(frozen=True)
class ReportQuery:
    """Which cases: of these days (both included), of a service ("" all), with a body (None all)."""

    since: dt.date
    until: dt.date
    service: str = ""
    body: int | None = None


def within(rows: Any, asked: ReportQuery, moment: Field) -> Any:
    """Of a query with Case in it, the rows whose `moment` and case are asked for."""
    since = dt.datetime.combine(asked.since, dt.time(), ZONE)
    until = dt.datetime.combine(asked.until + dt.timedelta(days=1), dt.time(), ZONE)
    rows = rows.where(moment >= since, moment < until)
    if asked.service:
        rows = rows.where(Case.service == asked.service)
    return rows.where(Case.body == asked.body) if asked.body is not None else rows


def term_standing(now: dt.datetime, *first: tuple[Any, str]) -> When:
    """How a case stands by its term: in_time, late, overdue or waiting; `first`, conditions that come before."""
    answered = Case.answered_at.is_null(False)
    conditions = (
        (answered & (Case.answered_at <= Case.due_at), "in_time"),
        (answered, "late"),
        (Case.due_at < now, "overdue"),
    )
    return When(None, (*first, *conditions), "waiting")


def percent(in_time: int, late: int, overdue: int) -> int | None:
    """In time, of those answered or overdue; rounded down, so that 100 means every one. None where there are none."""
    judged = in_time + late + overdue
    return 100 * in_time // judged if judged else None


def median(counts: Iterable[tuple[int, int]]) -> int | None:
    """The value that half of them do not exceed, from pairs of a value and how many have it; None of none."""
    steps = sorted(counts)
    half, seen = sum(count for _, count in steps) / 2, 0
    for value, count in steps:
        seen += count
        if seen >= half:
            return value
    return None


def list_bodies(ids: Iterable[int]) -> dict[int, Organisation]:
    """The organisations by their ids."""
    return {row.id: row for row in Organisation.select().where(Organisation.id.in_(list(ids)))}
