"""An officer's hand on a case: taking it, giving it to a colleague, writing to the citizen.

Every action is one transaction that holds the case: state, event, paper, message and audit come together or not at
all, and of two officers at once one wins. What is allowed when, and to whom, say the rules of the case's procedure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peewee import JOIN, fn

from ...db import db, lock
from ...models import Account, Case, Complaint, Decision, Event, Organisation, StaffMember
from ..cases import correspondence, news
from ..cases.correspondence import LONGEST_MESSAGE
from ..cases.timeline import CaseNotFound, add_event, call_officers, set_state
from ..local_time import local
from ..messages import staff_letters as letters
from ..messages.notices import tell
from ..passports.catalogue import get_passport
from ..passports.orders import officers_sign
from ..passports.schema import Passport
from ..procedures.protocol import Procedure
from ..procedures.registry import procedure_of
from ..procedures.rules import (
    HEAD,
    OFFICER,
    AlreadyDecided,
    DecidedBefore,
    NotImpartial,
    NotInThisState,
    NotYours,
    Situation,
    TextNeeded,
    allowed,
    check,
)
from ..records import audit
from ..staff import absences
from . import impartiality, set_aside
from .forwarding import is_extendable, is_forwardable
from .table import COMPLAINT

Assignee, Preparer, Signer = StaffMember.alias(), StaffMember.alias(), StaffMember.alias()


@dataclass(frozen=True)
class Desk:
    """A case on somebody's desk at a moment: the decision under way if there is one, and what may be done."""

    case: Case
    passport: Passport
    decision: Decision | None
    standing: Situation
    procedure: Procedure
    at: dt.datetime
    complaint: Complaint | None = None

    def get_complaint(self) -> Complaint:
        """The complaint that the case is. Raises NotInThisState where it is an application."""
        if self.complaint is None:
            raise NotInThisState("an application is no complaint")
        return self.complaint

    def get_decision(self) -> Decision:
        """The decision under way. Raises NotInThisState where there is none."""
        if self.decision is None:
            raise NotInThisState("nothing is prepared")
        return self.decision

    @property
    def has_draft(self) -> bool:
        """Whether something is prepared and waits: a decision, or a complaint's answer."""
        return self.decision is not None or self.standing.answer_ready

    @property
    def actions(self) -> tuple[str, ...]:
        return allowed(self.standing)

    @property
    def own_actions(self) -> tuple[str, ...]:
        """Of the actions, those that only this procedure has."""
        own = (action for action in self.actions if action in self.procedure.actions)
        return tuple(action for action in own if self.procedure.is_open(action, self.case, self.at))

    @property
    def begins_when_taken(self) -> bool:
        """Whether who takes it up begins to review it; else what is under way goes on by itself."""
        return self.complaint is not None or self.procedure.decided_by_officers


def get_desk(staff: StaffMember, number: str, now: dt.datetime) -> Desk:
    """The case as it stands to a member of its body's staff. Raises CaseNotFound, alike for another body's case."""
    case = _find_case(staff, number)
    if case is None:
        raise CaseNotFound(number)
    passport = get_passport(case.service, case.edition)
    procedure = procedure_of(passport)
    decision = getattr(case, "decision", None)
    decision = decision if decision is not None and decision.id else None
    complaint = getattr(case, "details", None) if case.kind == "complaint" else None
    return Desk(
        case=case,
        passport=passport,
        decision=decision,
        procedure=procedure,
        at=now,
        complaint=complaint,
        standing=_standing(staff, case, passport, procedure, decision, complaint, now),
    )


def _find_case(staff: StaffMember, number: str) -> Case | None:
    """The case with everything that a desk looks at, in one query."""
    return (
        Case.select(
            Case, Organisation, Account, Decision, Complaint,
            Assignee.id, Assignee.name, Preparer.id, Preparer.name, Signer.id, Signer.name, Signer.role,
            fn.EXISTS(set_aside.by_them(staff)).alias("decided_before"),
        )
        .join(Organisation)
        .switch(Case)
        .join(Account)
        .switch(Case)
        .join(Assignee, JOIN.LEFT_OUTER, on=(Case.assignee == Assignee.id), attr="holder")
        .switch(Case)
        .join(Decision, JOIN.LEFT_OUTER, on=(Decision.open_case == Case.id), attr="decision")
        .join(Preparer, JOIN.LEFT_OUTER, on=(Decision.prepared_by == Preparer.id), attr="preparer")
        .switch(Decision)
        .join(Signer, JOIN.LEFT_OUTER, on=(Decision.signed_by == Signer.id), attr="signer")
        .switch(Case)
        .join(Complaint, JOIN.LEFT_OUTER, on=(Complaint.case == Case.id), attr="details")
        .where(Case.number == number, Case.body == staff.organisation_id)
        .first()
    )  # fmt: skip


def _standing(
    staff: StaffMember,
    case: Case,
    passport: Passport,
    procedure: Procedure,
    decision: Decision | None,
    complaint: Complaint | None,
    now: dt.datetime,
) -> Situation:
    holder = getattr(case, "holder", None)
    return Situation(
        rules=procedure.rules if complaint is None else COMPLAINT,
        state=case.state,
        role=staff.role,
        holder=holder.name if holder is not None else "",
        mine=case.assignee_id == staff.id,
        decision=decision.state if decision else "",
        answer_ready=complaint is not None and is_ready(complaint),
        recallable=decision is not None and _is_recallable(staff, decision, now),
        officers_sign=decision is not None and decision.kind == "grant" and officers_sign(passport),
        unchecked=case.unchecked,
        decided_before=complaint is None and bool(getattr(case, "decided_before", False)),
        involved=complaint is not None and impartiality.is_involved(staff, case, complaint),
        may_be_named=complaint is not None and impartiality.may_be_named(staff, complaint),
        under_named_head=complaint is not None and impartiality.is_under_named_head(staff, complaint),
        forwardable=complaint is not None and is_forwardable(case, complaint, now),
        extendable=complaint is not None and is_extendable(case, complaint, passport, now),
    )


def is_ready(complaint: Complaint) -> bool:
    """Whether an answer waits for a head: one that was handed back waits for who wrote it."""
    return bool(complaint.draft) and not complaint.draft.get("returned")


def _is_recallable(staff: StaffMember, decision: Decision, now: dt.datetime) -> bool:
    """Whether this member signed it, and its hour has not come."""
    waits = decision.state == "signed" and decision.issued_at is None and decision.issue_at > now
    return waits and decision.signed_by_id == staff.id


def open_desk(staff: StaffMember, number: str, action: str, now: dt.datetime) -> Desk:
    """The case held for one action, until the caller's transaction ends.

    Raises CaseNotFound, AlreadyDecided, NotInThisState, NotYours, DecidedBefore.
    """
    lock(f"case:{number}")
    desk = get_desk(staff, number, now)
    decision = desk.decision
    if decision is not None and action in ("ask_correction", "prepare", "sign", "hand_back", "drop"):
        signed = decision.state == "signed"
        if signed or action in ("ask_correction", "prepare"):
            raise decided(decision)
    check(action, desk.standing)
    if desk.standing.mine:
        news.clear(desk.case)  # whoever acts on it has seen what came
    return desk


def decided(decision: Decision) -> AlreadyDecided:
    """The refusal that names who was first."""
    signed = decision.state == "signed"
    by = decision.signer.name if signed else decision.preparer.name
    return AlreadyDecided(decision.kind, by, decision.signed_at if signed else decision.prepared_at, signed)


def take(staff: StaffMember, number: str, now: dt.datetime) -> None:
    """Begin to look at a case that nobody has; twice is once. Raises NotYours when a colleague has it."""
    with db.atomic():
        lock(f"case:{number}")
        if get_desk(staff, number, now).standing.mine:
            return
        desk = open_desk(staff, number, "take", now)
        case = desk.case
        Case.update(assignee=staff, accepted_by=case.accepted_by or staff.name).where(Case.id == case.id).execute()
        if case.state == "submitted" and desk.begins_when_taken:
            set_state(case, "in_review", now)
        if case.unchecked:
            call_officers(case)
        _note(case, "taken", staff, now)
        audit.record(f"staff:{staff.id}", "take", f"case:{case.id}", now)


def assign(staff: StaffMember, number: str, to: StaffMember | None, now: dt.datetime) -> None:
    """Give a case to a colleague of the same body, or (None) back to the list. Raises NotYours for another body's."""
    with db.atomic():
        desk = open_desk(staff, number, "assign", now)
        case = desk.case
        if to is not None and not _is_colleague(staff, to):
            raise NotYours
        if to is not None and not _may_be_given(desk, to, staff):
            raise NotImpartial(number) if desk.complaint is not None else DecidedBefore(number)
        if case.assignee_id == (to.id if to else None):
            return
        Case.update(assignee=to).where(Case.id == case.id).execute()
        if to is not None and case.unchecked:
            call_officers(case)
        if to is not None and to.id != staff.id:
            news.bring(case, "assigned")
            letters.write_to(to, case, "case_assigned", now)
        if to is not None and not case.accepted_by:
            Case.update(accepted_by=to.name).where(Case.id == case.id).execute()
        if to is not None and case.state == "submitted" and desk.begins_when_taken:
            set_state(case, "in_review", now)
        _note(case, "assigned", staff, now, to=to.name if to else "")
        word = (
            {"cleared": True} if to is not None and may_be_named(desk, to) else {}
        )  # the head's word that somebody else is meant
        audit.record(f"staff:{staff.id}", "assign", f"case:{case.id}", now, to=to.id if to else None, **word)


def _is_colleague(staff: StaffMember, other: StaffMember) -> bool:
    return other.organisation_id == staff.organisation_id and other.is_active and other.role in (OFFICER, HEAD)


def list_colleagues(staff: StaffMember, now: dt.datetime | None = None) -> list[StaffMember]:
    """Who of the body may be given a case, by name; with `now` only who is not away then."""
    same = (StaffMember.organisation == staff.organisation_id) & StaffMember.is_active
    rows = StaffMember.select().where(same, StaffMember.role.in_((OFFICER, HEAD)))
    if now is not None:
        rows = rows.where(StaffMember.id.not_in(absences.who_is_away(local(now).date())))
    return list(rows.order_by(StaffMember.name, StaffMember.id))


def list_all_and_present(staff: StaffMember, now: dt.datetime) -> tuple[list[StaffMember], list[StaffMember]]:
    """The colleagues of list_colleagues without a day and with one, by one query."""
    same = (StaffMember.organisation == staff.organisation_id) & StaffMember.is_active
    away = StaffMember.id.in_(absences.who_is_away(local(now).date())).alias("away")
    rows = StaffMember.select(StaffMember, away).where(same, StaffMember.role.in_((OFFICER, HEAD)))
    everybody = list(rows.order_by(StaffMember.name, StaffMember.id))
    return everybody, [person for person in everybody if not person.away]


def list_takers(staff: StaffMember, desk: Desk, now: dt.datetime | None = None) -> list[StaffMember]:
    """The colleagues whom this case may be given to: not who decided it before; of a complaint, only who has nothing to
    do with it, and whom it may mean only by a head's word."""
    return [person for person in list_colleagues(staff, now) if _may_be_given(desk, person, staff)]


def _may_be_given(desk: Desk, to: StaffMember, by: StaffMember) -> bool:
    complaint = desk.complaint
    if complaint is None:
        return not set_aside.is_by(to, desk.case)
    if impartiality.may_be_named(to, complaint) and by.role != HEAD:
        return False
    if impartiality.is_under_named_head(to, complaint):
        return False
    return not impartiality.is_involved(to, desk.case, complaint)


def may_be_named(desk: Desk, person: StaffMember) -> bool:
    """Whether what is written of whom the complaint is about may mean this colleague."""
    return desk.complaint is not None and impartiality.may_be_named(person, desk.complaint)


def write_message(staff: StaffMember, number: str, text: str, now: dt.datetime) -> None:
    """A message into the citizen's cabinet, with an SMS that says there is one. Raises TextNeeded."""
    text = text.strip()[:LONGEST_MESSAGE]
    with db.atomic():
        case = open_desk(staff, number, "message", now).case
        if not text:
            raise TextNeeded(number)
        event = _note(case, "message", staff, now, text=text)
        correspondence.write(case, f"event-{event.id}", "office", text, now, name=staff.name)
        correspondence.mark_seen(case, now)
        news.settle(case)
        tell(case, "officer_message", now)
        audit.record(f"staff:{staff.id}", "message", f"case:{case.id}", now)


def mark_read(staff: StaffMember, number: str, now: dt.datetime) -> None:
    """What the citizen wrote is read and needs no answer; twice is once. The citizen sees that it was read."""
    with db.atomic():
        case = open_desk(staff, number, "message", now).case
        if not correspondence.mark_seen(case, now):
            return
        news.settle(case)
        _note(case, "message_seen", staff, now)
        audit.record(f"staff:{staff.id}", "mark_read", f"case:{case.id}", now)


def keep_waiting(staff: StaffMember, number: str, note: str, now: dt.datetime) -> None:
    """The check goes on: the place in the queue is kept, the citizen is told why."""
    with db.atomic():
        case = open_desk(staff, number, "keep_waiting", now).case
        _note(case, "check_goes_on", staff, now, text=note.strip()[:LONGEST_MESSAGE])
        tell(case, "officer_message", now)
        audit.record(f"staff:{staff.id}", "keep_waiting", f"case:{case.id}", now)


def act(staff: StaffMember, number: str, action: str, text: str, now: dt.datetime) -> None:
    """Do what only the case's procedure has. Raises NotInThisState, NotYours, and TextNeeded where words are asked."""
    text = text.strip()[:LONGEST_MESSAGE]
    with db.atomic():
        desk = open_desk(staff, number, action, now)
        own = desk.procedure.actions.get(action)
        if own is None or not desk.procedure.is_open(action, desk.case, now):
            raise NotInThisState(f"{action} is no action of {desk.procedure.name}")
        if own.text is not None and not text:
            raise TextNeeded(number)
        desk.procedure.act(action, desk.case, desk.passport, staff, text, now)
        audit.record(f"staff:{staff.id}", action, f"case:{desk.case.id}", now)


def _note(case: Case, kind: str, staff: StaffMember, now: dt.datetime, **data: object) -> Event:
    return add_event(case, kind, now, case.body.code, by=staff.name, **data)
