"""The cases of who is away pass on when the first day of the absence comes: to the deputy, or to nobody.

A complaint goes to a deputy only who has nothing to do with it, a case opened again only who did not decide it before.
Whoever gets cases has a letter; where they are nobody's the heads and managers of the body have one.
"""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...models import Absence, Case, StaffMember
from ..cases.timeline import add_event
from ..jobs.rows import waiting, work_through
from ..languages import format_date
from ..local_time import local
from ..messages.outbox import write_mail
from ..messages.texts import get_letter, write_out
from ..records import audit
from ..review import impartiality, set_aside
from ..review.desk import get_desk
from ..staff import absences, leaving

JOB, BATCH = "pass_on_cases", 20  # absences in one round


def pass_on_due(now: dt.datetime) -> int:
    """Begin the absences whose first day has come; how many."""
    today = local(now).date()
    due = Absence.begun_at.is_null() & (Absence.since <= today) & (Absence.until >= today)
    rows = Absence.select().where(due, waiting(JOB, Absence.id, now)).order_by(Absence.id).limit(BATCH)
    return work_through(JOB, list(rows), lambda absence: _begin(absence.id, now), now)


def _begin(id: int, now: dt.datetime) -> bool:
    with db.atomic():
        taken = Absence.update(begun_at=now).where(Absence.id == id, Absence.begun_at.is_null()).execute()
        if not taken:
            return False
        absence = Absence.get_by_id(id)
        member, deputy = absence.member, _deputy(absence, now)
        given: list[Case] = []
        nobodys: list[Case] = []
        for case in leaving.lock_cases(member):
            to = deputy if deputy is not None and _may_have(deputy, case, now) else None
            Case.update(assignee=to).where(Case.id == case.id).execute()
            add_event(case, "passed_on", now, case.body.code, name=member.name, to=to.name if to else "")
            audit.record("system", "pass_on", f"case:{case.id}", now, of=f"staff:{member.id}", to=to.id if to else None)
            (given if to else nobodys).append(case)
        if given and deputy is not None:
            _write_to([deputy], "stands_in", given, absence, now)
        if nobodys:
            _write_to(leaving.list_leaders(member), "holder_away", nobodys, absence, now)
        return True


def _deputy(absence: Absence, now: dt.datetime) -> StaffMember | None:
    """Who stands in, unless they are away, too, or do not work with cases of this body any more."""
    deputy, member = absence.deputy, absence.member
    if deputy is None or not deputy.is_active or deputy.role not in leaving.HOLDERS:
        return None
    here = deputy.organisation_id == member.organisation_id
    return deputy if here and not absences.is_away(deputy, now) else None


def _may_have(deputy: StaffMember, case: Case, now: dt.datetime) -> bool:
    if case.body_id != deputy.organisation_id:
        return False
    complaint = get_desk(deputy, case.number, now).complaint
    if complaint is None:
        return not set_aside.is_by(deputy, case)
    return impartiality.is_free(deputy, case, complaint)


def _write_to(people: list[StaffMember], kind: str, cases: list[Case], absence: Absence, now: dt.datetime) -> None:
    for person in people:
        if person.email:
            lang = person.language
            values = {
                "count": str(len(cases)),
                "due": format_date(min(case.due_at for case in cases), lang),
                "until": format_date(absence.until, lang),
            }
            subject, text = write_out(get_letter(kind), lang, **values)
            write_mail(f"{kind}:{absence.id}:{person.id}", person.email, subject, text, now)
