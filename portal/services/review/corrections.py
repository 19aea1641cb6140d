"""Corrections: an officer asks to mend some answers, the citizen mends just those, and the case goes on.

Whether the deadline runs on meanwhile (the rule), pauses or restarts is the passport's policy `correction_deadline`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ...db import db
from ...models import Case, Correction, StaffMember, Task
from ..cases.timeline import add_event, set_state
from ..journeys.conditions import holds
from ..journeys.journey import Journey
from ..local_time import local
from ..messages.notices import tell
from ..papers.paper_kinds.correction_request import TermEffect
from ..passports.people import confirmations
from ..passports.schema import FieldSpec, Passport
from ..procedures.rules import ReasonNeeded
from ..records import audit
from ..reference import directory as reference
from ..terms import days_off as calendar
from ..terms.working_time import WeekHours, after_correction, registration_moment
from . import papers as decision_papers
from .correction_reasons import REASONS, reason
from .desk import open_desk

LONGEST_TEXT = 2000
RUNS_ON: TermEffect = "runs_on"


class NothingToCorrect(ValueError):
    """No correction is asked of this case, or it has been answered."""


def policy(passport: Passport, day: dt.date) -> TermEffect:
    """What a request for correction does to the deadline."""
    match passport.policy_value("correction_deadline", day):
        case "pauses":
            return "pauses"
        case "restarts":
            return "restarts"
    return RUNS_ON


def correctable(journey: Journey) -> tuple[FieldSpec, ...]:
    """The answers that are the citizen's own: not what a register said, nor a consent, nor whom it is about."""
    asks_nothing = confirmations(journey.passport)
    return tuple(
        spec
        for step in journey.steps
        for spec in step.fields
        if spec.type not in ("consent", "person", "locality")
        and spec.id not in journey.facts
        and spec.id not in asks_nothing
        and spec.options_from is None
        and holds(spec.when, journey.answers, journey.facts)
    )


def ask_correction(
    staff: StaffMember,
    number: str,
    reasons: Mapping[str, str],
    text: str,
    now: dt.datetime,
) -> None:
    """Ask the citizen to mend answers: field id -> reason of review_texts.REASONS, and a few words.

    Raises ReasonNeeded for none, for a field that is not the citizen's or a reason unknown, and what open_desk does.
    """
    text = text.strip()[:LONGEST_TEXT]
    with db.atomic():
        desk = open_desk(staff, number, "ask_correction", now)
        case = desk.case
        fields = {spec.id for spec in correctable(Journey(desk.passport, case.answers, case.facts))}
        if not reasons or not fields.issuperset(reasons) or not set(REASONS).issuperset(reasons.values()):
            raise ReasonNeeded(number)
        Correction.create(
            case=case, fields=list(reasons), reasons=dict(reasons), text=text, asked_by=staff, asked_at=now
        )
        Case.update(correction_asked_at=now).where(Case.id == case.id).execute()
        set_state(case, "needs_correction", now)
        add_event(
            case, "correction_asked", now, case.body.code, by=staff.name, reasons=dict(reasons), text=text,
            deadline=policy(desk.passport, local(now).date()),
        )  # fmt: skip
        decision_papers.issue_correction_request(
            case,
            desk.passport,
            [(field, reason(code, case.language)) for field, code in reasons.items()],
            staff,
            now,
            text=text,
            term=policy(desk.passport, local(now).date()),
        )
        tell(case, "correction_asked", now)
        audit.record(f"staff:{staff.id}", "ask_correction", f"case:{case.id}", now, fields=list(reasons))


def end_correction(staff: StaffMember, number: str, now: dt.datetime) -> None:
    """Go on without the citizen's answer: what was missing came another way, or the term does not wait."""
    with db.atomic():
        desk = open_desk(staff, number, "end_correction", now)
        close(desk.case, desk.passport, now)
        add_event(desk.case, "correction_ended", now, desk.case.body.code, by=staff.name)
        audit.record(f"staff:{staff.id}", "end_correction", f"case:{desk.case.id}", now)


def find_correction(case: Case) -> Correction | None:
    """What is asked of the citizen now."""
    if case.state != "needs_correction":
        return None
    asked = (Correction.case == case) & Correction.answered_at.is_null()
    return Correction.select().where(asked).order_by(Correction.id.desc()).first()


def asked_fields(correction: Correction, passport: Passport) -> tuple[FieldSpec, ...]:
    """The questions to answer again, in the passport's order."""
    return tuple(spec for spec in passport.fields() if spec.id in correction.fields)


def close(case: Case, passport: Passport, now: dt.datetime) -> None:
    """What was asked is answered, or is gone on without: the case is in review again, with its new deadline."""
    correction = find_correction(case)
    if correction is None:
        raise NothingToCorrect(case.number)
    Correction.update(answered_at=now).where(Correction.id == correction.id).execute()
    due_at = _due_after(case, correction, passport, now)
    if due_at != case.due_at:  # a new deadline is watched anew
        Task.delete().where(Task.case == case, Task.kind.in_(("due_soon", "overdue"))).execute()
    Case.update(correction_asked_at=None, due_at=due_at).where(Case.id == case.id).execute()
    case.due_at = due_at
    set_state(case, "in_review", now)


def _due_after(case: Case, correction: Correction, passport: Passport, now: dt.datetime) -> dt.datetime:
    days_off = calendar.load_calendar(now)
    hours = reference.organisation_hours(case.body, passport) or WeekHours(always=True)
    counted = registration_moment(hours, days_off, now, passport.terms.after_hours)
    rule = policy(passport, local(correction.asked_at).date())
    return after_correction(rule, days_off, passport.terms.service, case.due_at, correction.asked_at, counted)
