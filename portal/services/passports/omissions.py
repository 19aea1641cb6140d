"""What a passport leaves out, or says where nothing reads it: it would serve, but not as its author thinks. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from .faults import N_, Fault, Path, Said
from .people import PersonKeys, list_person_keys
from .places import asked_fields
from .policy import policy_faults
from .routing import routing_faults
from .schema import Passport

# What must be asked of a person whom the register does not list, by fact: the type of the question.
_ASKED = {"iin": "iin", "name": "text", "birth_date": "date"}


def find_omissions(passport: Passport) -> list[Fault]:
    """Policies that no rule reads, people whom no register could confirm, cases that would find no body."""
    return [*policy_faults(passport), *_person_faults(passport), *routing_faults(passport)]


def _person_faults(passport: Passport) -> Iterator[Fault]:
    """Of a person who is not in the register's list, the register asks by IIN and compares the birth date."""
    for keys in list_person_keys(passport):
        for fact, type in _ASKED.items():
            asked = passport.field(getattr(keys, fact))
            if asked is not None and asked.type == type:
                continue
            path, mend = _mend(passport, keys, fact, type)
            what = N_(
                'no question asks for the %(fact)s of "%(person)s", so no register can confirm it; %(mend)s',
                fact=fact,
                person=keys.id,
                mend=mend,
            )
            yield Fault(path, what)


def _mend(passport: Passport, keys: PersonKeys, fact: str, type: str) -> tuple[Path, Said]:
    """Where to mend it and how: another name for an IIN that is asked but belongs to nobody, else one question more."""
    taken = {name for other in list_person_keys(passport) for name in other.facts()}
    person: Path = ()
    for path, field in asked_fields(passport):
        if field.id == keys.id:
            person = path
        elif person and field.type == type == "iin" and field.id not in taken and not field.prefill:
            names = {"id": getattr(keys, fact), "prefill": f"{keys.id}.{fact}"}
            return (*path, "id"), N_("call this one %(id)s, or add prefill: %(prefill)s", **names)
    return person, N_("add a field %(id)s of type %(type)s", id=getattr(keys, fact), type=type)
