"""Free places and who waits for them, read from the database for `allocation.py`; and taking a seat.

Of a queue only those are read whom a free place could suit at all: of 30,000 children mostly a few.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import operator
from collections.abc import Iterator, Sequence

from peewee import Select, fn

from ...models import Case, Group, Kindergarten, QueueEntry, Referral
from ..iin import birth_date
from ..local_time import local
from ..passports.catalogue import get_passport
from ..terms.days_off import load_calendar
from ..terms.working_time import add_working_days
from . import policy
from .allocation import AHEAD_DAYS, Given, Place, Waiting, allocate, suits_any
from .order import turn
from .queue import change, in_queue, lock_queue

Queue = tuple[int, int]  # locality, year of birth


def list_open_queues() -> list[Queue]:
    """The queues in whose groups a place is free."""
    rows = Group.select(Kindergarten.locality, Group.birth_year).join(Kindergarten)
    rows = rows.where(Group.places > _taken()).group_by(Kindergarten.locality, Group.birth_year)
    return sorted((locality, year) for locality, year in rows.tuples().iterator())


def list_free_places(queue: Queue) -> list[Place]:
    """The groups of a queue with a place that no referral holds."""
    rows = Group.select(Group.id, Kindergarten.code, Group.language, Group.places - _taken()).join(Kindergarten)
    rows = rows.where(Kindergarten.locality == queue[0], Group.birth_year == queue[1], Group.places > _taken())
    return [Place(*row) for row in rows.tuples()]


def plan(queue: Queue, now: dt.datetime) -> list[Given]:
    """Who gets which place of a queue now, in its order. Inside the queue's lock it is so until the lock ends."""
    places = list_free_places(queue)
    return allocate(list_waiting(queue, places, now), places, local(now).date()) if places else []


def list_waiting(queue: Queue, places: Sequence[Place], now: dt.datetime) -> Iterator[Waiting]:
    """Who waits in a queue, wants a place by now, and wishes one of these kindergartens; in no order."""
    day = local(now).date()
    rank = fn.ROW_NUMBER().over(partition_by=[QueueEntry.priority], order_by=[QueueEntry.asked_at, QueueEntry.id])
    ranks = QueueEntry.select(QueueEntry.id, rank.alias("rank")).where(in_queue(*queue)).alias("ranks")
    wishes = QueueEntry.kindergartens.cast("TEXT")
    any_of = (wishes.contains(json.dumps(code)) for code in {place.kindergarten for place in places})
    rows = (
        QueueEntry.select(
            QueueEntry.id, QueueEntry.priority, ranks.c.rank, QueueEntry.kindergartens, QueueEntry.language,
            QueueEntry.wanted_from, QueueEntry.born, QueueEntry.child_iin,
            Case.unchecked, Case.service, Case.edition,
        )
        .join(ranks, on=(ranks.c.id == QueueEntry.id))
        .join(Case, on=(QueueEntry.case == Case.id))
        .where(
            QueueEntry.state == "waiting",
            QueueEntry.wanted_from <= day + dt.timedelta(days=AHEAD_DAYS),
            functools.reduce(operator.or_, any_of),
        )
    )  # fmt: skip
    rules: dict[tuple[str, str], tuple[int, int | None]] = {}
    for row in rows.tuples().iterator():
        id, priority, rank, wishes, language, wanted_from, born, iin, unchecked, service, edition = row
        if (service, edition) not in rules:
            passport = get_passport(service, edition)
            rules[service, edition] = policy.ratio(passport, day), policy.age_limit(passport)
        ratio, limit = rules[service, edition]
        born = born or birth_date(iin)
        yield Waiting(
            entry=id,
            turn=turn(priority, rank - 1, ratio),
            wishes=tuple(wishes),
            language=language,
            wanted_from=wanted_from,
            too_old_from=policy.birthday(born, limit) if born and limit is not None else None,
            confirmed=not unchecked,
        )


def refer_if_free(entry: QueueEntry, now: dt.datetime) -> Referral | None:
    """Give the entry the place that is its by now, if there is one, in the caller's transaction.

    Whom a register has not confirmed gets none; one place is kept back for them.
    """
    queue = (entry.locality_id, entry.birth_year)
    lock_queue(*queue)
    entry = QueueEntry.select(QueueEntry, Case).join(Case).where(QueueEntry.id == entry.id).get()
    if entry.state != "waiting" or entry.case.unchecked:
        return None
    places = list_free_places(queue)
    if not suits_any(places, entry.kindergartens, entry.language):
        return None
    given = allocate(list_waiting(queue, places, now), places, local(now).date())
    group = next((each.group for each in given if each.entry == entry.id), None)
    return take_seat(entry, group, now) if group is not None else None


def take_seat(entry: QueueEntry, group_id: int, now: dt.datetime) -> Referral | None:
    """Give the entry a seat of a group, inside the queue's lock; None where it has one, or none is free any more."""
    group = Group.select(Group, Kindergarten).join(Kindergarten).where(Group.id == group_id).get()
    seats = {row.seat for row in Referral.select(Referral.seat).where(Referral.group == group)}
    seat = next((seat for seat in range(1, group.places + 1) if seat not in seats), None)
    if seat is None or entry.state != "waiting":
        return None
    passport = get_passport(entry.case.service, entry.case.edition)
    today = local(now).date()
    last = add_working_days(load_calendar(now), today, policy.referral_days(passport, today))
    change(entry, state="offered")
    Referral.delete().where(Referral.entry == entry).execute()  # one that was given back, before such rows went
    return Referral.create(entry=entry, group=group, seat=seat, given_at=now, valid_until=last)


def _taken() -> Select:
    """How many places of the group of the outer query are taken; as part of it."""
    return Referral.select(fn.COUNT(Referral.id)).where(Referral.group == Group.id, Referral.seat.is_null(False))
