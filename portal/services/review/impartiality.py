"""Who may not look into a complaint: nobody judges what they did, decided or answered themselves, nor their head."""

from __future__ import annotations

from typing import Any

from peewee import Select, fn

from ...db import db
from ...models import Case, Complaint, Decision, StaffMember
from ..name_match import match_official
from ..procedures.rules import HEAD, OFFICER


def is_involved(staff: StaffMember, case: Case, complaint: Complaint) -> bool:
    """Whether the complaint is about this person, about a case they handled or decided, or about their own answer."""
    named = match_official(staff.name, complaint.official) == "certain"
    return named or _had_a_hand(staff, case.about_id, complaint.previous_id)


def may_be_named(staff: StaffMember, complaint: Complaint) -> bool:
    """Whether what was written may mean this person: a head who is not meant decides whether it does."""
    return match_official(staff.name, complaint.official) == "likely"


def is_free(staff: StaffMember, case: Case, complaint: Complaint) -> bool:
    """Whether they may look into it without a word of anybody else."""
    return has_no_part(staff, case, complaint) and not is_under_named_head(staff, complaint)


def has_no_part(staff: StaffMember, case: Case, complaint: Complaint) -> bool:
    """Whether it neither is nor may be about themselves or what they did."""
    return not may_be_named(staff, complaint) and not is_involved(staff, case, complaint)


def is_under_named_head(staff: StaffMember, complaint: Complaint) -> bool:
    """Whether it is about the head whom they work under: another head looks into it, or the body above."""
    return staff.role == OFFICER and OFFICER not in impartial_roles(staff.organisation_id, complaint)


def impartial_roles(body_id: int, complaint: Complaint) -> tuple[str, ...]:
    """Whose role in a body lets them look into it: heads alone where it names a head there for certain; one query, or
    none."""
    if not complaint.official:
        return OFFICER, HEAD
    heads = (StaffMember.organisation == body_id) & (StaffMember.role == HEAD) & StaffMember.is_active
    named = StaffMember.select(StaffMember.name).where(heads)
    about_a_head = any(match_official(head.name, complaint.official) == "certain" for head in named)
    return (HEAD,) if about_a_head else (OFFICER, HEAD)


def _had_a_hand(staff: StaffMember, about_id: int | None, previous_id: int | None) -> bool:
    """Whether they handled or decided the one case, or answered the other complaint; one query, or none."""
    if about_id is None and previous_id is None:
        return False
    by_them = (Decision.prepared_by == staff.id) | (Decision.signed_by == staff.id)
    ways: list[Any] = [
        Decision.select(Decision.id).where(Decision.case == about_id, by_them, Decision.state != "dropped"),
        Case.select(Case.id).where(Case.id == about_id, Case.assignee == staff.id),
        Complaint.select(Complaint.id).where(Complaint.case == previous_id, Complaint.answered_by == staff.id),
    ]
    found = Select(columns=[fn.EXISTS(way) for way in ways]).bind(db).tuples().execute()
    return any(next(iter(found)))
