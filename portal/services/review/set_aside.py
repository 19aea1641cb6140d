"""Decisions that a complaint has set aside: whoever prepared or signed one takes no part in the new one.

The case stays with its body, whose order it is. Where too few others are left there to prepare and to sign, its heads
and managers and the portal's administrators are told, who name somebody; the term runs meanwhile.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...db import db, lock
from ...models import Account, Case, Decision, Organisation, StaffMember, Task
from ..cases.timeline import add_event
from ..jobs.rows import waiting, work_through
from ..local_time import local
from ..messages.notices import write_to_office
from ..passports.catalogue import get_passport
from ..passports.schema import Passport
from ..procedures.rules import HEAD, OFFICER
from ..records import audit

NOBODY = "nobody_to_decide"  # the task and the event of a case that nobody of its body may decide anew


def by_them(staff: StaffMember) -> Any:
    """The decisions of theirs that were set aside, of the case of the query around it."""
    before = Decision.alias("before")
    theirs = (before.prepared_by == staff.id) | (before.signed_by == staff.id)
    return before.select(before.id).where(before.case == Case.id, _is_set_aside(before), theirs)


def is_by(staff: StaffMember, case: Case) -> bool:
    """Whether they prepared or signed a decision on the case that was set aside."""
    return staff.id in list_deciders(case)


def list_deciders(case: Case) -> set[int]:
    """The ids of those who prepared or signed what was set aside; one query."""
    rows = Decision.select(Decision.prepared_by, Decision.signed_by).where(
        Decision.case == case.id, _is_set_aside(Decision)
    )
    pairs: Any = rows.tuples()
    return {id for pair in pairs for id in pair if id is not None}


def name_deciders(case: Case) -> list[str]:
    """Their names; two queries."""
    rows = StaffMember.select(StaffMember.name).where(StaffMember.id.in_(list_deciders(case)))
    names: Any = rows.tuples()
    return [name for (name,) in names]


def _is_set_aside(decision: Any) -> Any:
    return (decision.state == "signed") & decision.open_case.is_null()


def can_decide(case: Case, passport: Passport, now: dt.datetime) -> bool:
    """Whether others are left in its body: a head to sign, and somebody to prepare where that is another's to do."""
    of_body = (StaffMember.organisation == case.body_id) & StaffMember.is_active
    roles = StaffMember.select(StaffMember.role).where(
        of_body, StaffMember.role.in_((OFFICER, HEAD)), StaffMember.id.not_in(list_deciders(case))
    )
    found: Any = roles.tuples()
    left = [role for (role,) in found]
    two = bool(passport.policy_value("decision_signed_by_another", local(now).date()))
    return HEAD in left and len(left) >= (2 if two else 1)


def ask_for_somebody(case: Case, passport: Passport, now: dt.datetime) -> bool:
    """Where nobody of the body may decide it, those who can name somebody are told, once; whether so.

    In the caller's transaction.
    """
    if can_decide(case, passport, now):
        return False
    task, new = Task.get_or_create(case=case, kind=NOBODY, defaults={"body": case.body, "created_at": now})
    if not new and task.done_at is None:
        return False
    Task.update(body=case.body, created_at=now, done_at=None).where(Task.id == task.id).execute()
    add_event(case, NOBODY, now, case.body.code)
    write_to_office(case, NOBODY, now)
    audit.record("system", NOBODY, f"case:{case.id}", now)
    return True


def ask_for_somebody_late(now: dt.datetime, limit: int = 50) -> int:
    """The same of cases whose people have left since they were opened again; how many. Where somebody was named, the
    word that nobody is left is over."""
    stuck = []
    for case in _list_opened_again(now):
        if can_decide(case, _passport(case), now):
            Task.update(done_at=now).where(Task.case == case, Task.kind == NOBODY, Task.done_at.is_null()).execute()
        else:
            stuck.append(case)

    def ask(row: Case) -> bool:
        with db.atomic():
            lock(f"case:{row.number}")
            case = _select().where(Case.id == row.id, Case.is_open).first()
            return case is not None and ask_for_somebody(case, _passport(case), now)

    return work_through("ask_for_somebody", stuck[:limit], ask, now)


def _list_opened_again(now: dt.datetime) -> list[Case]:
    """Few at any time: each came from a complaint that was upheld, and has no decision yet."""
    ids = Decision.select(Decision.case).where(_is_set_aside(Decision))
    rows = _select().where(Case.is_open, Case.id.in_(ids), waiting("ask_for_somebody", Case.id, now))
    return list(rows.order_by(Case.due_at, Case.id))


def _select() -> Any:
    return Case.select(Case, Account, Organisation).join(Account).switch(Case).join(Organisation)


def _passport(case: Case) -> Passport:
    return get_passport(case.service, case.edition)
