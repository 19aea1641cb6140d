"""Working time: opening hours, terms and registration moments. Pure: `now` and the calendar come in.

All moments are aware; those returned stand on the country's clock (languages.ZONE). Time between moments is reckoned in
UTC: Python subtracts and adds on the wall clock where both moments bear the same zone, and clocks have been put back.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..local_time import ZONE, local
from ..passports.hours import DAYS, Hours
from ..passports.schema import Term
from .working_weeks import Calendar, is_day_off, is_moved_here, is_working_day

# How many days ahead an opening is looked for. No body is closed for longer than a year and then opens again.
HORIZON = 400
FRIDAY, SATURDAY = 4, 5

Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Interval:
    """Opening time of one day, from `start` up to but not including `end`, local clock. `end` 00:00 is midnight."""

    start: dt.time
    end: dt.time


@dataclass(frozen=True)
class WeekHours:
    """Intervals a weekday (Monday first), lunch already cut out. `always` is round the clock.

    `six_days`: whose days off are those of a six-day week.
    """

    days: tuple[tuple[Interval, ...], ...] = ((),) * 7
    open_on_days_off: bool = False
    always: bool = False
    six_days: bool = False


@dataclass(frozen=True)
class Opening:
    """`is_open`; `until` the next change: closing when open, the next opening when closed; None when it never changes.

    `lunch` says that the closing ahead, or the break now, is a break within the same day.
    """

    is_open: bool
    until: dt.datetime | None
    lunch: bool = False


class NeverOpen(ValueError):
    """The hours name no opening at all, so that nothing can be registered by them."""


def week_hours(hours: Hours | Literal["always"], six_days: bool | None = None) -> WeekHours:
    """The opening hours of a passport file, lunch cut out of each day. Who opens on Saturdays works a six-day week,
    unless `six_days` says otherwise."""
    if hours == "always":
        return WeekHours(always=True)
    lunch = _interval(hours.lunch) if hours.lunch else None
    days = tuple(_without(_interval(hours.days[day]), lunch) if day in hours.days else () for day in DAYS)
    six_days = bool(days[SATURDAY]) if six_days is None else six_days
    return WeekHours(days=days, open_on_days_off=hours.holidays == "open", six_days=six_days)


def _interval(text: str) -> Interval:
    start, end = text.split("-")
    return Interval(dt.time.fromisoformat(start), dt.time.fromisoformat(end))


def _without(whole: Interval, lunch: Interval | None) -> tuple[Interval, ...]:
    """The interval with the lunch break cut out; one that does not lie wholly inside is no break of that day."""
    if lunch is None or not (whole.start < lunch.start and (lunch.end < whole.end or whole.end == dt.time())):
        return (whole,)
    return Interval(whole.start, lunch.start), Interval(lunch.end, whole.end)


def _working_days_after(calendar: Calendar, day: dt.date) -> Iterator[dt.date]:
    for offset in itertools.count(1):
        later = day + dt.timedelta(days=offset)
        if is_working_day(calendar, later):
            yield later


def add_working_days(calendar: Calendar, start: dt.date, n: int) -> dt.date:
    """The n-th working day, counted from the day after `start`; `start` itself for 0. Raises ValueError below 0."""
    if n < 0:
        raise ValueError("working days are counted forwards only")
    return start if n == 0 else next(itertools.islice(_working_days_after(calendar, start), n - 1, None))


def end_of_term(calendar: Calendar, registered_at: dt.datetime, term: Term) -> dt.datetime:
    """When a term ends. Minutes run from the moment, day and night; a term in working days counts from the day after
    registration and ends with the last second of its last day, so that the date it shows is the last day of the term.
    """
    if term.minutes is not None:
        return _later(registered_at, dt.timedelta(minutes=term.minutes))
    last = add_working_days(calendar, local(registered_at).date(), term.working_days or 0)
    return dt.datetime.combine(last, dt.time(23, 59, 59), ZONE)


def _later(moment: dt.datetime, by: dt.timedelta) -> dt.datetime:
    return local(moment.astimezone(dt.UTC) + by)


def _between(earlier: dt.datetime, later: dt.datetime) -> dt.timedelta:
    return later.astimezone(dt.UTC) - earlier.astimezone(dt.UTC)


def opening_intervals(hours: WeekHours, calendar: Calendar, day: dt.date) -> tuple[Span, ...]:
    """Opening times of a day, each from a moment up to but not including another.

    A weekend day that a decree made a working day has Friday's hours where the body has none of its own for it.
    """
    if hours.always:
        return (_span(day, Interval(dt.time(), dt.time())),)
    if is_day_off(calendar, day, hours.six_days) and not hours.open_on_days_off:
        return ()
    intervals = hours.days[day.weekday()]
    if not intervals and day.weekday() >= SATURDAY and is_moved_here(calendar, day, hours.six_days):
        intervals = hours.days[FRIDAY]
    return tuple(_span(day, interval) for interval in intervals)


def _span(day: dt.date, interval: Interval) -> Span:
    last = day + dt.timedelta(days=1) if interval.end == dt.time() else day
    return dt.datetime.combine(day, interval.start, ZONE), dt.datetime.combine(last, interval.end, ZONE)


def _stretches(hours: WeekHours, calendar: Calendar, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime | None]]:
    """Unbroken opening times from the day on: those that touch are one. The end is None when none is in sight."""
    current: Span | None = None
    for offset in range(HORIZON):
        for start, end in opening_intervals(hours, calendar, day + dt.timedelta(days=offset)):
            if current is not None and start <= current[1]:
                current = current[0], max(end, current[1])
                continue
            if current is not None:
                yield current
            current = start, end
    if current is not None:
        yield current[0], None


def opening(hours: WeekHours, calendar: Calendar, now: dt.datetime) -> Opening:
    """Whether it is open at `now`, and until when that holds."""
    if hours.always:
        return Opening(is_open=True, until=None)
    today, now = local(now).date(), now.astimezone(dt.UTC)
    was_open_today = False
    stretches = _stretches(hours, calendar, today) if any(hours.days) else iter(())
    for start, end in stretches:
        if now < start:
            return Opening(is_open=False, until=start, lunch=was_open_today and start.date() == today)
        if end is None or now < end:
            following = next(stretches, None)
            lunch = end is not None and following is not None and following[0].date() == end.date()
            return Opening(is_open=True, until=end, lunch=lunch)
        was_open_today = True
    return Opening(is_open=False, until=None)


def registration_moment(
    hours: WeekHours, calendar: Calendar, arrived: dt.datetime, after_hours: Literal["at_once", "next_working_day"]
) -> dt.datetime:
    """When something that arrived by itself (portal, phone) counts as registered.

    `at_once`: the moment of submission counts, day and night. `next_working_day` (home schooling): what arrives after
    working time has ended, at a weekend or on a day off is registered when the next working day opens; what arrives in
    the lunch break or before opening of a working day is registered at the moment it arrived. `hours` are those of the
    body that answers, not of the channel. Raises NeverOpen.
    """
    if after_hours == "at_once":
        return local(arrived)
    day = local(arrived).date()
    spans = opening_intervals(hours, calendar, day)
    if spans and is_working_day(calendar, day) and arrived.astimezone(dt.UTC) < spans[-1][1]:
        return local(arrived)
    for later in itertools.takewhile(lambda d: (d - day).days < HORIZON, _working_days_after(calendar, day)):
        for start, _ in opening_intervals(hours, calendar, later):
            return start
    raise NeverOpen("the hours of the body name no opening")


def issuing_moment(
    hours: WeekHours, calendar: Calendar, signed: dt.datetime, after_hours: Literal["at_once", "next_working_day"]
) -> dt.datetime:
    """When a result signed at a moment is issued.

    `next_working_day`: in working time, the lunch break included, at once; at night, before opening, at a weekend or on
    a day off when the body opens next. Raises NeverOpen.
    """
    moment = registration_moment(hours, calendar, signed, after_hours)
    if after_hours == "at_once":
        return moment
    spans = opening_intervals(hours, calendar, local(moment).date())
    return max(moment, spans[0][0])


@dataclass(frozen=True)
class TimeLeft:
    """How long it is to a deadline: whole working days after today, and minutes of working time left today.

    `days` is 0 on the last day. When it is `overdue`, `days` counts the working days since the deadline.
    """

    days: int
    minutes: int
    overdue: bool = False


def count_working_days(calendar: Calendar, start: dt.date, end: dt.date) -> int:
    """Working days after `start`, up to and with `end`; 0 when `end` is not later."""
    return sum(is_working_day(calendar, start + dt.timedelta(days=n)) for n in range(1, (end - start).days + 1))


def time_left(hours: WeekHours, calendar: Calendar, now: dt.datetime, due_at: dt.datetime) -> TimeLeft:
    """The working time from `now` to a deadline, by the hours of the body that answers."""
    today, last = local(now).date(), local(due_at).date()
    now, due_at = now.astimezone(dt.UTC), due_at.astimezone(dt.UTC)
    if now > due_at:
        return TimeLeft(count_working_days(calendar, last, today), 0, overdue=True)
    if today < last:
        return TimeLeft(count_working_days(calendar, today, last), 0)
    spans = opening_intervals(hours, calendar, today)
    left = (_between(max(start, now), min(end, due_at)) for start, end in spans)
    return TimeLeft(0, int(sum(max(0.0, span.total_seconds()) for span in left) // 60))


def after_correction(
    policy: str, calendar: Calendar, term: Term, due_at: dt.datetime, asked_at: dt.datetime, answered_at: dt.datetime
) -> dt.datetime:
    """The deadline once a citizen has answered a request for correction.

    `policy`: `runs_on` (the deadline stands), `pauses` (the working time that was left goes on from the answer) or
    `restarts` (the whole term begins again). `answered_at` is the moment the answer counts as registered.
    """
    if policy == "restarts":
        return end_of_term(calendar, answered_at, term)
    if policy != "pauses":
        return due_at
    if term.minutes is not None:
        return _later(due_at, _between(asked_at, answered_at))
    left = count_working_days(calendar, local(asked_at).date(), local(due_at).date())
    last = add_working_days(calendar, local(answered_at).date(), left)
    return dt.datetime.combine(last, dt.time(23, 59, 59), ZONE)
