"""Cases: their numbers, their events, who may see them, and how they are withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...models import Account, Case, Event, Organisation, Task
from .event_kinds import EVENTS
from .event_words import for_citizens

OPEN = ("submitted", "accepted", "in_review", "needs_correction")
DECIDED = ("granted", "refused")
OFFICERS_TURN = ("submitted", "in_review", "needs_correction")  # in the queue nobody has anything to do


class CaseNotFound(LookupError):
    """There is no such case, or it is somebody else's."""


def awaits_answer(state: str) -> bool:
    """Whether the day that a result or an answer is due still says something: what is queued, decided or withdrawn has
    its answer."""
    return state in OFFICERS_TURN


def is_appealable(case: Case) -> bool:
    """Whether there is something to complain of: a refusal, an answer, or that the portal itself closed the case."""
    if case.kind == "complaint":
        return case.state in DECIDED
    if case.state != "withdrawn":
        return case.state == "refused"
    return not Event.select().where(Event.case == case, Event.kind == "withdrawn").exists()  # not by its owner


def add_event(case: Case, kind: str, at: dt.datetime, actor: str = "system", **data: Any) -> Event:
    """Append a line to the case's timeline, in the caller's transaction. Raises UnknownKind."""
    return Event.create(case=case, kind=EVENTS.get(kind).id, at=at, actor=actor, data=data)


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
    events = Event.select().where(Event.case == case, Event.kind.in_(for_citizens()))
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
