"""What the portal looks after by itself: checks that a register owes, terms that pass, places that come free."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from peewee import Expression, fn

from ...db import db
from ...gateways.registries import RegistryClient
from ...models import Account, Case, Check, Organisation, SetAside, StaffMember, Task
from ..cases import register_checks
from ..cases.tasks import give_task
from ..cases.timeline import OVER, add_event, call_officers
from ..jobs.rows import waiting, work_through
from ..local_time import ZONE, local
from ..messages.notices import tell
from ..messages.outbox import write_mail
from ..messages.texts import get_letter, write_out
from ..passports.catalogue import get_passport
from ..procedures.checks import confirm
from ..review import corrections
from ..terms import days_off
from ..terms.working_time import add_working_days


def check_again(registries: RegistryClient, now: dt.datetime) -> int:
    """Ask the registers again about what is still to be confirmed; how many cases were settled."""

    def ask(check: Check) -> bool:
        passport = get_passport(check.case.service, check.case.edition)
        if not register_checks.try_again(check, passport, registries, now) or register_checks.is_open(check.case):
            return False
        confirm(check.case, passport, now)
        return True

    return work_through("check_again", register_checks.list_due(now), ask, now)


def hand_to_officers(now: dt.datetime, limit: int = 50) -> int:
    """Cases still unchecked when the service's term has passed get an officer, and the citizen is told; how many."""
    told = Task.select().where(Task.case == Case.id, Task.kind == "check")
    late = (
        Case.select(Case, Account, Organisation)
        .join(Account)
        .switch(Case)
        .join(Organisation)
        .where(Case.unchecked, Case.due_at <= now, Case.state.not_in(OVER), ~fn.EXISTS(told))
        .where(waiting("hand_to_officers", Case.id, now))
        .limit(limit)
    )

    def hand_over(case: Case) -> bool:
        with db.atomic():
            if give_task(case, "check", now) is None:
                return False
            call_officers(case)
            add_event(case, "check_late", now)
            tell(case, "check_late", now)
            return True

    return work_through("hand_to_officers", list(late), hand_over, now)


def warn_officers(now: dt.datetime, limit: int = 50) -> int:
    """A letter on the working day before the deadline to who has the case; each deadline once; how many."""
    today = local(now).date()
    last = add_working_days(days_off.load_calendar(now), today, 1)
    until = dt.datetime.combine(last, dt.time(23, 59, 59), ZONE)
    begun = dt.datetime.combine(today, dt.time(), ZONE)  # what came today needs no warning today
    due = (Case.due_at > now) & (Case.due_at <= until) & (Case.registered_at < begun)

    def warn(case: Case) -> bool:
        with db.atomic():
            if _is_paused(case) or give_task(case, "due_soon", now) is None:
                return False
            add_event(case, "due_soon", now)
            return True

    return work_through("warn_officers", _running(due, "due_soon", "warn_officers", now, limit), warn, now)


def mark_overdue(now: dt.datetime, limit: int = 50) -> int:
    """What has missed its deadline is marked, the officer, the manager and the citizen are told; once; how many."""
    late = (Case.due_at <= now) & (Case.kind == "application")  # complaints rise: complaint_work.raise_silent()

    def mark(case: Case) -> bool:
        with db.atomic():
            if _is_paused(case) or give_task(case, "overdue", now) is None:
                return False
            add_event(case, "overdue", now)
            tell(case, "overdue", now)
            return True

    return work_through("mark_overdue", _running(late, "overdue", "mark_overdue", now, limit), mark, now)


def tell_of_rows_set_aside(now: dt.datetime) -> int:
    """A letter to the administrators of what jobs have set aside since the last one; how many rows it tells of."""
    new = list(SetAside.select().where(SetAside.told_at.is_null()).order_by(SetAside.job, SetAside.row))
    if not new:
        return 0
    counts = Counter(entry.job for entry in new)
    jobs = ", ".join(f"{job} ({count})" for job, count in sorted(counts.items()))
    admins = (StaffMember.role == "admin") & StaffMember.is_active & (StaffMember.email != "")
    with db.atomic():
        SetAside.update(told_at=now).where(SetAside.id.in_([entry.id for entry in new])).execute()
        for person in StaffMember.select().where(admins):
            subject, text = write_out(get_letter("set_aside"), person.language, jobs=jobs)
            write_mail(f"set_aside:{new[-1].id}:{int(now.timestamp())}:{person.id}", person.email, subject, text, now)
    return len(new)


def _running(when: Expression, kind: str, job: str, now: dt.datetime, limit: int) -> list[Case]:
    """Open cases that officers answer, whose deadline is so, and that have no such task yet, the earliest first.

    What a register owes has its own watch, hand_to_officers.
    """
    told = Task.select().where(Task.case == Case.id, Task.kind == kind)
    rows = (
        Case.select(Case, Account, Organisation)
        .join(Account)
        .switch(Case)
        .join(Organisation)
        .where(
            Case.is_open, when, Case.state != "accepted", ~Case.unchecked, ~fn.EXISTS(told), waiting(job, Case.id, now)
        )
        .order_by(Case.due_at, Case.id)
        .limit(limit)
    )
    return list(rows)


def _is_paused(case: Case) -> bool:
    """Whether the deadline waits for the citizen."""
    if case.state != "needs_correction" or case.correction_asked_at is None:
        return False
    asked_on = local(case.correction_asked_at).date()
    return corrections.policy(get_passport(case.service, case.edition), asked_on) != corrections.RUNS_ON
