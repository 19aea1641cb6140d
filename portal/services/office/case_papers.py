"""The papers of a case on its officer's desk: issued ones, and the draft of what will be. Each look is on record."""

from __future__ import annotations

import datetime as dt

from ...models import Paper, StaffMember
from ..complaints import answers_to_sign
from ..papers import issuing
from ..papers.drafts import PaperDraft
from ..procedures.rules import NotImpartial, NotInThisState
from ..records import audit
from ..review import drafts
from ..review.desk import Desk, get_desk


def open_paper(staff: StaffMember, number: str, code: str, now: dt.datetime) -> Paper:
    """An issued paper of a case of their body. Raises CaseNotFound, PaperNotFound, and NotImpartial for whom the
    complaint may be about: its papers name where the complainant is reached."""
    desk = get_desk(staff, number, now)
    if desk.standing.may_be_about_them:
        raise NotImpartial(number)
    paper = issuing.get_paper_of_case(desk.case, code)
    audit.record(f"staff:{staff.id}", "view_paper", f"paper:{paper.id}", now)
    return paper


def open_draft(staff: StaffMember, number: str, now: dt.datetime) -> PaperDraft:
    """The paper that the case would end in: of the decision under way, else of a grant. Raises CaseNotFound, and
    NotInThisState where nothing is to be decided."""
    desk = get_desk(staff, number, now)
    draft = find_draft(desk, staff, now)
    if draft is None:
        raise NotInThisState(number)
    audit.record(f"staff:{staff.id}", "view_draft", f"case:{desk.case.id}", now, shown=draft.fingerprint)
    return draft


def find_draft(
    desk: Desk, staff: StaffMember, now: dt.datetime, around: drafts.Around | None = None
) -> PaperDraft | None:
    """The draft of the decision under way, or of a grant while officers look into an application."""
    decision = desk.decision
    if desk.complaint is not None:
        return None if desk.standing.may_be_about_them else answers_to_sign.draft_of(desk, staff, now)
    if decision is not None:
        return None if decision.issued_at else drafts.draft_decision(desk, decision, staff, now, around)
    return drafts.draft_grant(desk, now) if has_draft(desk) else None


def has_draft(desk: Desk) -> bool:
    """Whether there is a paper to look at before it is issued."""
    if desk.decision is not None:
        return desk.decision.issued_at is None
    under_review = desk.case.kind == "application" and desk.procedure.decided_by_officers
    return under_review and desk.case.is_open
