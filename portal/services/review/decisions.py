"""Decisions on a reviewed case: prepared by one person, signed by another where the passport says so, issued in time.

A passport whose `after_hours` is `next_working_day` issues its results in working time only: what is signed after
that waits, and the worker issues it when the next working day opens.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from peewee import IntegrityError

from ...db import db, lock
from ...models import Account, Case, Decision, Organisation, Paper, StaffMember, Task
from ..cases import news
from ..cases.timeline import add_event, close_tasks, set_state
from ..jobs.rows import waiting, work_through
from ..local_time import local
from ..messages import staff_letters as letters
from ..messages.notices import tell
from ..papers import issuing
from ..passports.catalogue import get_passport
from ..passports.schema import Passport
from ..procedures.rules import HEAD, AlreadyDecided, GroundNeeded, NotInThisState, PaperChanged, SamePerson, TextNeeded
from ..records import audit
from ..reference import directory as reference
from ..terms import days_off as calendar
from ..terms.working_time import WeekHours, end_of_term, issuing_moment
from . import drafts, set_aside
from . import papers as decision_papers
from .desk import decided, get_desk, open_desk
from .grounds import find_ground

LONGEST_EXPLANATION = 4000
STATES = {"grant": "granted", "refuse": "refused"}


def prepare(
    staff: StaffMember,
    number: str,
    kind: Literal["grant", "refuse"],
    now: dt.datetime,
    ground: str = "",
    explanation: str = "",
) -> Decision:
    """Prepare a decision for signing; the citizen sees nothing of it yet.

    A refusal needs a `ground` of the passport's own list and an `explanation`. Raises GroundNeeded, AlreadyDecided and
    what open_desk does.
    """
    explanation = explanation.strip()[:LONGEST_EXPLANATION]
    with db.atomic():
        desk = open_desk(staff, number, "prepare", now)
        if kind == "refuse" and (find_ground(desk.passport, ground) is None or not explanation):
            raise GroundNeeded(number)
        try:
            with db.atomic():
                decision = Decision.create(
                    case=desk.case,
                    open_case=desk.case.id,
                    kind=kind,
                    ground=ground if kind == "refuse" else "",
                    explanation=explanation,
                    prepared_by=staff,
                    prepared_at=now,
                    state="prepared",
                )
        except IntegrityError:
            raise _first_one(staff, number, now) from None
        add_event(desk.case, "prepared", now, desk.case.body.code, by=staff.name, decision=kind)
        if needs_another(desk.passport, now) or staff.role != HEAD:
            letters.write_to_heads(desk.case, {staff.id, *set_aside.list_deciders(desk.case)}, "to_sign", now)
        audit.record(f"staff:{staff.id}", "prepare", f"case:{desk.case.id}", now, kind=kind, ground=decision.ground)
    return decision


def _first_one(staff: StaffMember, number: str, now: dt.datetime) -> AlreadyDecided:
    return decided(get_desk(staff, number, now).get_decision())


def needs_another(passport: Passport, now: dt.datetime) -> bool:
    """Whether the passport wants somebody else to sign than who prepared."""
    return bool(passport.policy_value("decision_signed_by_another", local(now).date()))


def sign(staff: StaffMember, number: str, decision_id: int, now: dt.datetime, *, shown: str) -> dt.datetime:
    """Sign the prepared decision that was read; the moment at which it is issued, `now` in working time.

    `shown`: the fingerprint of the draft that the signer saw. Raises SamePerson, AlreadyDecided, NotInThisState (also
    when another decision was prepared meanwhile), NotYours, PaperChanged.
    """
    with db.atomic():
        desk = open_desk(staff, number, "sign", now)
        decision = desk.decision
        if decision is None or decision.id != decision_id:
            raise NotInThisState("another decision was prepared meanwhile")
        if decision.prepared_by_id == staff.id and needs_another(desk.passport, now):
            raise SamePerson(number)
        if drafts.draft_decision(desk, decision, staff, now).fingerprint != shown:
            raise PaperChanged(number)
        issue_at = issue_moment(desk.passport, desk.case, now)
        Decision.update(state="signed", signed_by=staff, signed_at=now, issue_at=issue_at).where(
            Decision.id == decision.id
        ).execute()
        decision.state, decision.signed_at, decision.issue_at = "signed", now, issue_at
        decision.signed_by = staff
        audit.record(f"staff:{staff.id}", "sign", f"case:{desk.case.id}", now, kind=decision.kind)
        if issue_at <= now:
            _issue(desk.case, decision, desk.passport, now)
        else:
            add_event(desk.case, "decision_waits", now, desk.case.body.code, issue_at=issue_at.isoformat())
    return issue_at


def issue_moment(passport: Passport, case: Case, signed_at: dt.datetime) -> dt.datetime:
    """When a result signed at a moment is issued: at once in working time, else when the body opens next, by night
    too; never before the case itself is registered."""
    hours = reference.organisation_hours(case.body, passport) or WeekHours(always=True)
    days_off = calendar.load_calendar(signed_at)
    moment = issuing_moment(hours, days_off, signed_at, passport.terms.after_hours)
    return max(moment, signed_at, case.registered_at)


def drop(staff: StaffMember, number: str, now: dt.datetime) -> None:
    """Take a prepared decision back: the case is open for another one. Raises AlreadyDecided when it is signed."""
    with db.atomic():
        desk = open_desk(staff, number, "drop", now)
        decision = desk.get_decision()
        Decision.update(state="dropped", open_case=None).where(Decision.id == decision.id).execute()
        add_event(desk.case, "dropped", now, desk.case.body.code, by=staff.name, decision=decision.kind)
        audit.record(f"staff:{staff.id}", "drop", f"case:{desk.case.id}", now, kind=decision.kind)


def hand_back(staff: StaffMember, number: str, reason: str, now: dt.datetime) -> None:
    """A head gives prepared work back to who prepared it; what they wrote stays for them. Raises TextNeeded."""
    reason = reason.strip()[:LONGEST_EXPLANATION]
    with db.atomic():
        desk = open_desk(staff, number, "hand_back", now)
        if not reason:
            raise TextNeeded(number)
        decision = desk.get_decision()
        Decision.update(state="returned", returned=reason, open_case=None).where(Decision.id == decision.id).execute()
        add_event(desk.case, "handed_back", now, desk.case.body.code, by=staff.name, text=reason)
        news.bring(desk.case, "returned")
        letters.write_to(decision.prepared_by, desk.case, "handed_back", now)
        audit.record(f"staff:{staff.id}", "hand_back", f"case:{desk.case.id}", now, kind=decision.kind)


def recall(staff: StaffMember, number: str, reason: str, now: dt.datetime) -> None:
    """The signer takes back what waits to be issued: it is prepared again, and unsigned. Raises TextNeeded, NotYours,
    and AlreadyDecided once it is issued."""
    reason = reason.strip()[:LONGEST_EXPLANATION]
    with db.atomic():
        desk = open_desk(staff, number, "recall", now)
        if not reason:
            raise TextNeeded(number)
        decision = desk.get_decision()
        unsigned = {"state": "prepared", "signed_by": None, "signed_at": None, "issue_at": None}
        Decision.update(**unsigned).where(Decision.id == decision.id).execute()
        add_event(desk.case, "recalled", now, desk.case.body.code, by=staff.name, why=reason)
        audit.record(f"staff:{staff.id}", "recall", f"case:{desk.case.id}", now, kind=decision.kind)


def issue_signed(now: dt.datetime, limit: int = 50) -> int:
    """Issue what was signed after working time and whose hour has come; how many."""
    due = (
        Decision.select(Decision, Case.number)
        .join(Case)
        .where(Decision.issued_at.is_null(), Decision.issue_at <= now, Decision.state == "signed")
        .where(waiting("issue_signed", Decision.id, now))
        .order_by(Decision.issue_at)
        .limit(limit)
    )
    return work_through("issue_signed", list(due), lambda row: _issue_late(row.id, row.case.number, now), now)


def reopen(case: Case, passport: Passport, now: dt.datetime) -> None:
    """The case is decided anew, by somebody else and in a new term; what was issued holds no longer.

    In the transaction of the answer to a complaint.
    """
    lock(f"case:{case.number}")
    Decision.update(open_case=None).where(Decision.open_case == case.id).execute()
    due_at = end_of_term(calendar.load_calendar(now), now, passport.terms.service)
    Case.update(due_at=due_at, assignee=None).where(Case.id == case.id).execute()
    case.due_at, case.assignee = due_at, None
    set_state(case, "in_review", now)
    Task.delete().where(Task.case == case, Task.kind.in_(("due_soon", "overdue"))).execute()
    issuing.end_decision(case, now)
    add_event(case, "reopened", now, due_at=due_at.isoformat())
    tell(case, "reopened", now, due=local(due_at).strftime("%d.%m.%Y"))
    set_aside.ask_for_somebody(case, passport, now)
    audit.record("system", "reopen", f"case:{case.id}", now)


def _issue_late(decision_id: int, number: str, now: dt.datetime) -> int:
    with db.atomic():
        lock(f"case:{number}")
        decision = (
            Decision.select(Decision, Case, Account, Organisation)
            .join(Case)
            .join(Account)
            .switch(Case)
            .join(Organisation)
            .where(Decision.id == decision_id, Decision.state == "signed", Decision.issued_at.is_null())
            .first()
        )
        if decision is None:
            return 0
        _issue(decision.case, decision, get_passport(decision.case.service, decision.case.edition), now)
    return 1


def _issue(case: Case, decision: Decision, passport: Passport, now: dt.datetime) -> None:
    """The citizen gets the result: state, event, paper and SMS, in the caller's transaction."""
    Decision.update(issued_at=now).where(Decision.id == decision.id).execute()
    set_state(case, STATES[decision.kind], now)
    close_tasks(case, now)
    paper = _put_on_paper(case, decision, passport, now)
    add_event(
        case, STATES[decision.kind], now, case.body.code,
        ground=decision.ground, text=decision.explanation, paper=paper.kind,
    )  # fmt: skip
    tell(case, "certified" if paper.kind == "certificate" else STATES[decision.kind], now)
    audit.record("system", "issue", f"case:{case.id}", now, kind=decision.kind)


def _put_on_paper(case: Case, decision: Decision, passport: Passport, now: dt.datetime) -> Paper:
    if decision.signed_by is None:
        raise NotInThisState("only what is signed is issued")
    if decision.kind == "grant":
        return decision_papers.issue_result(case, passport, decision.signed_by, now)
    return decision_papers.issue_refusal(
        case, passport, [decision.ground], decision.explanation, decision.signed_by, now
    )
