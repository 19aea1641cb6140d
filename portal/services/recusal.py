"""Who may not look into a complaint: nobody judges what they did, decided or answered themselves."""

from __future__ import annotations

from ..models import Case, Complaint, Decision, StaffMember
from .languages import fold


def is_involved(staff: StaffMember, case: Case, complaint: Complaint) -> bool:
    """Whether the complaint is about this person, about a case they handled or decided, or about their own answer."""
    return (
        is_named(staff, complaint.official)
        or (case.about_id is not None and _handled(staff, case.about_id))
        or (complaint.previous_id is not None and _answered(staff, complaint.previous_id))
    )


def is_named(staff: StaffMember, official: str) -> bool:
    """Whether the complainant named them: surname and first name stand in what was written, in any order."""
    written = set(fold(official).replace(",", " ").replace(".", " ").split())
    own = fold(staff.name).split()[:2]
    return bool(own) and written.issuperset(own)


def _handled(staff: StaffMember, case_id: int) -> bool:
    decided = (Decision.case == case_id) & ((Decision.prepared_by == staff.id) | (Decision.signed_by == staff.id))
    if Decision.select().where(decided, Decision.state != "dropped").exists():
        return True
    return Case.select().where(Case.id == case_id, Case.assignee == staff.id).exists()


def _answered(staff: StaffMember, case_id: int) -> bool:
    return Complaint.select().where(Complaint.case == case_id, Complaint.answered_by == staff.id).exists()
