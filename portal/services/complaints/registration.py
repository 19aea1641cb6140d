"""When a complaint counts as registered, until when it is answered, and who accepted it."""

from __future__ import annotations

import datetime as dt

from ...models import Organisation, StaffMember
from ..name_match import match_official
from ..passports.schema import ComplaintRoute
from ..terms import days_off as calendar
from ..terms.working_time import WeekHours, end_of_term, registration_moment


def registration(route: ComplaintRoute, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """When a complaint counts as registered, and when its answer is due.

    What arrives on a day that is not a working day is registered on the next one; the term counts from the day after.
    Raises ValueError for a route without a term.
    """
    days_off = calendar.load_calendar(now)
    registered = registration_moment(WeekHours(always=True), days_off, now, "next_working_day")
    if route.term is None:
        raise ValueError(f"{route.to}: only a court has no term, and no complaint is brought to court here")
    return registered, end_of_term(days_off, registered, route.term)


def accepted_by(body: Organisation, official: str) -> str:
    """Who accepts what arrives by itself, never nobody: the duty officer on the body's behalf; a head where the
    complaint names that officer, or may do so; the body where there is nobody else."""
    heads = StaffMember.select(StaffMember.name).where(
        StaffMember.organisation == body, StaffMember.is_active, StaffMember.role == "head"
    )
    names = [body.duty_officer, *(head.name for head in heads.order_by(StaffMember.id))]
    return next((name for name in names if name and not match_official(name, official)), body.name_kk)
