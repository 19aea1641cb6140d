"""The kindergarten queue: one per locality and year of birth, in the order of `order.py`.

Within a class it goes strictly by the moment the application was submitted, never by a later registration. Numbers and
places change only inside the queue's lock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import Expression, IntegrityError, Select, fn

from ...db import db, lock
from ...models import Case, Group, Kindergarten, Locality, QueueEntry, Referral
from ..journeys.journey import Journey
from ..local_time import local
from ..passports.catalogue import get_passport
from ..procedures.protocol import AlreadyUnderWay
from . import policy
from .order import CLASSES, EXTRAORDINARY, FIRST, GENERAL, before
from .position import Position
from .queue_words import UNDER_WAY


class ChildAlreadyQueued(AlreadyUnderWay):
    """The child has a live entry already, whichever parent filed it."""

    said = UNDER_WAY


@dataclass(frozen=True)
class QueueChild:
    """Who waits for a place."""

    iin: str
    name: str
    born: dt.date


def join_queue(case: Case, journey: Journey, now: dt.datetime) -> QueueEntry:
    """Enter the child of a case in its queue, in the caller's transaction. Raises ChildAlreadyQueued."""
    answers = journey.answers
    locality = Locality.get(Locality.code == answers["locality"])
    child = child_of(journey)
    born = child.born
    lock_queue(locality.id, born.year)
    try:
        with db.atomic():
            return QueueEntry.create(
                case=case,
                child_iin=child.iin,
                live_child=child.iin,
                locality=locality,
                birth_year=born.year,
                priority=CLASSES[claimed_class(journey)],
                asked_at=case.submitted_at,
                language=answers["language"],
                kindergartens=answers["kindergartens"],
                wanted_from=dt.date.fromisoformat(answers["wanted_from"]),
                born=born,
                state="waiting",
            )
    except IntegrityError as taken:
        raise ChildAlreadyQueued from taken


def child_of(journey: Journey) -> QueueChild:
    """The child of an application: the person that its form asks for. The queue cannot be joined without one."""
    person = journey.people[0]
    if person.birth_date is None or not person.iin:
        raise ValueError("a child without an IIN or a birth date")  # the passport's check asks for both questions
    return QueueChild(person.iin, person.name, person.birth_date)


def claimed_class(journey: Journey) -> str | None:
    """The class of the priority category that was claimed: extraordinary, first, or None for the general queue."""
    spec = journey.passport.field("priority")
    chosen = journey.answers.get("priority")
    return next((option.priority for option in spec.options if option.id == chosen), None) if spec else None


def lock_queue(locality_id: int, birth_year: int) -> None:
    """One change at a time in one queue, until the caller's transaction ends."""
    lock(f"queue:{locality_id}:{birth_year}")


def position(entry: QueueEntry, now: dt.datetime) -> Position:
    """The entry's number now; two queries."""
    return positions([entry], now)[entry.id]


def positions(entries: Sequence[QueueEntry], now: dt.datetime) -> dict[int, Position]:
    """The numbers of some entries now, by their ids, each entry with its case; two queries for them all."""
    if not entries:
        return {}
    today, ranks = local(now).date(), _ranks(entries)
    columns: list[Select] = []
    for entry in entries:
        ratio = policy.ratio(get_passport(entry.case.service, entry.case.edition), today)
        counts = before(entry.priority, ranks[entry.id], ratio)
        columns += [
            _count_waiting(entry, priority, count, f"ahead_{len(columns)}_{priority}")
            for priority, count in zip((EXTRAORDINARY, FIRST, GENERAL), counts, strict=True)
        ]
    ahead = iter(next(iter(Select(columns=columns).bind(db).tuples().execute())))
    return {
        entry.id: Position(next(ahead), next(ahead), next(ahead), entry.locality, entry.birth_year) for entry in entries
    }


def numbers_of(case_ids: Sequence[int], now: dt.datetime) -> dict[int, int]:
    """The numbers of those of these cases whose child waits, by the case; three queries for them all."""
    rows = QueueEntry.select(QueueEntry, Locality, Case).join(Locality).switch(QueueEntry).join(Case)
    waiting = list(rows.where(QueueEntry.case.in_(list(case_ids)), QueueEntry.state == "waiting"))
    places = positions(waiting, now)
    return {entry.case_id: places[entry.id].number for entry in waiting}


def _ranks(entries: Sequence[QueueEntry]) -> dict[int, int]:
    """How many of its own class applied before each entry and have not left."""
    columns = []
    for entry in entries:
        earlier = (QueueEntry.asked_at < entry.asked_at) | (
            (QueueEntry.asked_at == entry.asked_at) & (QueueEntry.id < entry.id)
        )
        rank = QueueEntry.select(fn.COUNT(QueueEntry.id)).where(_ranked(entry, entry.priority), earlier)
        columns.append(rank.alias(f"rank_{entry.id}"))
    counts = next(iter(Select(columns=columns).bind(db).tuples().execute()))
    return {entry.id: rank for entry, rank in zip(entries, counts, strict=True)}


def _count_waiting(entry: QueueEntry, priority: int, most: int | None, name: str) -> Select:
    """How many wait among the first `most` of a class; as part of a query."""
    among = QueueEntry.select(QueueEntry.state).where(_ranked(entry, priority))
    if most is not None:
        among = among.order_by(QueueEntry.asked_at, QueueEntry.id).limit(most)
    among = among.alias(f"class_{priority}")
    return Select([among], [fn.COUNT(1)]).where(among.c.state == "waiting").alias(name)


def in_queue(locality_id: int, birth_year: int) -> Expression:
    """Everybody whose rank counts in a queue: all but who left."""
    return (QueueEntry.locality == locality_id) & (QueueEntry.birth_year == birth_year) & (QueueEntry.state != "left")


def _ranked(entry: QueueEntry, priority: int) -> Expression:
    return in_queue(entry.locality_id, entry.birth_year) & (QueueEntry.priority == priority)


def find_entry(case: Case) -> QueueEntry | None:
    """The entry of a case with its locality, if it has one."""
    entry = QueueEntry.select(QueueEntry, Locality).join(Locality).where(QueueEntry.case == case).first()
    if entry is not None:
        entry.case = case
    return entry


def find_live_entry(child_iin: str) -> QueueEntry | None:
    """The one live entry of a child."""
    return QueueEntry.get_or_none(QueueEntry.live_child == child_iin)


def find_referral(case: Case) -> Referral | None:
    """The place given to a case, with its group and kindergarten, unless it was given back."""
    return (
        Referral.select(Referral, QueueEntry, Group, Kindergarten)
        .join(QueueEntry)
        .switch(Referral)
        .join(Group)
        .join(Kindergarten)
        .where(QueueEntry.case == case, Referral.seat.is_null(False))
        .first()
    )


def leave_queue(entry: QueueEntry) -> None:
    """Take the entry out of its queue and give its place back, in the caller's transaction."""
    lock_queue(entry.locality_id, entry.birth_year)
    change(entry, state="left", live_child=None, inactive_until=None)
    Referral.delete().where(Referral.entry == entry).execute()


def rejoin_queue(entry: QueueEntry) -> bool:
    """Let an entry that left wait again at its old place, in the caller's transaction; False when the child has
    another live entry."""
    lock_queue(entry.locality_id, entry.birth_year)
    if find_live_entry(entry.child_iin) is not None:
        return False
    change(entry, state="waiting", live_child=entry.child_iin)
    return True


def change(entry: QueueEntry, **values: Any) -> None:
    """Write what changes of an entry, in the caller's transaction and inside the queue's lock."""
    QueueEntry.update(**values).where(QueueEntry.id == entry.id).execute()
    for name, value in values.items():
        setattr(entry, name, value)
