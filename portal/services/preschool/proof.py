"""What of an application stands on the family's word, until when, and where the paper that proves it is brought to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from ...models import Case, Check
from ..cases import proofs
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
_LONGEST_PLACE, _LONGEST_PAPER = 60, 45  # characters, as the messages leave room for


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
    """Which paper is needed, by which day, how it comes to the office and what happens without; or that it has come.

    None where nothing is open.
    """
    days = _days(case, passport, now)
    if not days:
        return None
    last = min((day for day in days.values() if day is not None), default=None)
    missing = list_missing(case, passport, tuple(days))
    if not missing:
        return queue_words.being_checked(tuple(days), last)
    return queue_words.unconfirmed(missing, last, where_to(case.body, passport), privilege_paper(case, passport))


def list_missing(case: Case, passport: Passport, subjects: Collection[str]) -> tuple[str, ...]:
    """Those of the claims for which no document has come."""
    return tuple(subject for subject in subjects if not proofs.has_come(case, passport, subject))


def privilege_paper(case: Case, passport: Passport) -> Text:
    """The document that proves the privilege of the application: by its passport, or in general words."""
    spec = passport.field("priority")
    chosen = case.answers.get("priority")
    named = next((option.proof for option in spec.options if option.id == chosen), None) if spec else None
    return named or queue_words.PRIVILEGE_PAPER


def may_turn_down(case: Case, passport: Passport, subject: str, now: dt.datetime) -> bool:
    """Whether an officer may say no to a claim: a document has come, or the term to bring one is over.

    The family was promised its term in writing; until then a register's silence is no answer to it.
    """
    if subject not in list_claims(case):
        return False
    last = last_day(case, passport, subject, load_calendar(now))
    return last is None or last < local(now).date() or proofs.has_come(case, passport, subject)


def ask(case: Case, passport: Passport, now: dt.datetime) -> None:
    """The same by SMS, one for each claim with a term, in the caller's transaction."""
    place = street_and_hours(case.body, passport, case.account.language).replace("–", "-")  # a dash is dear in an SMS
    place = _shortened(place, _LONGEST_PLACE)
    what = _shortened(privilege_paper(case, passport).in_(case.account.language), _LONGEST_PAPER)
    days = _days(case, passport, now)
    for subject in list_missing(case, passport, tuple(days)):
        if (day := days[subject]) is not None:
            named = {"what": what} if subject == "privilege" else {}
            tell(case, _MESSAGES[subject], now, due=f"{day:%d.%m.%Y}", place=place, **named)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 3].rsplit(" ", 1)[0].rstrip(",") + "..."


def _days(case: Case, passport: Passport, now: dt.datetime) -> dict[str, dt.date | None]:
    subjects = list_claims(case) if case.unchecked else ()
    if not subjects:
        return {}
    calendar = load_calendar(now)
    return {subject: last_day(case, passport, subject, calendar) for subject in subjects}
