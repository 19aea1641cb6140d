"""The policy values that rules read, by procedure: a name that does not stand here would do nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .faults import N_, Fault, Path, Said, choice_fault, meant, shown
from .schema import Passport

# The type of a value: a whole number from 0 on, yes or no, a day of the year ("06-30"), or one of these words.
DAY_OF_YEAR = "day of year"
PolicyType = type[int] | type[bool] | str | tuple[str, ...]
Policies = Mapping[str, Mapping[str, PolicyType]]  # by procedure and name

POLICIES: Policies = {
    "review": {
        "correction_deadline": ("runs_on", "pauses", "restarts"),
        "decision_signed_by_another": bool,
    },
    "preschool_queue": {
        "general_per_first_priority": int,
        "max_kindergartens": int,
        "privilege_confirmation_working_days": int,
        "offer_confirmation_working_days": int,
        "enrolment_working_days": int,
        "enrolment_extension_days": int,
        "restore_within_days": int,
        "group_change_by": DAY_OF_YEAR,
    },
}
_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def policy_faults(passport: Passport, policies: Policies) -> Iterator[Fault]:
    """Values that no rule reads, or that it cannot read."""
    known = policies.get(passport.procedure, {})
    for name, values in passport.policy.items():
        path: Path = ("policy", name)
        if name not in known:
            yield Fault(path, _unread(name, passport.procedure, known))
            continue
        for number, value in enumerate(values):
            wrong = _wrong(value.value, known[name])
            if wrong is not None:
                yield Fault((*path, number, "value"), wrong)


def _unread(name: str, procedure: str, known: Mapping[str, PolicyType]) -> Said:
    if not known:
        what = N_("the procedure %(procedure)s reads no policy; delete it", procedure=procedure)
        return N_('no rule reads "%(name)s"; %(mend)s', name=name, mend=what)
    return N_('no rule reads "%(name)s"; %(mend)s', name=name, mend=meant(name, sorted(known)))


def _wrong(value: int | str | bool, wanted: PolicyType) -> Said | None:
    """What is wrong with a value; None where it is of its type."""
    if isinstance(wanted, tuple):
        return None if value in wanted else choice_fault(value, wanted)
    if wanted is bool:
        return (
            None
            if isinstance(value, bool)
            else N_("%(value)s is neither true nor false; write true or false", value=shown(value))
        )
    if wanted is int:
        number = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return None if number else N_("%(value)s is not a whole number; write digits only", value=shown(value))
    day = isinstance(value, str) and _DAY.fullmatch(value)
    return (
        None if day else N_('%(value)s is not a day of the year; write month and day, like "06-30"', value=shown(value))
    )
