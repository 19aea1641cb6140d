"""A referral has a last day. Used in time, it ends as a place taken; otherwise the place goes to the next child.

What the family that did not use it has then, the passport's policy says: it may come back within some days, once, with
the moment of its application; where the policy says nothing, it waits on at once.
"""

from __future__ import annotations

import datetime as dt

from peewee import Expression

from ...db import db, lock
from ...models import Account, Case, Group, Kindergarten, Organisation, QueueEntry, Referral, StaffMember
from ..cases.timeline import add_event, close_tasks, set_state
from ..jobs.rows import waiting, work_through
from ..languages import LANGUAGES, format_date
from ..local_time import local
from ..messages.notices import tell
from ..papers import issuing
from ..passports.catalogue import get_passport
from ..terms.days_off import load_calendar
from ..terms.working_time import add_working_days
from . import placement, policy, queue

ENDING, WARNING, CLOSING = "end_referrals", "warn_of_referrals", "close_inactive"
REFERRALS_A_ROUND = 200


def warn(now: dt.datetime) -> int:
    """Tell families whose referral ends on the next working day, once; how many."""
    today = local(now).date()
    soon = add_working_days(load_calendar(now), today, 1)
    due = Referral.warned_at.is_null() & (Referral.valid_until >= today) & (Referral.valid_until <= soon)

    def tell_family(referral: Referral) -> bool:
        with db.atomic():
            mine = (Referral.id == referral.id) & Referral.warned_at.is_null()
            if not Referral.update(warned_at=now).where(mine).execute():
                return False
            case = referral.entry.case
            last = referral.valid_until or today
            add_event(case, "referral_ends", now, until=in_languages(last))
            tell(case, "referral_ends", now, due=f"{last:%d.%m.%Y}")
            return True

    return work_through(WARNING, _list_unused(WARNING, due, now), tell_family, now)


def end_unused(now: dt.datetime) -> int:
    """Take back the places whose referral nobody used by its last day; how many."""
    late = _list_unused(ENDING, Referral.valid_until < local(now).date(), now)
    return work_through(ENDING, late, lambda referral: _end(referral, now), now)


def _list_unused(job: str, when: Expression, now: dt.datetime) -> list[Referral]:
    rows = (
        Referral.select(Referral, Group, Kindergarten, QueueEntry, Case, Account, Organisation)
        .join(Group)
        .join(Kindergarten)
        .switch(Referral)
        .join(QueueEntry)
        .join(Case)
        .join(Account)
        .switch(Case)
        .join(Organisation)
    )
    rows = rows.where(QueueEntry.state == "offered", Referral.seat.is_null(False), when, waiting(job, Referral.id, now))
    return list(rows.order_by(Referral.valid_until, Referral.id).limit(REFERRALS_A_ROUND))


def _end(referral: Referral, now: dt.datetime) -> bool:
    with db.atomic():
        entry, case = referral.entry, referral.entry.case
        lock(f"case:{case.number}")
        queue.lock_queue(entry.locality_id, entry.birth_year)
        held = (QueueEntry.id == entry.id) & (QueueEntry.state == "offered")
        if not QueueEntry.select().where(held).exists():
            return False
        Referral.delete().where(Referral.id == referral.id).execute()
        issuing.withdraw_papers(case, now)
        set_state(case, "accepted", now)
        days = policy.restore_days(get_passport(case.service, case.edition), local(now).date())
        if entry.restored_at is not None:
            _close(entry, now)
        elif days is None:
            queue.change(entry, state="waiting")
            add_event(case, "referral_lapsed", now)
            tell(case, "referral_lapsed", now)
        else:
            until = local(now).date() + dt.timedelta(days=days)
            queue.change(entry, state="inactive", inactive_until=until)
            add_event(case, "referral_lapsed", now, until=in_languages(until))
            tell(case, "referral_lapsed", now)
        return True


def in_languages(day: dt.date) -> dict[str, str]:
    """A day as an event keeps it, for readers of each language."""
    return {lang: format_date(day, lang) for lang in LANGUAGES}


def can_come_back(entry: QueueEntry, now: dt.datetime) -> bool:
    """Whether the family may have the child back in the queue now."""
    return entry.state == "inactive" and entry.inactive_until is not None and entry.inactive_until >= local(now).date()


def come_back(entry: QueueEntry, now: dt.datetime) -> None:
    """The child waits again at its old place, or gets what is free for it, in the caller's transaction."""
    case = entry.case
    queue.lock_queue(entry.locality_id, entry.birth_year)
    queue.change(entry, state="waiting", inactive_until=None, restored_at=now)
    add_event(case, "came_back", now, "citizen")
    placement.decide(entry, get_passport(case.service, case.edition), now)


def close_inactive(now: dt.datetime) -> int:
    """Close the applications of families that did not come back in time; how many."""
    late = (
        QueueEntry.select(QueueEntry, Case, Account)
        .join(Case)
        .join(Account)
        .where(QueueEntry.state == "inactive", QueueEntry.inactive_until < local(now).date())
        .where(waiting(CLOSING, QueueEntry.id, now))
        .order_by(QueueEntry.inactive_until, QueueEntry.id)
        .limit(REFERRALS_A_ROUND)
    )

    def close(entry: QueueEntry) -> bool:
        with db.atomic():
            lock(f"case:{entry.case.number}")
            if QueueEntry.get_by_id(entry.id).state != "inactive":
                return False
            _close(entry, now)
            return True

    return work_through(CLOSING, list(late), close, now)


def _close(entry: QueueEntry, now: dt.datetime) -> None:
    case = entry.case
    queue.leave_queue(entry)
    set_state(case, "closed", now)
    close_tasks(case, now)
    add_event(case, "not_used", now)
    tell(case, "closed", now)


def is_unused(case: Case) -> bool:
    """Whether a place was given and nobody has said that the child goes there."""
    entry = queue.find_entry(case)
    return entry is not None and entry.state == "offered"


def enrol(case: Case, staff: StaffMember, now: dt.datetime) -> None:
    """The kindergarten has taken the child: the place is used for good, in the caller's transaction."""
    entry = queue.find_entry(case)
    if entry is None:
        return
    queue.lock_queue(entry.locality_id, entry.birth_year)
    queue.change(entry, state="enrolled")
    add_event(case, "enrolled", now, case.body.code, by=staff.name)
