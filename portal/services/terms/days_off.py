"""The calendar of days off: what staff entered after a decree, before what the library knows."""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...models import MovedDay
from .working_weeks import Calendar, Week

REREAD_AFTER = dt.timedelta(minutes=1)

# The database the calendar was read from, when, and the calendar. One tuple, replaced whole: threads need no lock.
_read: tuple[object, dt.datetime, Calendar] | None = None


def load_calendar(now: dt.datetime) -> Calendar:
    """The calendar in force. The few rows behind it are read at most once a minute: another process may change them."""
    global _read
    if _read is not None and _read[0] is db.obj and dt.timedelta() <= now - _read[1] < REREAD_AFTER:
        return _read[2]
    rows = list_moved_days()

    def of(week: Week) -> tuple[tuple[dt.date, bool], ...]:
        return tuple((row.day, row.works) for row in rows if row.week == week)

    calendar = Calendar(of("both"), of("five_day"), of("six_day"))
    _read = db.obj, now, calendar
    return calendar


def set_moved_day(day: dt.date, works: bool, source: str = "", week: Week = "both") -> None:
    """Make the day a working day or a day off; a second word replaces the first. `source` names the decree,
    `week` whose day it moves."""
    global _read
    with db.atomic():
        values = {"works": works, "source": source, "week": week}
        MovedDay.insert(day=day, **values).on_conflict(conflict_target=[MovedDay.day], update=values).execute()
    _read = None


def delete_moved_day(day: dt.date) -> None:
    """Leave the day to the library's calendar again."""
    global _read
    with db.atomic():
        MovedDay.delete().where(MovedDay.day == day).execute()
    _read = None


def forget() -> None:
    """Read the days again the next time: a transaction that changed them may have been undone."""
    global _read
    _read = None


def list_moved_days() -> list[MovedDay]:
    """The days that were entered, oldest first."""
    return list(MovedDay.select().order_by(MovedDay.day))
