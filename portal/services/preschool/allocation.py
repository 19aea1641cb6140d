"""Who gets which free place of a queue. Pure: the whole queue comes in, nothing is asked of a database.

Each child in the order of the queue takes the first of the family's wishes that is still free. What stands on the
family's word alone takes a place too, one and no more, but is not given it: it is kept back for the child until the
claim is settled. So no place goes past somebody ahead whom it suits, and none stands idle that somebody could have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .order import Turn

AHEAD_DAYS = 31  # a place suits from the wanted date on; a month before it counts as now


@dataclass(frozen=True, slots=True)
class Place:
    """The free places of a group: `free` of them."""

    group: int
    kindergarten: str
    language: str
    free: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A child that waits. `wishes`: kindergartens in the family's order; `language`: of a group, or "any";
    `too_old_from`: the first day on which the child is past the service's age; `confirmed`: nothing is claimed only."""

    entry: int
    turn: Turn
    wishes: tuple[str, ...]
    language: str
    wanted_from: dt.date
    too_old_from: dt.date | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Given:
    entry: int
    group: int


def allocate(waiting: Iterable[Waiting], places: Iterable[Place], day: dt.date) -> list[Given]:
    """Who gets a place on a day, in the order of the queue; each child at most one."""
    offered: dict[str, list[Place]] = {}
    for place in sorted(places, key=lambda place: place.language):
        offered.setdefault(place.kindergarten, []).append(place)
    free = {place.group: place.free for groups in offered.values() for place in groups}
    left = sum(free.values())
    given: list[Given] = []
    for child in sorted(waiting, key=lambda child: (child.turn, child.entry)):
        if not left:
            break
        group = _first_wish(child, offered, free) if may_have_now(child, day) else None
        if group is None:
            continue
        free[group] -= 1
        left -= 1
        if child.confirmed:
            given.append(Given(child.entry, group))
    return given


def may_have_now(child: Waiting, day: dt.date) -> bool:
    """Whether the family wants a place by now, and the child is young enough on the day when it would begin."""
    if child.wanted_from > day + dt.timedelta(days=AHEAD_DAYS):
        return False
    return child.too_old_from is None or max(day, child.wanted_from) < child.too_old_from


def _first_wish(child: Waiting, offered: dict[str, list[Place]], free: dict[int, int]) -> int | None:
    for wish in child.wishes:
        for place in offered.get(wish, ()):
            if free[place.group] > 0 and child.language in (place.language, "any"):
                return place.group
    return None


def suits_any(places: Sequence[Place], wishes: Sequence[str], language: str) -> bool:
    """Whether any of these places is among the wishes at all, whoever stands before."""
    return any(place.kindergarten in wishes and language in (place.language, "any") for place in places if place.free)
