"""Rules over several answers: dates in order, ages that fit, an IIN that says another birth date. Pure.

A passport writes them as `checks`. A check whose answers are not all given says nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import iin
from ..passports.checks import AnswerCheck
from ..passports.schema import Passport
from .conditions import holds
from .field_rules import age_on, years_from
from .people import read_people

_CONFIRMED = "confirmed:"  # what facts hold for a warning that the applicant has confirmed


@dataclass(frozen=True)
class Broken:
    """A check that does not hold. `token` stands for its answers: who confirms it, confirms these and no others."""

    check: AnswerCheck
    token: str

    @property
    def fact(self) -> str:
        """Where a draft keeps that the warning was confirmed."""
        return f"{_CONFIRMED}{self.check.id}"


@dataclass(frozen=True)
class _Said:
    """What the checks look at: the answers, and the people in them by the question that chooses them."""

    answers: Mapping[str, Any]
    born: Mapping[str, dt.date | None]
    today: dt.date

    def day(self, field: str) -> dt.date | None:
        """The day that an answer states: a date; a person's birth date; the one in an IIN."""
        if field in self.born:
            return self.born[field]
        value = self.answers.get(field)
        if not isinstance(value, str) or not value:
            return None
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return iin.birth_date(value) if iin.is_valid(value) else None


def find_broken(
    passport: Passport, answers: Mapping[str, Any], facts: Mapping[str, Any], today: dt.date
) -> tuple[Broken, ...]:
    """The checks of a passport that these answers break, in its order; confirmed warnings too."""
    if not passport.checks:
        return ()
    born = {person.keys.id: person.birth_date for person in read_people(passport, answers, facts)}
    said = _Said(answers, born, today)
    return tuple(
        Broken(check, _token(check, said))
        for check in passport.checks
        if holds(check.when, answers, facts) and not _HOLDS[check.kind](check, said)
    )


def is_settled(broken: Broken, facts: Mapping[str, Any]) -> bool:
    """Whether the applicant has confirmed that it is right all the same. An error never is."""
    return broken.check.level == "warning" and facts.get(broken.fact) == broken.token


def _token(check: AnswerCheck, said: _Said) -> str:
    seen = [str(said.born.get(field) or said.answers.get(field)) for field in (*check.fields, *check.others())]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()[:16]


def _in_order(check: AnswerCheck, said: _Said) -> bool:
    days = [day for day in map(said.day, check.fields) if day is not None]
    return days == sorted(days)


def _within_years(check: AnswerCheck, said: _Said) -> bool:
    day = said.day(check.fields[0])
    if day is None:
        return True
    first, last = years_from(said.today, -(check.past or 0)), years_from(said.today, check.future or 0)
    return first <= day <= last


def _age_between(check: AnswerCheck, said: _Said) -> bool:
    born = said.day(check.fields[0])
    on = said.day(check.on) if check.on else said.today
    if born is None or on is None:
        return True
    limits: Any = check
    if check.by is not None:
        limits = check.ages.get(str(said.answers.get(check.by)))
        if limits is None:
            return True
    age = age_on(born, on)
    return (limits.at_least is None or age >= limits.at_least) and (limits.under is None or age < limits.under)


def _matches_iin(check: AnswerCheck, said: _Said) -> bool:
    stated, number = said.day(check.fields[0]), str(said.answers.get(check.fields[1]) or "")
    in_number = iin.birth_date(number) if iin.is_valid(number) else None
    return stated is None or in_number is None or stated == in_number


_HOLDS: dict[str, Callable[[AnswerCheck, _Said], bool]] = {
    "in_order": _in_order,
    "within_years": _within_years,
    "age_between": _age_between,
    "matches_iin": _matches_iin,
}
