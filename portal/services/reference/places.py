"""Places in kindergartens as their officers see them: how many a group has, how many are taken, who waits."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from ...models import Group, Kindergarten, Locality, QueueEntry, Referral, StaffMember
from ..passports.schema import Passport
from ..records.changes import Change
from .rows import FileRow
from .tables import TABLES, list_kindergarten_rows, take_rows

LANGUAGES = ("kk", "ru")


class PlacesNotFound(LookupError):
    """This body keeps no such town or kindergarten."""


@dataclass
class GroupPlaces:
    """Of a group, or of several together. `taken`: places that children hold."""

    places: int = 0
    taken: int = 0

    @property
    def free(self) -> int:
        return self.places - self.taken


@dataclass
class YearPlaces:
    """A queue: the children of one town and one year of birth. `waiting`: children without a place."""

    locality: Locality
    birth_year: int
    groups: GroupPlaces = field(default_factory=GroupPlaces)
    waiting: int = 0


@dataclass(frozen=True)
class GardenLine:
    """A kindergarten's groups of one year, by language. `wanted`: how many who wait have named it, first or later."""

    garden: Kindergarten
    groups: dict[str, GroupPlaces]
    wanted_first: int
    wanted: int


def count_years(body_id: int | None = None) -> list[YearPlaces]:
    """Every queue of a body's towns (None: of all), by town and year; four queries."""
    towns = Locality.select().order_by(Locality.code)
    if body_id is not None:
        towns = towns.where(Locality.body == body_id)
    known = {town.id: town for town in towns}
    years: dict[tuple[int, int], YearPlaces] = {}

    def line(town: int, year: int) -> YearPlaces:
        return years.setdefault((town, year), YearPlaces(known[town], year))

    columns = (Kindergarten.locality, Group.birth_year)
    groups: Any = Group.select(*columns, fn.SUM(Group.places)).join(Kindergarten)
    for town, year, places in groups.where(Kindergarten.locality.in_(list(known))).group_by(*columns).tuples():
        line(town, year).groups.places = int(places)
    taken: Any = Referral.select(*columns, fn.COUNT(Referral.id)).join(Group).join(Kindergarten)
    held = taken.where(Kindergarten.locality.in_(list(known)), Referral.seat.is_null(False))
    for town, year, count in held.group_by(*columns).tuples():
        line(town, year).groups.taken = count
    queue = (QueueEntry.locality, QueueEntry.birth_year)
    waiting: Any = QueueEntry.select(*queue, fn.COUNT(QueueEntry.id))
    waiting = waiting.where(QueueEntry.locality.in_(list(known)), QueueEntry.state == "waiting")
    for town, year, count in waiting.group_by(*queue).tuples():
        line(town, year).waiting = count
    return sorted(years.values(), key=lambda each: (each.locality.code, each.birth_year))


def list_gardens(locality: Locality, birth_year: int) -> list[GardenLine]:
    """The kindergartens of a town with their groups of one year, by code."""
    gardens = list(Kindergarten.select().where(Kindergarten.locality == locality).order_by(Kindergarten.code))
    groups: dict[int, dict[str, GroupPlaces]] = {}
    of_year = (Kindergarten.locality == locality) & (Group.birth_year == birth_year)
    for group in Group.select(Group, Kindergarten).join(Kindergarten).where(of_year):
        groups.setdefault(group.kindergarten_id, {})[group.language] = GroupPlaces(group.places)
    taken: Any = Referral.select(Kindergarten.id, Group.language, fn.COUNT(Referral.id)).join(Group).join(Kindergarten)
    for garden, language, count in (
        taken.where(of_year, Referral.seat.is_null(False)).group_by(Kindergarten.id, Group.language).tuples()
    ):
        groups[garden][language].taken = count
    first, named = _wishes(locality, birth_year)
    return [GardenLine(garden, groups.get(garden.id, {}), first[garden.code], named[garden.code]) for garden in gardens]


def _wishes(locality: Locality, birth_year: int) -> tuple[Counter[str], Counter[str]]:
    """How often who waits has named a kindergarten: first of all, and at all."""
    first, named = Counter[str](), Counter[str]()
    waits = (QueueEntry.locality == locality) & (QueueEntry.birth_year == birth_year) & (QueueEntry.state == "waiting")
    rows: Any = QueueEntry.select(QueueEntry.kindergartens).where(waits).tuples()
    for (codes,) in rows:
        first.update(codes[:1])
        named.update(codes)
    return first, named


def get_town(body_id: int, code: str) -> Locality:
    """A town of this body. Raises PlacesNotFound."""
    town = Locality.get_or_none(Locality.code == code, Locality.body == body_id)
    if town is None:
        raise PlacesNotFound(code)
    return town


def get_garden(body_id: int, code: str) -> Kindergarten:
    """A kindergarten of this body, with its town. Raises PlacesNotFound."""
    own = (Kindergarten.code == code) & (Locality.body == body_id)
    garden = Kindergarten.select(Kindergarten, Locality).join(Locality).where(own).first()
    if garden is None:
        raise PlacesNotFound(code)
    return garden


def get_group(garden: Kindergarten, birth_year: int, language: str) -> GroupPlaces:
    """A group as it stands; none at all has no places."""
    mine = (Group.kindergarten == garden) & (Group.birth_year == birth_year) & (Group.language == language)
    group = Group.get_or_none(mine)
    if group is None:
        return GroupPlaces()
    held = Referral.select().where(Referral.group == group, Referral.seat.is_null(False)).count()
    return GroupPlaces(group.places, held)


def set_places(
    by: StaffMember,
    garden: Kindergarten,
    birth_year: int,
    language: str,
    places: str,
    passports: Sequence[Passport],
    now: dt.datetime,
) -> list[Change]:
    """Give a group so many places; never fewer than children hold. The change is on record, with who made it.

    By the way of a file with this one row: the same checks, the same lock as giving places.
    Raises PlacesNotFound for a kindergarten that another body keeps, ImportRefused.
    """
    if garden.locality.body_id != by.organisation_id:
        raise PlacesNotFound(garden.code)
    standing = list_kindergarten_rows(garden.code)
    if not standing:
        raise PlacesNotFound(garden.code)
    row = {**standing[0], "birth_year": str(birth_year), "language": language, "places": places}
    return take_rows(TABLES["kindergartens"], [FileRow(1, row)], passports, by, now)
