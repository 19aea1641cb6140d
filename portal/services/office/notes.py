"""Notes of the office's own on a case: colleagues read them, the citizen and a court do not."""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...models import CaseNote, StaffMember
from ..procedures.rules import NotImpartial, TextNeeded
from ..records import audit
from ..review.desk import get_desk

LONGEST_NOTE = 2000


def add_note(staff: StaffMember, number: str, text: str, now: dt.datetime) -> CaseNote:
    """Keep a note. Raises CaseNotFound, TextNeeded, and NotImpartial for whom the complaint may be about."""
    text = text.strip()[:LONGEST_NOTE]
    with db.atomic():
        desk = get_desk(staff, number, now)
        if desk.standing.may_be_about_them:
            raise NotImpartial(number)
        if not text:
            raise TextNeeded(number)
        note = CaseNote.create(case=desk.case, by=staff, at=now, text=text)
        audit.record(f"staff:{staff.id}", "note", f"case:{desk.case.id}", now)
    return note
