"""Until when, and whether, a body may pass a complaint on, and whether its term may still be extended."""

from __future__ import annotations

import datetime as dt

from ...models import Case, Complaint
from ..local_time import local
from ..passports.complaint_routes import get_route, longest_extension
from ..passports.schema import Passport
from ..terms import days_off
from ..terms.working_time import add_working_days

FORWARDED_WITHIN = 3  # working days: so long a body may take to pass on what is another's to answer


def is_forwardable(case: Case, complaint: Complaint, now: dt.datetime) -> bool:
    """Within three working days of its registration, and once: it does not go round in circles."""
    if complaint.forwarded_at is not None:
        return False
    return local(now).date() <= last_day_to_forward(case, now)


def last_day_to_forward(case: Case, now: dt.datetime) -> dt.date:
    """Until when the body that a complaint came to may pass it on."""
    return add_working_days(days_off.load_calendar(now), local(case.registered_at).date(), FORWARDED_WITHIN)


def is_extendable(case: Case, complaint: Complaint, passport: Passport, now: dt.datetime) -> bool:
    """Within its term, once, and where the passport's route lets it."""
    if complaint.extended_at is not None or now > case.due_at:
        return False
    return longest_extension(get_route(passport, complaint.to)) > 0
