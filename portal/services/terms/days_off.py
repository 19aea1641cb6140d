"""The calendar of days off: what staff entered after a decree, before what the library knows."""

from __future__ import annotations

import datetime as dt
import threading

import cachetools

from ...db import db
from ...models import MovedDay
from .working_weeks import Calendar, Week

# By database and minute: another process may change the few rows behind the calendar.
_calendars: cachetools.LRUCache[tuple[object, int], Calendar] = cachetools.LRUCache(4)


@cachetools.cached(_calendars, key=lambda now: (db.obj, int(now.timestamp()) // 60), lock=threading.Lock())
def load_calendar(now: dt.datetime) -> Calendar:
    """The calendar in force, read once a minute at most."""
    rows = list_moved_days()

    def of(week: Week) -> tuple[tuple[dt.date, bool], ...]:
        return tuple((row.day, row.works) for row in rows if row.week == week)

    return Calendar(of("both"), of("five_day"), of("six_day"))


def set_moved_day(day: dt.date, works: bool, source: str = "", week: Week = "both") -> None:
    """Make the day a working day or a day off; a second word replaces the first. `source` names the decree,
    `week` whose day it moves."""
    with db.atomic():
        values = {"works": works, "source": source, "week": week}
        MovedDay.insert(day=day, **values).on_conflict(conflict_target=[MovedDay.day], update=values).execute()
    forget()


def delete_moved_day(day: dt.date) -> None:
    """Leave the day to the library's calendar again."""
    with db.atomic():
        MovedDay.delete().where(MovedDay.day == day).execute()
    forget()


def forget() -> None:
    """Read the days again the next time: a transaction that changed them may have been undone."""
    load_calendar.cache_clear()


def list_moved_days() -> list[MovedDay]:
    """The days that were entered, oldest first."""
    return list(MovedDay.select().order_by(MovedDay.day))
