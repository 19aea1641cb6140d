"""Where people go: the bodies that serve by a passport, whether they are open now, and their week in lines to read."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ...models import Locality, Organisation
from ..passports.schema import Channel, Passport
from ..terms.working_time import Interval, Opening, WeekHours, opening
from ..terms.working_weeks import Calendar
from .directory import (
    CHANNELS,
    address_in,
    channel_hours,
    list_localities,
    list_organisations,
    name_in,
    organisation_hours,
)
from .provision import list_stated, provides


@dataclass(frozen=True)
class WeekLine:
    """Days of the week, Monday 0, that share the same hours. A break is the gap between two intervals."""

    first: int
    last: int
    intervals: tuple[Interval, ...]


@dataclass(frozen=True)
class Office:
    """A body or a channel: its week, the hours in which papers are taken where they differ, and its state now.

    `taking` is whether papers are taken now, where that has hours of its own; `towns`: codes of those that it serves.
    """

    name: str
    week: tuple[WeekLine, ...]
    reception: tuple[WeekLine, ...]
    opening: Opening
    address: str = ""
    phone: str = ""
    kind: str = ""
    taking: Opening | None = None
    towns: frozenset[str] = frozenset()


def week_lines(week: WeekHours) -> tuple[WeekLine, ...]:
    """The week with equal neighbouring days in one line; closed days are left out. Nothing for round the clock."""
    lines = []
    for intervals, days in itertools.groupby(range(7), key=lambda day: week.days[day]):
        if intervals:
            first, *rest = days
            lines.append(WeekLine(first, rest[-1] if rest else first, intervals))
    return tuple(lines)


def channel_place(channel: Channel, lang: str, calendar: Calendar, now: dt.datetime) -> Office:
    """A channel of a passport by the hours that the passport names."""
    week, reception = channel_hours(channel), channel_hours(channel, reception=True)
    return Office(
        name=channel.name.in_(lang),
        week=week_lines(week),
        reception=week_lines(reception) if reception != week else (),
        opening=opening(week, calendar, now),
        taking=opening(reception, calendar, now) if reception != week else None,
        kind=channel.id,
    )


def list_places(passport: Passport, lang: str, calendar: Calendar, now: dt.datetime) -> list[Office]:
    """The bodies and offices that serve by this passport, each by the hours it has chosen, by name.

    Who provides it is said in services/reference/provision.py; the others are left out.
    """
    stated, towns = list_stated(passport), towns_by_organisation(list_localities(lang))
    rows = [row for row in list_organisations(lang=lang) if passport.channel(CHANNELS.get(row.kind, "")) is not None]
    serving = [row for row in rows if provides(row, passport, stated)]
    return [place_of(row, passport, lang, calendar, now, towns(row)) for row in serving]


def towns_by_organisation(localities: list[Locality]) -> Callable[[Organisation], frozenset[str]]:
    """Which towns an organisation serves: those whose body it is, the one it names, else those its address names."""

    def towns(row: Organisation) -> frozenset[str]:
        served = {each.code for each in localities if each.body_id == row.id or each.code == row.locality_code}
        return frozenset(served or {each.code for each in localities if each.name_kk in row.address_kk})

    return towns


def place_of(
    row: Organisation,
    passport: Passport,
    lang: str,
    calendar: Calendar,
    now: dt.datetime,
    towns: frozenset[str] = frozenset(),
) -> Office:
    """A body, by the hours it has chosen for this passport."""
    week = organisation_hours(row, passport) or WeekHours()
    reception = organisation_hours(row, passport, reception=True) or week
    return Office(
        name=name_in(row, lang),
        week=week_lines(week),
        reception=week_lines(reception) if reception != week else (),
        opening=opening(week, calendar, now),
        taking=opening(reception, calendar, now) if reception != week else None,
        address=address_in(row, lang),
        phone=row.phone,
        kind=row.kind,
        towns=towns,
    )


def next_change(places: Iterable[Office]) -> dt.datetime | None:
    """When the first of these sentences ("open until 13:00") stops being true."""
    states = [state for place in places for state in (place.opening, place.taking) if state]
    return min((state.until for state in states if state.until), default=None)
