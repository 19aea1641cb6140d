"""What a passport leaves to its policy and its rules in the kindergarten queue. Pure.

Every value that is read stands here; `portal passports check` holds passports to their types (`POLICY`).
"""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from ..passports.schema import Passport

POLICY = MappingProxyType(
    {
        "general_per_first_priority": int,
        "privilege_confirmation_working_days": int,
        "child_confirmation_working_days": int,
        "enrolment_working_days": int,
        "restore_within_days": int,
    }
)
REFERRAL_DAYS = 5  # working days to bring the papers, where the policy does not say


def ratio(passport: Passport, day: dt.date) -> int:
    """How many of the general queue come for each first-priority child; 0: all of those come first."""
    return _number(passport, "general_per_first_priority", day) or 0


def claim_days(passport: Passport, subject: str, day: dt.date) -> int | None:
    """Working days in which a claim ("child", "privilege") is to be confirmed; None: no term."""
    return _number(passport, f"{subject}_confirmation_working_days", day)


def referral_days(passport: Passport, day: dt.date) -> int:
    """Working days in which a referral is to be used."""
    days = _number(passport, "enrolment_working_days", day)
    return REFERRAL_DAYS if days is None else days


def restore_days(passport: Passport, day: dt.date) -> int | None:
    """Days in which a family may come back after a referral that it did not use; None: it waits on at once."""
    return _number(passport, "restore_within_days", day)


def age_limit(passport: Passport) -> int | None:
    """The age at which a child is too old, in full years; None where the passport has no such rule."""
    limits = [int(rule.value or 0) for spec in passport.fields() for rule in spec.rules if rule.rule == "age_under"]
    return min(limits, default=None)


def birthday(born: dt.date, age: int) -> dt.date:
    """The day on which somebody comes to this age."""
    year = born.year + age
    try:
        return born.replace(year=year)
    except ValueError:  # 29 February: a year older on 1 March
        return dt.date(year, 3, 1)


def _number(passport: Passport, name: str, day: dt.date) -> int | None:
    value = passport.policy_value(name, day)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
