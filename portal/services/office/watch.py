"""What the portal looks after by itself: checks that a register owes, terms that pass, places that come free."""

from __future__ import annotations

import datetime as dt

from peewee import Expression, fn

from ...db import db
from ...gateways.registries import RegistryClient
from ...models import Account, Case, Organisation, Task
from ..cases import register_checks
from ..cases.tasks import give_task
from ..cases.timeline import add_event
from ..local_time import ZONE, local
from ..messages.notices import tell, write_to_managers
from ..passports.catalogue import FindPassport
from ..procedures.checks import confirm
from ..review import corrections
from ..terms import days_off
from ..terms.working_time import add_working_days


def check_again(registries: RegistryClient, find_passport: FindPassport, now: dt.datetime) -> int:
    """Ask the registers again about what is still to be confirmed; how many cases were settled."""
    settled = 0
    for check in register_checks.list_due(now):
        if register_checks.try_again(check, registries, now) and not register_checks.is_open(check.case):
            confirm(check.case, find_passport(check.case.service, check.case.edition), now)
            settled += 1
    return settled


def hand_to_officers(now: dt.datetime, limit: int = 50) -> int:
    """Cases still unchecked when the service's term has passed get an officer, and the citizen is told; how many."""
    told = Task.select().where(Task.case == Case.id, Task.kind == "check")
    late = (
        Case.select(Case, Account, Organisation)
        .join(Account)
        .switch(Case)
        .join(Organisation)
        .where(Case.unchecked, Case.due_at <= now, Case.state != "withdrawn", ~fn.EXISTS(told))
        .limit(limit)
    )
    count = 0
    for case in list(late):
        with db.atomic():
            if give_task(case, "check", now) is not None:
                Case.update(is_open=True).where(Case.id == case.id).execute()
                add_event(case, "check_late", now)
                tell(case, "check_late", now)
                count += 1
    return count


def warn_officers(find_passport: FindPassport, now: dt.datetime, limit: int = 50) -> int:
    """A letter on the working day before the deadline to who has the case; each deadline once; how many."""
    today = local(now).date()
    last = add_working_days(days_off.load_calendar(now), today, 1)
    until = dt.datetime.combine(last, dt.time(23, 59, 59), ZONE)
    begun = dt.datetime.combine(today, dt.time(), ZONE)  # what came today needs no warning today
    due = (Case.due_at > now) & (Case.due_at <= until) & (Case.registered_at < begun)
    count = 0
    for case in _running(due, "due_soon", limit):
        if _is_paused(case, find_passport):
            continue
        with db.atomic():
            if give_task(case, "due_soon", now) is not None:
                add_event(case, "due_soon", now)
                count += 1
    return count


def mark_overdue(find_passport: FindPassport, now: dt.datetime, limit: int = 50) -> int:
    """What has missed its deadline is marked, the officer, the manager and the citizen are told; once; how many."""
    count = 0
    late = (Case.due_at <= now) & (Case.kind == "application")  # complaints rise: complaint_work.raise_silent()
    for case in _running(late, "overdue", limit):
        if _is_paused(case, find_passport):
            continue
        with db.atomic():
            if give_task(case, "overdue", now) is not None:
                add_event(case, "overdue", now)
                write_to_managers(case, "overdue", now)
                tell(case, "overdue", now)
                count += 1
    return count


def _running(when: Expression, kind: str, limit: int) -> list[Case]:
    """Open cases that officers answer, whose deadline is so, and that have no such task yet, the earliest first.

    What a register owes has its own watch, hand_to_officers.
    """
    told = Task.select().where(Task.case == Case.id, Task.kind == kind)
    rows = (
        Case.select(Case, Account, Organisation)
        .join(Account)
        .switch(Case)
        .join(Organisation)
        .where(Case.is_open, when, ~Case.unchecked, ~fn.EXISTS(told))
        .order_by(Case.due_at, Case.id)
        .limit(limit)
    )
    return list(rows)


def _is_paused(case: Case, find_passport: FindPassport) -> bool:
    """Whether the deadline waits for the citizen."""
    if case.state != "needs_correction" or case.correction_asked_at is None:
        return False
    asked_on = local(case.correction_asked_at).date()
    return corrections.policy(find_passport(case.service, case.edition), asked_on) != corrections.RUNS_ON
