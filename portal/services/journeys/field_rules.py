"""Rules of a passport's fields beyond their type: ages, dates, lengths. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

from ..passports.schema import FieldRule, FieldSpec

Holds = Callable[[FieldRule, str, dt.date], bool]


def age_on(born: dt.date, day: dt.date) -> int:
    """Full years on a day; somebody born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def years_from(day: dt.date, years: int) -> dt.date:
    """The same day so many years later, or earlier for a number below 0; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def broken_rule(rules: Iterable[FieldRule], value: str, today: dt.date) -> FieldRule | None:
    """The first rule that the value breaks. Dates are ISO; for a person the value is the birth date."""
    return next((rule for rule in rules if not _HOLDS[rule.rule](rule, value, today)), None)


def has_expired(spec: FieldSpec, value: Any, today: dt.date | None) -> bool:
    """Whether a date that was right when it was written breaks a rule of its question by now.

    Who has grown too old meanwhile cannot mend that with another answer: ages are not judged here.
    """
    if today is None or spec.type != "date" or not value:
        return False
    rules = (rule for rule in spec.rules if rule.rule not in ("age_under", "age_at_least"))
    return broken_rule(rules, value, today) is not None


def _age_under(rule: FieldRule, value: str, today: dt.date) -> bool:
    return age_on(dt.date.fromisoformat(value), today) < int(rule.value or 0)


def _age_at_least(rule: FieldRule, value: str, today: dt.date) -> bool:
    return not _age_under(rule, value, today)


def _not_past(rule: FieldRule, value: str, today: dt.date) -> bool:
    return dt.date.fromisoformat(value) >= today


def _not_future(rule: FieldRule, value: str, today: dt.date) -> bool:
    return dt.date.fromisoformat(value) <= today


def _within_days(rule: FieldRule, value: str, today: dt.date) -> bool:
    return abs((dt.date.fromisoformat(value) - today).days) <= int(rule.value or 0)


def _min_length(rule: FieldRule, value: str, today: dt.date) -> bool:
    return len(value) >= int(rule.value or 0)


def _pattern(rule: FieldRule, value: str, today: dt.date) -> bool:
    return re.fullmatch(str(rule.value), value) is not None


_HOLDS: dict[str, Holds] = {
    "age_under": _age_under,
    "age_at_least": _age_at_least,
    "not_past": _not_past,
    "not_future": _not_future,
    "within_days": _within_days,
    "min_length": _min_length,
    "pattern": _pattern,
}
