"""What a family should know of each kindergarten before it chooses: places free for the child's year, who waits.

Nobody is named and nothing is promised: a place goes to whoever stands first in the queue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from peewee import JOIN, SQL, fn

from ...models import Group, Kindergarten, Locality, QueueEntry, Referral
from ...sql import json_items


@dataclass(frozen=True)
class Outlook:
    """Of a kindergarten for one year of birth: places free by the language of the group, families that wish it."""

    free: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0


def list_outlooks(locality_code: str, birth_year: int) -> dict[str, Outlook]:
    """The outlook of every kindergarten of a locality, by its code; two queries."""
    free: dict[str, dict[str, int]] = {}
    for code, language, left in _groups(locality_code, birth_year):
        groups = free.setdefault(code, {})
        if language is not None:
            groups[language] = max(left, 0)
    waiting = _count_wishes(locality_code, birth_year)
    return {code: Outlook(groups, waiting.get(code, 0)) for code, groups in free.items()}


def _groups(locality_code: str, birth_year: int) -> list[tuple[str, str | None, int]]:
    own = (Group.kindergarten == Kindergarten.id) & (Group.birth_year == birth_year)
    taken = Referral.select(fn.COUNT(Referral.id)).where(Referral.group == Group.id, Referral.seat.is_null(False))
    rows = (
        Kindergarten.select(Kindergarten.code, Group.language, Group.places - taken)
        .join(Locality)
        .switch(Kindergarten)
        .join(Group, JOIN.LEFT_OUTER, on=own)
        .where(Locality.code == locality_code)
        .order_by(Kindergarten.code, Group.language)
    )
    return [(code, language, left) for code, language, left in rows.tuples().iterator()]


def _count_wishes(locality_code: str, birth_year: int) -> dict[str, int]:
    """How many who wait in the queue wish each kindergarten."""
    wish = SQL("wish.value")
    rows = QueueEntry.select(wish, fn.COUNT(1)).from_(QueueEntry, json_items(QueueEntry.kindergartens).alias("wish"))
    locality = Locality.select(Locality.id).where(Locality.code == locality_code)
    own = QueueEntry.locality.in_(locality) & (QueueEntry.birth_year == birth_year) & (QueueEntry.state == "waiting")
    return {code: count for code, count in rows.where(own).group_by(wish).tuples().iterator()}  # noqa: C416 - rows, not pairs
