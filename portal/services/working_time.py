"""Working time: opening hours, days off, terms and registration moments. Pure: `now` and the calendar come in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """Opening time of one day, from `start` up to but not including `end`, local clock."""

    start: dt.time
    end: dt.time


@dataclass(frozen=True)
class WeekHours:
    """Intervals a weekday (Monday first), lunch already cut out. `always` is round the clock."""

    days: tuple[tuple[Interval, ...], ...] = ((),) * 7
    open_on_days_off: bool = False
    always: bool = False


@dataclass(frozen=True)
class Calendar:
    """Days off of Kazakhstan. `overrides` (what the government moved by decree, edited by staff) come first: date -> works?"""

    overrides: tuple[tuple[dt.date, bool], ...] = ()


@dataclass(frozen=True)
class Opening:
    """`is_open`; `until` the next change: closing when open, the next opening when closed; None when it never changes.

    `lunch` says that the closing ahead, or the break now, is a break within the same day.
    """

    is_open: bool
    until: dt.datetime | None
    lunch: bool = False
