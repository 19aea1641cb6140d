"""What of an application stands on the family's word, until when, and where the paper that proves it is brought to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ...models import Case, Check
from ..local_time import local
from ..messages.notices import tell
from ..passports.catalogue import get_passport
from ..passports.schema import Passport, Text
from ..reference.where_to import street_and_hours, where_to
from ..terms.days_off import load_calendar
from ..terms.working_time import add_working_days
from ..terms.working_weeks import Calendar
from . import policy, queue_words

_MESSAGES = {"child": "child_proof_needed", "privilege": "proof_needed"}
_LONGEST_PLACE = 90  # characters, as the messages leave room for


def list_claims(case: Case) -> tuple[str, ...]:
    """What of a case nobody has confirmed yet: "child", "privilege"."""
    pending = Check.select(Check.subject).where(Check.case == case, Check.state == "pending")
    return tuple(sorted(row.subject for row in pending))


def last_day(case: Case, passport: Passport, subject: str, calendar: Calendar) -> dt.date | None:
    """Until when a claim may be confirmed; None where the passport's policy gives no term."""
    asked_on = local(case.submitted_at).date()
    days = policy.claim_days(passport, subject, asked_on)
    return None if days is None else add_working_days(calendar, asked_on, days)


def list_last_days(cases: Sequence[Case], now: dt.datetime) -> dict[int, dt.date]:
    """By the ids of these cases, the earliest last day of what is claimed; one query, and the calendar's."""
    of = {case.id: case for case in cases}
    pending: Any = Check.select(Check.case, Check.subject).where(Check.case.in_(list(of)), Check.state == "pending")
    calendar, found = load_calendar(now), dict[int, dt.date]()
    for id, subject in pending.tuples():
        case = of[id]
        last = last_day(case, get_passport(case.service, case.edition), subject, calendar)
        if last is not None:
            found[id] = min(last, found.get(id, last))
    return found


def explain(case: Case, passport: Passport, now: dt.datetime) -> Text | None:
    """Which paper is needed, by which day, where to bring it and what happens without; None where nothing is open."""
    days = _days(case, passport, now)
    last = min((day for day in days.values() if day is not None), default=None)
    return queue_words.unconfirmed(tuple(days), last, where_to(case.body, passport)) if days else None


def ask(case: Case, passport: Passport, now: dt.datetime) -> None:
    """The same by SMS, one for each claim with a term, in the caller's transaction."""
    place = street_and_hours(case.body, passport, case.account.language).replace("–", "-")  # a dash is dear in an SMS
    if len(place) > _LONGEST_PLACE:
        place = place[: _LONGEST_PLACE - 3].rsplit(" ", 1)[0].rstrip(",") + "..."
    for subject, day in _days(case, passport, now).items():
        if day is not None:
            tell(case, _MESSAGES[subject], now, due=f"{day:%d.%m.%Y}", place=place)


def _days(case: Case, passport: Passport, now: dt.datetime) -> dict[str, dt.date | None]:
    subjects = list_claims(case) if case.unchecked else ()
    if not subjects:
        return {}
    calendar = load_calendar(now)
    return {subject: last_day(case, passport, subject, calendar) for subject in subjects}
