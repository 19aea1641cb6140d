"""What is wrong with the checks of a passport: fields that are not there, a kind without what it needs. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .checks import AnswerCheck
from .faults import N_, Fault, Path, meant
from .schema import Passport

# What each kind looks at: the types of its fields, and how many there are at least and at most.
_TYPES: dict[str, tuple[tuple[str, ...], int, int]] = {
    "in_order": (("date",), 2, 10),
    "within_years": (("date",), 1, 1),
    "age_between": (("date", "person", "iin"), 1, 1),
    "matches_iin": (("date", "iin"), 2, 2),
}
_OWN = {"within_years": ("past", "future"), "age_between": ("at_least", "under", "on", "by", "ages")}


def check_faults(passport: Passport) -> Iterator[Fault]:
    """Faults of every check, each at its place, once there are questions."""
    if not passport.steps:
        return
    types = {field.id: field.type for field in passport.fields()}
    seen: set[str] = set()
    for number, check in enumerate(passport.checks):
        path: Path = ("checks", number)
        if check.id in seen:
            what = N_('"%(id)s" is the id of an earlier one too; give this one another', id=check.id)
            yield Fault((*path, "id"), what)
        seen.add(check.id)
        yield from _field_faults(check, path, types)
        yield from _key_faults(check, path)


def _field_faults(check: AnswerCheck, path: Path, types: Mapping[str, str]) -> Iterator[Fault]:
    wanted, least, most = _TYPES[check.kind]
    if not least <= len(check.fields) <= most:
        what = N_(
            "%(kind)s looks at %(least)s to %(most)s fields; name so many", kind=check.kind, least=least, most=most
        )
        yield Fault((*path, "fields"), what)
    named: list[tuple[Path, str]] = [((*path, "fields", n), field) for n, field in enumerate(check.fields)]
    named += [((*path, key), field) for key in ("at", "on", "by") if (field := getattr(check, key)) is not None]
    for place, field in named:
        if field not in types:
            yield Fault(place, N_('there is no field "%(id)s"; %(mend)s', id=field, mend=meant(field, types)))
        elif "fields" in place and types[field] not in wanted:
            what = N_(
                "%(kind)s looks at fields of type %(types)s, not %(asked)s; name such a one",
                kind=check.kind,
                types=", ".join(wanted),
                asked=types[field],
            )
            yield Fault(place, what)


def _key_faults(check: AnswerCheck, path: Path) -> Iterator[Fault]:
    """Values that the kind needs, or has no use for."""
    for kind, keys in _OWN.items():
        given = [key for key in keys if getattr(check, key)]
        if kind == check.kind and not given:
            yield Fault(path, N_("%(kind)s needs a limit; add one of %(keys)s", kind=kind, keys=", ".join(keys)))
        if kind != check.kind:
            for key in given:
                yield Fault((*path, key), N_("%(kind)s has no %(key)s; delete it", kind=check.kind, key=key))
    if bool(check.by) != bool(check.ages):
        yield Fault(path, N_("by names a choice, ages its limits by option; write both or neither"))
