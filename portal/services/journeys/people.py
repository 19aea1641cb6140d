"""People in the answers, read and written here, whatever a passport calls them; what registers hold is filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from ..passports.people import NOT_THEIRS, PersonKeys, list_person_keys
from ..passports.schema import Passport


@dataclass(frozen=True)
class Person:
    """Somebody whom an application is about, as far as is known.

    `confirmed`: the civil register said it, to a parent or guardian of theirs; else it is the applicant's word.
    """

    keys: PersonKeys
    iin: str = ""
    name: str = ""
    birth_date: dt.date | None = None
    certificate: str = ""
    confirmed: bool = False


def read_people(passport: Passport, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[Person, ...]:
    """The persons that these answers speak of, in the order of the form; nobody for a question not answered yet."""
    people = (_read(keys, answers, facts) for keys in list_person_keys(passport))
    return tuple(person for person in people if person.iin or person.name or person.birth_date)


def found_by(
    passport: Passport, answers: Mapping[str, Any], facts: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What an officer may look for: the names of the people in the answers; their IINs, and phones for contact."""
    people = read_people(passport, answers, facts)
    phones = (answers.get(spec.id) for spec in passport.fields() if spec.type == "phone")
    numbers = (*(person.iin for person in people), *(str(phone) for phone in phones if phone))
    return tuple(person.name for person in people), tuple(filter(None, numbers))


def _read(keys: PersonKeys, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> Person:
    born = answers.get(keys.birth_date)
    return Person(
        keys,
        iin=str(answers.get(keys.iin) or ""),
        name=str(answers.get(keys.name) or ""),
        birth_date=dt.date.fromisoformat(born) if born else None,
        certificate=str(answers.get(keys.certificate) or ""),
        confirmed=keys.name in facts,
    )


def forget_people(
    changed: Collection[str], passport: Passport, answers: MutableMapping[str, Any], facts: MutableMapping[str, Any]
) -> frozenset[str]:
    """Another person is meant from now on: forget what was known of the one before; which answers are gone.

    `changed`: the questions that were answered anew. Choosing a person or stating an IIN forgets, no other does.
    """
    gone: set[str] = set()
    for keys in list_person_keys(passport):
        for asked in {keys.id, keys.iin}.intersection(changed):
            gone |= {*keys.facts(), keys.confirmed} - {asked}
    for name in gone:
        answers.pop(name, None)
        facts.pop(name, None)
    return frozenset(gone)


def was_denied(passport: Passport, values: Mapping[str, Any]) -> PersonKeys | None:
    """The person of whom these new answers say that it is not the one who is meant."""
    return next((keys for keys in list_person_keys(passport) if values.get(keys.confirmed) == NOT_THEIRS), None)


def forget_denied(
    keys: PersonKeys, answers: MutableMapping[str, Any], facts: MutableMapping[str, Any]
) -> frozenset[str]:
    """Forget the person and who chose it, so that both are asked again; which answers are gone."""
    gone = frozenset((keys.id, keys.confirmed, *keys.facts()))
    for name in gone:
        answers.pop(name, None)
        facts.pop(name, None)
    return gone
