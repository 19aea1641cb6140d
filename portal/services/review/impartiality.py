"""Who may not look into a complaint: nobody judges what they did, decided or answered themselves."""

from __future__ import annotations

from typing import Any

from peewee import Select, fn

from ...db import db
from ...models import Case, Complaint, Decision, StaffMember
from ..languages import fold


def is_involved(staff: StaffMember, case: Case, complaint: Complaint) -> bool:
    """Whether the complaint is about this person, about a case they handled or decided, or about their own answer."""
    return is_named(staff.name, complaint.official) or _had_a_hand(staff, case.about_id, complaint.previous_id)


def is_named(name: str, official: str) -> bool:
    """Whether the complainant named them: surname and first name stand in what was written, in any order."""
    written = set(fold(official).replace(",", " ").replace(".", " ").split())
    own = fold(name).split()[:2]
    return bool(own) and written.issuperset(own)


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
