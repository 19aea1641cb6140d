"""Which answers are about a person: what a form asks, or a register says, of whom a `person` field chose. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from .schema import Passport

NOT_THEIRS = "no"  # the answer to a confirming question: it is another person
FACTS = ("iin", "name", "birth_date", "certificate")  # what the civil register knows of a child


@dataclass(frozen=True)
class PersonKeys:
    """The keys of the answers about one person. `id` is the question itself; `confirmed` asks if the data is right."""

    id: str
    iin: str
    name: str
    birth_date: str
    certificate: str
    confirmed: str

    def facts(self) -> tuple[str, ...]:
        """The keys that a register's answer fills."""
        return tuple(getattr(self, fact) for fact in FACTS)


def list_person_keys(passport: Passport) -> tuple[PersonKeys, ...]:
    """The persons that the form asks about, in its order.

    A fact is answered by the field that names it (`prefill: student.name`), else under "<person>_<fact>".
    """
    return tuple(person_keys(passport, spec.id) for spec in passport.fields() if spec.type == "person")


def person_keys(passport: Passport, id: str) -> PersonKeys:
    """The keys of the person whose question has this id."""
    asked = {spec.prefill: spec.id for spec in reversed(passport.fields()) if spec.prefill}
    facts = {fact: asked.get(f"{id}.{fact}", f"{id}_{fact}") for fact in FACTS}
    return PersonKeys(id=id, confirmed=f"{id}_confirmed", **facts)


def confirmations(passport: Passport) -> frozenset[str]:
    """The questions whether a person's data is right: an answer to them says nothing of its own."""
    return frozenset(keys.confirmed for keys in list_person_keys(passport))
