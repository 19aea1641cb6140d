"""Answers to complaints that a head signs: where the passport's route says so, and where there is such a head.

Whoever looked into the complaint writes the answer; a head who has nothing to do with what it is about reads the paper
and signs it, or hands it back. Where the body has no such head, whoever looked into it answers alone: nobody waits for
a signature that cannot come.
"""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...models import Complaint, StaffMember
from ..cases import news
from ..cases.timeline import add_event
from ..messages import staff_letters
from ..papers.drafts import PaperDraft
from ..passports.complaint_routes import get_route
from ..procedures.rules import HEAD, PaperChanged, TextNeeded
from ..records import audit
from ..review.desk import Desk, open_desk
from . import papers, work

LONGEST_REASON = 2000


def goes_to_a_head(desk: Desk, staff: StaffMember) -> bool:
    """Whether what this member writes waits for a head."""
    route = get_route(desk.passport, desk.get_complaint().to)
    if route.answer_signed_by != "head" or staff.role == HEAD:
        return False
    return work.find_head(desk.case, desk.get_complaint()) is not None


def prepare(
    staff: StaffMember, number: str, outcome: work.Answer, reasons: str, now: dt.datetime, remedy: str, anew: bool
) -> None:
    """Write the answer for a head to sign; the complainant sees nothing of it yet. Raises what open_desk does."""
    with db.atomic():
        desk = open_desk(staff, number, "answer", now)
        said = {"outcome": outcome, "reasons": reasons.strip(), "remedy": remedy.strip(), "anew": anew}
        draft = {**said, "by": staff.id, "name": staff.name, "returned": ""}
        Complaint.update(draft=draft).where(Complaint.case == desk.case).execute()
        add_event(desk.case, "answer_prepared", now, desk.case.body.code, by=staff.name)
        staff_letters.write_to_heads(desk.case, {staff.id}, "to_sign", now)
        audit.record(f"staff:{staff.id}", "prepare_answer", f"case:{desk.case.id}", now, answer=outcome)


def draft_of(desk: Desk, staff: StaffMember, now: dt.datetime) -> PaperDraft | None:
    """The paper of the answer that waits, with the reader as its signer; None where none does."""
    if not desk.standing.answer_ready:
        return None
    complaint = desk.get_complaint()
    said = complaint.draft
    remedy = said["remedy"] if said["outcome"] != "refused" else ""
    return papers.draft_answer(
        desk.case, desk.passport, complaint.to, said["outcome"], said["reasons"], remedy, staff, now
    )


def sign(head: StaffMember, number: str, now: dt.datetime, *, shown: str) -> None:
    """A head signs the answer that they read; it is given at once. Raises PaperChanged, and what open_desk does."""
    with db.atomic():
        desk = open_desk(head, number, "sign_answer", now)
        draft, said = draft_of(desk, head, now), desk.get_complaint().draft
        if draft is None or draft.fingerprint != shown:
            raise PaperChanged(number)
        work.give(head, desk, said["outcome"], said["reasons"], now, said["remedy"], said["anew"])


def hand_back(head: StaffMember, number: str, reason: str, now: dt.datetime) -> None:
    """To who wrote it, with a reason; what they wrote stays for them. Raises TextNeeded, and what open_desk does."""
    reason = reason.strip()[:LONGEST_REASON]
    with db.atomic():
        desk = open_desk(head, number, "return_answer", now)
        if not reason:
            raise TextNeeded(number)
        draft = {**desk.get_complaint().draft, "returned": reason}
        Complaint.update(draft=draft).where(Complaint.case == desk.case).execute()
        add_event(desk.case, "handed_back", now, desk.case.body.code, by=head.name, text=reason)
        news.bring(desk.case, "returned")
        author = StaffMember.get_or_none(StaffMember.id == draft["by"])
        if author is not None:
            staff_letters.write_to(author, desk.case, "handed_back", now)
        audit.record(f"staff:{head.id}", "hand_back", f"case:{desk.case.id}", now)
