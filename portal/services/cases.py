"""Cases: their numbers, their events, who may see them, and how they are withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ..db import db, lock
from ..models import Account, Case, Complaint, Decision, Document, Event, Organisation, Paper, QueueEntry, Task
from . import audit, documents, papers, preschool
from .notices import tell, write_to_office

OPEN = ("submitted", "accepted", "in_review", "needs_correction")
DECIDED = ("granted", "refused")
OFFICERS_TURN = ("submitted", "in_review", "needs_correction")  # in the queue nobody has anything to do
INTERNAL_EVENTS = ("assigned", "prepared", "dropped", "due_soon")  # the office's own, not for the citizen's timeline


class CaseNotFound(LookupError):
    """There is no such case, or it is somebody else's."""


class AlreadyClosed(ValueError):
    """The case is decided or withdrawn; nothing more can be done with it here."""


@dataclass(frozen=True)
class CaseView:
    """What a case's page shows: the case, its events (newest first), its papers, the files that were sent with it,
    its place in the queue, and what only complaints have."""

    case: Case
    events: list[Event]
    papers: list[Paper]
    documents: list[Document]
    position: preschool.Position | None
    can_withdraw: bool
    complaint: Complaint | None


def add_event(case: Case, kind: str, at: dt.datetime, actor: str = "system", **data: Any) -> Event:
    """Append a line to the case's timeline, in the caller's transaction."""
    return Event.create(case=case, kind=kind, at=at, actor=actor, data=data)


def set_state(case: Case, state: str, at: dt.datetime, answered: bool = False) -> None:
    """Change the state, in the caller's transaction; the event beside it says why.

    A decision is the answer that the term counts to; `answered` says so of another state. The first answer counts.
    """
    case.state, case.is_open = state, state in OFFICERS_TURN
    if case.answered_at is None and (answered or state in DECIDED):
        case.answered_at = at
    Case.update(state=state, is_open=case.is_open, answered_at=case.answered_at).where(Case.id == case.id).execute()


def close_tasks(case: Case, now: dt.datetime) -> None:
    """Nothing is left for an officer to do with the case, in the caller's transaction."""
    Task.update(done_at=now).where(Task.case == case, Task.done_at.is_null()).execute()


def list_events(case: Case) -> list[Event]:
    """The case's timeline as the citizen sees it, newest first."""
    events = Event.select().where(Event.case == case, Event.kind.not_in(INTERNAL_EVENTS))
    return list(events.order_by(Event.at.desc(), Event.id.desc()))


def get_case(account: Account, number: str) -> Case:
    """The account's own case with its body. Raises CaseNotFound."""
    case = (
        Case.select(Case, Organisation).join(Organisation).where(Case.number == number, Case.account == account).first()
    )
    if case is None:
        raise CaseNotFound(number)
    return case


def find_by_draft(account: Account, draft_key: str) -> Case | None:
    """The case that a draft became."""
    return Case.get_or_none(Case.draft_key == draft_key, Case.account == account)


def list_cases(account: Account) -> list[Case]:
    """The account's cases, newest first."""
    return list(Case.select().where(Case.account == account).order_by(Case.submitted_at.desc(), Case.id.desc()))


def view_case(account: Account, number: str) -> CaseView:
    """Everything that the case's page shows. Raises CaseNotFound."""
    case = get_case(account, number)
    entry = preschool.find_entry(case) if case.kind == "application" else None
    return CaseView(
        case=case,
        events=list_events(case),
        papers=list(Paper.select().where(Paper.case == case).order_by(Paper.issued_at.desc(), Paper.id.desc())),
        documents=documents.list_case_documents(case),
        position=preschool.position(entry) if entry and entry.state == "waiting" else None,
        can_withdraw=can_withdraw(case, entry),
        complaint=Complaint.get_or_none(Complaint.case == case) if case.kind == "complaint" else None,
    )


def can_withdraw(case: Case, entry: QueueEntry | None) -> bool:
    """What was sent may be taken back while it is open, and a place that was given may be given up."""
    given = case.state == "granted" and entry is not None
    if case.kind == "complaint":
        return case.is_open
    return case.state in OPEN or given


def withdraw(account: Account, number: str, now: dt.datetime) -> Case:
    """Take the application or the complaint back: out of the queue, its place free for the next. Twice is once.

    A decision that is signed and waits for working time is not in force before it is issued: until then the citizen may
    withdraw, and no decision is given. That it was signed stays on record, and who has the case is told.

    Raises CaseNotFound, AlreadyClosed.
    """
    with db.atomic():
        lock(f"case:{number}")
        case = get_case(account, number)
        if case.state == "withdrawn":
            return case
        entry = preschool.find_entry(case) if case.kind == "application" else None
        if not can_withdraw(case, entry):
            raise AlreadyClosed(number)
        if entry is not None:
            preschool.leave_queue(entry)
            papers.withdraw_papers(case, now)
        changed = (
            Case.update(state="withdrawn", is_open=False).where(Case.id == case.id, Case.state != "withdrawn").execute()
        )
        case.state = "withdrawn"
        if not changed:
            return case
        unissued = _drop_decision(case)
        close_tasks(case, now)
        add_event(case, "withdrawn", now, "citizen", **unissued)
        if unissued:
            write_to_office(case, "withdrawn_unissued", now)
        tell(case, "complaint_withdrawn" if case.kind == "complaint" else "withdrawn", now)
        audit.record(f"account:{account.id}", "withdraw", f"case:{case.id}", now, **unissued)
    return case


def _drop_decision(case: Case) -> dict[str, Any]:
    """The decision that was being made is none any more; what to keep of one that was signed already."""
    decision = Decision.get_or_none(Decision.open_case == case.id)
    if decision is None:
        return {}
    Decision.update(state="dropped", open_case=None).where(Decision.id == decision.id).execute()
    if decision.signed_at is None:
        return {}
    return {"unissued": decision.kind, "decision": decision.id}
