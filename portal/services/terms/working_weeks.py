"""Which days are off in Kazakhstan, in a five-day week and in a six-day one. Pure.

Both weeks have the holidays. A holiday that falls on a day of rest moves the day off to the next working day (law on
holidays, article 5), except 7 January and Құрбан айт: in a five-day week from Saturday and Sunday, in a six-day week
from Sunday alone. So a holiday on a Saturday moves nothing for who works six days.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from holidays.countries.kazakhstan import Kazakhstan, KazakhstanStaticHolidays
from holidays.observed_holiday_base import SUN_TO_NEXT_WORKDAY

Week = Literal["five_day", "six_day", "both"]
Moved = tuple[tuple[dt.date, bool], ...]  # what a decree made of a day: does it work?
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class Calendar:
    """What decrees moved and staff entered, before what the library knows: for both weeks, or for one of them."""

    overrides: Moved = ()
    five_day: Moved = ()
    six_day: Moved = ()

    @functools.cached_property
    def by_week(self) -> tuple[dict[dt.date, bool], dict[dt.date, bool]]:
        """Day -> does it work, of the five-day week and of the six-day one."""
        return dict(self.overrides + self.five_day), dict(self.overrides + self.six_day)


@functools.cache
def _five_day_year(year: int) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """Days off of the year, then days of rest that a decree made working days, as the library knows them.

    It does not know the decrees of the coming years: those are overrides.
    """
    known = Kazakhstan(years=year)
    return frozenset(known), frozenset(day for day in known.weekend_workdays if day.year == year)


@functools.cache
def _six_day_year(year: int) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """The same for a six-day week. A decree that gives a Saturday for another day gives it to the five-day week."""
    known = Kazakhstan(years=year, observed_rule=SUN_TO_NEXT_WORKDAY)
    given = dict(_decrees(year))
    saturdays = {day for day, source in given.items() if source.weekday() == SATURDAY}
    sundays = {source for source in given.values() if source.weekday() == SUNDAY and source.year == year}
    return frozenset(known) - saturdays, frozenset(sundays)


def _decrees(year: int) -> Iterator[tuple[dt.date, dt.date]]:
    """The days off that decrees of the past gave, each with the day of rest that was worked for it."""
    rows: Any = KazakhstanStaticHolidays.special_public_holidays.get(year, ())
    for month, day, *source in (rows,) if rows and isinstance(rows[0], int) else rows:
        yield dt.date(year, month, day), dt.date(source[2] if source[2:] else year, source[0], source[1])


def is_day_off(calendar: Calendar, day: dt.date, six_days: bool = False) -> bool:
    """Whether a holiday or a decree makes the day free. A plain day of rest is not a day off in this sense."""
    works = calendar.by_week[six_days].get(day)
    return not works if works is not None else day in _year(day.year, six_days)[0]


def is_working_day(calendar: Calendar, day: dt.date) -> bool:
    """Whether terms count the day: Monday to Friday less days off, and days of rest that a decree made working days.

    So for every body, also for those that work six days.
    """
    return is_moved_here(calendar, day) if day.weekday() >= SATURDAY else not is_day_off(calendar, day)


def is_moved_here(calendar: Calendar, day: dt.date, six_days: bool = False) -> bool:
    """Whether a decree made this day of rest a working day."""
    works = calendar.by_week[six_days].get(day)
    return works if works is not None else day in _year(day.year, six_days)[1]


def _year(year: int, six_days: bool) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    return _six_day_year(year) if six_days else _five_day_year(year)
