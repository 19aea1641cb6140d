"""Who is away: from which day to which, and who stands in. What they have passes on when the first day comes."""

from __future__ import annotations

import datetime as dt

from peewee import JOIN, Select

from ...db import db
from ...models import Absence, StaffMember
from ..local_time import local
from ..records import audit
from .leaving import HOLDERS
from .members import NotByThemselves

LONGEST = 400  # days: longer than that is a slip of the hand


class AbsenceWrong(ValueError):
    """The days do not fit; `why`: past, backwards, long, overlaps, deputy."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class AbsenceNotFound(LookupError):
    """There is no such absence in this body."""


def list_absences(body_id: int, now: dt.datetime) -> list[Absence]:
    """What has not ended, of everybody of a body, the earliest first; with member and deputy."""
    member, deputy = StaffMember.alias(), StaffMember.alias()
    rows = Absence.select(Absence, member, deputy).join(member, on=(Absence.member == member.id)).switch(Absence)
    rows = rows.join(deputy, JOIN.LEFT_OUTER, on=(Absence.deputy == deputy.id), attr="stand_in")
    not_over = (member.organisation == body_id) & (Absence.until >= local(now).date())
    return list(rows.where(not_over).order_by(Absence.since, Absence.id))


def who_is_away(today: dt.date) -> Select:
    """The ids of who is away on a day, as part of a query: nobody gives them cases."""
    return Absence.select(Absence.member).where(Absence.since <= today, Absence.until >= today)


def is_away(member: StaffMember, now: dt.datetime) -> bool:
    """Whether somebody is away today."""
    return who_is_away(local(now).date()).where(Absence.member == member).exists()


def note_absence(
    by: StaffMember,
    member: StaffMember,
    deputy: StaffMember | None,
    since: dt.date,
    until: dt.date,
    now: dt.datetime,
) -> Absence:
    """Somebody will be away. Officers say it of themselves, a head of whoever works in the body.

    Raises AbsenceWrong, NotByThemselves.
    """
    if by.id != member.id and (by.role != "head" or by.organisation_id != member.organisation_id):
        raise NotByThemselves
    _look_at_days(since, until, local(now).date())
    if deputy is not None and not _may_stand_in(member, deputy):
        raise AbsenceWrong("deputy")
    with db.atomic():
        same = Absence.select().where(Absence.member == member, Absence.since <= until, Absence.until >= since)
        if same.exists():
            raise AbsenceWrong("overlaps")
        row = Absence.create(member=member, deputy=deputy, since=since, until=until, noted_by=by)
        audit.record(f"staff:{by.id}", "note_absence", f"staff:{member.id}", now, since=since.isoformat())
    return row


def end_absence(by: StaffMember, id: int, now: dt.datetime) -> None:
    """They are back, or will not be away after all: from now on they get cases again. What passed on stays there.

    Raises AbsenceNotFound, NotByThemselves.
    """
    with db.atomic():
        row = Absence.select(Absence, StaffMember).join(StaffMember, on=(Absence.member == StaffMember.id))
        found = row.where(Absence.id == id, StaffMember.organisation == by.organisation_id).first()
        if found is None:
            raise AbsenceNotFound(id)
        if by.id != found.member_id and by.role != "head":
            raise NotByThemselves
        audit.record(f"staff:{by.id}", "end_absence", f"staff:{found.member_id}", now)
        found.delete_instance()


def _look_at_days(since: dt.date, until: dt.date, today: dt.date) -> None:
    if until < since:
        raise AbsenceWrong("backwards")
    if until < today:
        raise AbsenceWrong("past")
    if (until - since).days > LONGEST:
        raise AbsenceWrong("long")


def _may_stand_in(member: StaffMember, deputy: StaffMember) -> bool:
    same = deputy.organisation_id == member.organisation_id and deputy.id != member.id
    return same and deputy.is_active and deputy.role in HOLDERS
