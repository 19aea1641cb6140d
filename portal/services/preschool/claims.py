"""What a family claims and no register confirms: that the child is theirs, a privilege.

A claim keeps one place back, no more, and ends by the passport's term. A privilege then counts no longer, and the child
goes on in the general queue; for a child whom nobody confirmed nothing is kept back until somebody does. The passport
knows no refusal, so the moment of the application stands in both.
"""

from __future__ import annotations

import datetime as dt

from ...db import db, lock
from ...models import Account, Case, Check, Organisation, QueueEntry, StaffMember
from ..cases import register_checks
from ..cases.timeline import add_event, close_tasks, let_rest, set_state
from ..jobs.rows import waiting, work_through
from ..local_time import local
from ..messages.notices import tell
from ..papers import issuing
from ..passports.catalogue import get_passport
from ..passports.schema import Passport
from ..terms.days_off import load_calendar
from . import placement, queue
from .order import GENERAL
from .proof import last_day, list_claims

ENDING = "end_claims"
CLAIMS_A_ROUND = 200


def end_claims(now: dt.datetime) -> int:
    """End the claims whose term has passed; how many applications that was."""
    late = _list_late(now)[:CLAIMS_A_ROUND]
    rows = (
        QueueEntry.select(QueueEntry, Case, Account, Organisation)
        .join(Case)
        .join(Account)
        .switch(Case)
        .join(Organisation)
        .where(QueueEntry.id.in_(late))
        .order_by(Case.submitted_at, QueueEntry.id)
    )
    return work_through(ENDING, list(rows), lambda entry: _end(entry, now), now)


def _list_late(now: dt.datetime) -> list[int]:
    """The entries with a claim past its term, the earliest first; two queries, however many claims there are."""
    rows = (
        Check.select(QueueEntry.id, Check.subject, Case.submitted_at, Case.service, Case.edition)
        .join(Case)
        .join(QueueEntry, on=(QueueEntry.case == Case.id))
        .where(Check.state == "pending", Case.unchecked, QueueEntry.state == "waiting")
        .where(waiting(ENDING, QueueEntry.id, now))
        .order_by(Case.submitted_at, QueueEntry.id)
    )
    calendar, today = load_calendar(now), local(now).date()
    late: dict[int, None] = {}
    for entry, subject, submitted_at, service, edition in rows.tuples().iterator():
        passport = get_passport(service, edition)
        if _is_late(last_day(Case(submitted_at=submitted_at), passport, subject, calendar), today):
            late[entry] = None
    return list(late)


def _late_claims(case: Case, now: dt.datetime) -> tuple[str, ...]:
    passport, calendar = get_passport(case.service, case.edition), load_calendar(now)
    today = local(now).date()
    return tuple(
        subject for subject in list_claims(case) if _is_late(last_day(case, passport, subject, calendar), today)
    )


def _is_late(last: dt.date | None, today: dt.date) -> bool:
    return last is not None and last < today


def _end(entry: QueueEntry, now: dt.datetime) -> bool:
    with db.atomic():
        case = entry.case
        lock(f"case:{case.number}")
        queue.lock_queue(entry.locality_id, entry.birth_year)
        if QueueEntry.get_by_id(entry.id).state != "waiting":
            return False
        late = _late_claims(case, now)
        passport = get_passport(case.service, case.edition)
        if "child" in late:
            queue.change(entry, state="inactive", inactive_until=None)
            add_event(case, "child_unconfirmed", now)
            tell(case, "claim_ended", now)
        if "privilege" in late:
            drop_privilege(entry, passport, now, "claim_ended")
        return bool(late)


def drop_privilege(
    entry: QueueEntry, passport: Passport, now: dt.datetime, event: str, actor: str = "system", **data: str
) -> None:
    """The privilege counts no longer: the child goes on in the general queue, its parent is told, in the caller's
    transaction."""
    case = entry.case
    queue.lock_queue(entry.locality_id, entry.birth_year)
    waits = entry.state == "waiting"
    was = queue.position(entry, now).number if waits else None
    _turn_down(case, "privilege", now)
    queue.change(entry, priority=GENERAL)
    became = queue.position(entry, now).number if waits else None
    add_event(case, event, now, actor, was=was, became=became, **data)
    tell(case, "claim_ended", now)
    if entry.state == "waiting":
        placement.hand_over_notice(entry, passport, now)
    if register_checks.close(case):
        case.unchecked = False
        let_rest(case)
        close_tasks(case, now)
        placement.decide(entry, passport, now)


def turn_down_privilege(case: Case, passport: Passport, staff: StaffMember, text: str, now: dt.datetime) -> None:
    """An officer turns the privilege down and says why, in the caller's transaction."""
    entry = queue.find_entry(case)
    if entry is not None:
        drop_privilege(entry, passport, now, "claim_turned_down", case.body.code, by=staff.name, text=text)


def turn_down_child(case: Case, staff: StaffMember, text: str, now: dt.datetime) -> None:
    """An officer says that the child is not the applicant's, and why: the application ends, in the caller's
    transaction."""
    entry = queue.find_entry(case)
    if entry is not None:
        queue.leave_queue(entry)
        issuing.withdraw_papers(case, now)
    for subject in list_claims(case):
        _turn_down(case, subject, now)
    register_checks.close(case)
    set_state(case, "closed", now)
    close_tasks(case, now)
    add_event(case, "child_turned_down", now, case.body.code, by=staff.name, text=text)
    tell(case, "moved_off", now)


def _turn_down(case: Case, subject: str, now: dt.datetime) -> None:
    pending = (Check.case == case) & (Check.subject == subject) & (Check.state == "pending")
    Check.update(state="turned_down", checked_at=now).where(pending).execute()
