"""Figures kept by the day: the worker counts a day when something of it has changed, pages add the days up.

A day is counted anew when an event of one of its cases was written, when the term of one passed, while it is today,
and otherwise whenever its turn comes: what no event tells of is found in time.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from peewee import Case as When
from peewee import fn

from ...db import db
from ...models import Case, Event, Figure, FigureDay, FigureLook
from ..jobs.rows import waiting, work_through
from ..local_time import local
from .counting import ReportQuery
from .sorts import SORTS, count

JOB = "keep_figures"
DAYS_AT_A_TIME = 4  # a day of 40,000 cases takes a third of a second, and messages wait meanwhile
ROWS_AT_A_TIME = 500
STALE = dt.timedelta(hours=2)  # without a worker for so long, pages count for themselves
NAMES = ("body", "service", "state", "detail", "number")


def keep_figures(now: dt.datetime, most: int = DAYS_AT_A_TIME) -> int:
    """Count some of the days that are due; how many. One that fails stops none behind it.

    Those that never were counted come first, then those counted longest ago: no day waits for busier ones.
    """
    _look(now)
    due = FigureDay.select().where(FigureDay.is_due, waiting(JOB, FigureDay.id, now))
    due = due.order_by(FigureDay.counted_at.asc(nulls="first"), FigureDay.day.desc()).limit(most)
    return work_through(JOB, list(due), lambda day: _keep(day, now), now)


def kept_at(asked: ReportQuery, now: dt.datetime) -> dt.datetime | None:
    """The moment as of which the kept figures of these days stand; None where some are missing, or nobody looks."""
    look, first = FigureLook.get_or_none(), _first_day()
    if look is None or first is None or not dt.timedelta() <= now - look.at <= STALE:
        return None
    since, until = max(asked.since, first), min(asked.until, local(look.at).date())
    if since > until:
        return None
    overtaken = fn.MIN(When(None, ((FigureDay.is_due, FigureDay.counted_at),), None))
    days = FigureDay.select(fn.COUNT(FigureDay.id), overtaken.converter(FigureDay.counted_at.python_value))
    days = days.where(FigureDay.day >= str(since), FigureDay.day <= str(until), FigureDay.counted_at.is_null(False))
    counted, oldest = days.scalar(as_tuple=True)
    if counted != (until - since).days + 1:
        return None
    return min(oldest, look.at) if oldest else look.at


def _keep(row: FigureDay, now: dt.datetime) -> bool:
    day = dt.date.fromisoformat(row.day)
    figures = []
    for sort in SORTS:
        counts = Counter[tuple[Any, ...]]()
        for *values, many in count(sort, NAMES, ReportQuery(day, day), now):
            counts[tuple(values)] += many
        figures += [
            {"day": row.day, "sort": sort.name, **dict(zip(NAMES, values, strict=True)), "count": many}
            for values, many in counts.items()
        ]
    with db.atomic():
        Figure.delete().where(Figure.day == row.day).execute()
        for start in range(0, len(figures), ROWS_AT_A_TIME):
            Figure.insert_many(figures[start : start + ROWS_AT_A_TIME]).execute()
        FigureDay.update(counted_at=now, is_due=False).where(FigureDay.id == row.id).execute()
    return True


def _look(now: dt.datetime) -> None:
    """Note which days have to be counted anew."""
    last = Event.select(fn.MAX(Event.id)).scalar() or 0
    seen, today, first = FigureLook.get_or_none(), local(now).date(), _first_day()
    if first is None:
        return
    with db.atomic():
        _add_days(first, today)
        if seen is None:
            FigureLook.create(at=now, event=last, event_before=last)
            return
        due = {str(local(moment).date()) for moment in _touched(seen, now)}
        due |= {str(day) for day in _days(min(local(seen.at).date(), today), today)}
        longest_ago = FigureDay.select().where(FigureDay.counted_at.is_null(False)).order_by(FigureDay.counted_at)
        due |= {row.day for row in longest_ago.limit(1)}
        FigureDay.update(is_due=True).where(FigureDay.day.in_(sorted(due))).execute()
        FigureLook.update(at=now, event=last, event_before=seen.event).where(FigureLook.id == seen.id).execute()


def _touched(seen: FigureLook, now: dt.datetime) -> list[dt.datetime]:
    """When the cases were sent of which something new is known, or whose term has passed."""
    events: Any = Case.select(Case.submitted_at).join(Event).where(Event.id > seen.event_before).distinct()
    passed: Any = Case.select(Case.submitted_at).where(
        Case.is_open.in_([True, False]), Case.due_at >= seen.at, Case.due_at <= now, Case.answered_at.is_null()
    )
    return [moment for rows in (events, passed) for (moment,) in rows.tuples()]


def _add_days(first: dt.date, today: dt.date) -> None:
    rows: Any = FigureDay.select(FigureDay.day).tuples()
    known = {day for (day,) in rows}
    missing = [{"day": str(day), "is_due": True} for day in _days(first, today) if str(day) not in known]
    for start in range(0, len(missing), ROWS_AT_A_TIME):
        FigureDay.insert_many(missing[start : start + ROWS_AT_A_TIME]).execute()


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=each) for each in range((last - first).days + 1)]


def _first_day() -> dt.date | None:
    """Of the first case."""
    first = Case.select(fn.MIN(Case.submitted_at)).scalar()
    return local(first).date() if first else None
