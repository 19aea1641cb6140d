"""The queue once more, as simple and slow as can be, sharing no line with the portal: what tests compare with.

A queue is two lists beside those out of turn, first-priority and general children, each in the order of their
applications, also those who have a place by now. The ratio deals from them as from two packs of cards.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass
class Child:
    name: int
    kind: str  # out of turn, first, general
    applied: dt.datetime
    wishes: list[str]
    language: str
    wanted: dt.date
    born: dt.date
    claims: bool = False
    state: str = "waiting"  # waiting, placed, resting (no turn for now), gone
    place: str | None = None


@dataclass
class Group:
    name: str
    garden: str
    language: str
    seats: int
    taken: set[int] = field(default_factory=set)


def order(children: list[Child], ratio: int) -> list[Child]:
    """Everybody who has not left, dealt by the ratio: one first-priority child, then so many of the general queue."""
    packs: dict[str, list[Child]] = {"out of turn": [], "first": [], "general": []}
    for child in sorted(children, key=lambda child: (child.applied, child.name)):
        if child.state != "gone":
            packs[child.kind].append(child)
    dealt = packs["out of turn"]
    firsts, generals = iter(packs["first"]), iter(packs["general"])
    for _ in children:
        dealt += [child for child in [next(firsts, None)] if child]
        dealt += [child for child in (next(generals, None) for _ in range(ratio)) if child]
    return dealt


def years_old(born: dt.date, day: dt.date) -> int:
    years = 0
    while True:
        try:
            birthday = dt.date(born.year + years + 1, born.month, born.day)
        except ValueError:
            birthday = dt.date(born.year + years + 1, 3, 1)
        if birthday > day:
            return years
        years += 1


def begins_in_time(child: Child, day: dt.date, limit: int) -> bool:
    begins = child.wanted if child.wanted > day else day
    return (child.wanted - day).days <= 31 and years_old(child.born, begins) < limit


def suits(group: Group, child: Child) -> bool:
    return group.garden in child.wishes and (child.language == "any" or child.language == group.language)


def give(children: list[Child], groups: list[Group], ratio: int, day: dt.date, limit: int = 7) -> dict[int, str]:
    """Deal the free places out; what stands on a claim is kept back from the others and given to nobody."""
    given: dict[int, str] = {}
    kept: dict[str, int] = {group.name: 0 for group in groups}
    for child in order(children, ratio):
        if child.state != "waiting" or not begins_in_time(child, day, limit):
            continue
        for wish in child.wishes:
            here = sorted((g for g in groups if g.garden == wish and suits(g, child)), key=lambda g: g.language)
            here = [group for group in here if group.seats - len(group.taken) - kept[group.name] > 0]
            if here:
                if child.claims:
                    kept[here[0].name] += 1
                else:
                    here[0].taken.add(child.name)
                    child.state, child.place = "placed", here[0].name
                    given[child.name] = here[0].name
                break
    return given
