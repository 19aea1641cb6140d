"""What is wrong with a passport's policy: a value that no rule of its procedure reads would do nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .faults import N_, Fault, Path, Said, choice_fault, meant, shown
from .needs import PolicyType, find_needs
from .schema import Passport


def policy_faults(passport: Passport) -> Iterator[Fault]:
    """Values that no rule reads, or that it cannot read."""
    needs = find_needs(passport.procedure)
    known = needs.policy if needs is not None else {}
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
    number = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return None if number else N_("%(value)s is not a whole number; write digits only", value=shown(value))
