"""The kindergarten queue: one per locality and year of birth, ordered by class and the moment of submission.

Classes: extraordinary (кезектен тыс), first-priority (бірінші кезекте), general; within a class strictly by the moment
the application was submitted, never by a later registration. Numbers and places change only inside the queue's lock.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peewee import IntegrityError, fn

from ...db import db, lock
from ...models import Case, Group, Kindergarten, Locality, QueueEntry, Referral
from ..journeys.journey import Journey
from ..local_time import local

EXTRAORDINARY, FIRST, GENERAL = 0, 1, 2
CLASSES = {"extraordinary": EXTRAORDINARY, "first": FIRST, None: GENERAL}
IN_QUEUE = ("waiting", "offered")
AHEAD_DAYS = 31  # a place suits from the wanted date on; a month before it counts as now


class ChildAlreadyQueued(ValueError):
    """The child has a live entry already, whichever parent filed it."""


@dataclass(frozen=True)
class QueueChild:
    """Who waits for a place."""

    iin: str
    name: str
    born: dt.date


@dataclass(frozen=True)
class Position:
    """A number in the queue and why it is that: `ahead_with_priority` of those ahead are of a higher class."""

    number: int
    ahead_with_priority: int
    locality: Locality
    birth_year: int


def join_queue(case: Case, journey: Journey, now: dt.datetime) -> QueueEntry:
    """Enter the child of a case in its queue, in the caller's transaction. Raises ChildAlreadyQueued."""
    answers = journey.answers
    locality = Locality.get(Locality.code == answers["locality"])
    child = child_of(journey)
    birth_year = child.born.year
    lock_queue(locality.id, birth_year)
    try:
        with db.atomic():
            return QueueEntry.create(
                case=case,
                child_iin=child.iin,
                live_child=child.iin,
                locality=locality,
                birth_year=birth_year,
                priority=CLASSES[claimed_class(journey)],
                asked_at=case.submitted_at,
                language=answers["language"],
                kindergartens=answers["kindergartens"],
                wanted_from=dt.date.fromisoformat(answers["wanted_from"]),
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


def position(entry: QueueEntry) -> Position:
    """The entry's number now: 1 is the next."""
    ahead = QueueEntry.select(fn.COUNT(QueueEntry.id)).where(_ahead_of(entry))
    with_priority = ahead.where(QueueEntry.priority < entry.priority)
    return Position(ahead.scalar() + 1, with_priority.scalar(), entry.locality, entry.birth_year)


def find_entry(case: Case) -> QueueEntry | None:
    """The entry of a case with its locality, if it has one."""
    return QueueEntry.select(QueueEntry, Locality).join(Locality).where(QueueEntry.case == case).first()


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


def refer_if_free(entry: QueueEntry, now: dt.datetime) -> Referral | None:
    """Give the entry a place that suits it, in the order of its wishes, in the caller's transaction.

    A place is free when no referral holds it, and it goes past nobody ahead whom it suits. An entry whose case is not
    checked gets none; it still keeps its place, so that nothing ahead of those behind it is given away meanwhile.
    """
    lock_queue(entry.locality_id, entry.birth_year)
    entry = QueueEntry.get_by_id(entry.id)
    if entry.state != "waiting" or entry.case.unchecked or not _wants_now(entry, now):
        return None
    ahead = list(QueueEntry.select().where(_ahead_of(entry)))
    for group in _suitable_groups(entry):
        seat = _free_seat(group)
        if seat is None or any(_suits(group, other) and _wants_now(other, now) for other in ahead):
            continue
        referral = Referral.create(entry=entry, group=group, seat=seat, given_at=now)
        QueueEntry.update(state="offered").where(QueueEntry.id == entry.id).execute()
        return referral
    return None


def leave_queue(entry: QueueEntry) -> None:
    """Take the entry out of its queue and give its place back, in the caller's transaction."""
    lock_queue(entry.locality_id, entry.birth_year)
    QueueEntry.update(state="left", live_child=None).where(QueueEntry.id == entry.id).execute()
    Referral.update(seat=None).where(Referral.entry == entry).execute()


def rejoin_queue(entry: QueueEntry) -> bool:
    """Let an entry that left wait again at its old place, in the caller's transaction; False when the child has
    another live entry."""
    lock_queue(entry.locality_id, entry.birth_year)
    if find_live_entry(entry.child_iin) is not None:
        return False
    QueueEntry.update(state="waiting", live_child=entry.child_iin).where(QueueEntry.id == entry.id).execute()
    entry.state, entry.live_child = "waiting", entry.child_iin
    return True


def list_waiting(now: dt.datetime) -> list[QueueEntry]:
    """Waiting entries that a free place might suit, in the order of their queues."""
    taken = Referral.select(Referral.group, fn.COUNT(Referral.id).alias("n")).where(Referral.seat.is_null(False))
    counts = {row.group_id: row.n for row in taken.group_by(Referral.group)}
    groups = Group.select(Group, Kindergarten).join(Kindergarten)
    open_queues = {
        (group.kindergarten.locality_id, group.birth_year) for group in groups if counts.get(group.id, 0) < group.places
    }
    waiting: list[QueueEntry] = []
    for locality_id, birth_year in sorted(open_queues):
        waiting.extend(  # not +=: peewee takes that for a UNION
            QueueEntry.select(QueueEntry, Case)
            .join(Case)
            .where(
                QueueEntry.locality == locality_id, QueueEntry.birth_year == birth_year, QueueEntry.state == "waiting"
            )
            .order_by(QueueEntry.priority, QueueEntry.asked_at, QueueEntry.id)
        )
    return [entry for entry in waiting if not entry.case.unchecked and _wants_now(entry, now)]


def _ahead_of(entry: QueueEntry):  # type: ignore[no-untyped-def]
    earlier = (QueueEntry.asked_at < entry.asked_at) | (
        (QueueEntry.asked_at == entry.asked_at) & (QueueEntry.id < entry.id)
    )
    return (
        (QueueEntry.locality == entry.locality_id)
        & (QueueEntry.birth_year == entry.birth_year)
        & (QueueEntry.state == "waiting")
        & ((QueueEntry.priority < entry.priority) | ((QueueEntry.priority == entry.priority) & earlier))
    )


def _suitable_groups(entry: QueueEntry) -> list[Group]:
    groups = (
        Group.select(Group, Kindergarten)
        .join(Kindergarten)
        .where(Kindergarten.code.in_(entry.kindergartens), Group.birth_year == entry.birth_year)
    )
    suitable = [group for group in groups if _suits(group, entry)]
    return sorted(suitable, key=lambda group: (entry.kindergartens.index(group.kindergarten.code), group.language))


def _suits(group: Group, entry: QueueEntry) -> bool:
    return group.kindergarten.code in entry.kindergartens and entry.language in (group.language, "any")


def _wants_now(entry: QueueEntry, now: dt.datetime) -> bool:
    return entry.wanted_from <= local(now).date() + dt.timedelta(days=AHEAD_DAYS)


def _free_seat(group: Group) -> int | None:
    taken = {row.seat for row in Referral.select(Referral.seat).where(Referral.group == group)}
    return next((seat for seat in range(1, group.places + 1) if seat not in taken), None)
