"""What the registers know of the people in the answers: whose children, and whether what was typed is so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from ...gateways.registries import Child, RegistryClient, RegistryDown
from ..passports.people import PersonKeys, list_person_keys
from ..passports.schema import Passport
from .people import Person

OTHER = "other"  # the answer to a person question that leads to typing an IIN
SOURCE = "civil_register"  # as facts name where an answer came from


@dataclass(frozen=True)
class Children:
    """Whom the civil register names as somebody's children, and whether it answered at all."""

    known: tuple[Child, ...] = ()
    register_down: bool = False


def write_child(
    keys: PersonKeys, child: Child, answers: MutableMapping[str, Any], facts: MutableMapping[str, Any]
) -> None:
    """Put into the answers what the register says of a person, and into the facts that it was the register."""
    known = {
        keys.iin: child.iin,
        keys.name: child.name,
        keys.birth_date: child.birth_date.isoformat(),
        keys.certificate: child.certificate,
    }
    answers.update(known)
    facts.update(dict.fromkeys(known, SOURCE))


def ask_registers(
    passport: Passport,
    saved: Mapping[str, Any],
    facts: Mapping[str, Any],
    values: Mapping[str, Any],
    guardian_iin: str,
    registries: RegistryClient,
    listed: Children | None,
) -> dict[PersonKeys, Child]:
    """What the registers know of the persons that these new answers name; `saved` are those given before.

    `listed`: the guardian's children where the page has asked for them already, so that nobody is asked twice.
    """
    found = {}
    for keys in list_person_keys(passport):
        chosen, typed = values.get(keys.id), values.get(keys.iin)
        child = None
        if chosen and chosen != OTHER and (saved.get(keys.id) != chosen or keys.iin not in facts):
            children = listed if listed is not None else list_children(registries, guardian_iin)
            child = next((child for child in children.known if child.iin == chosen), None)
        elif typed and (saved.get(keys.iin) != typed or keys.iin not in facts):
            child = find_confirmed_child(registries, guardian_iin, typed)
        if child is not None:
            found[keys] = child
    return found


def find_confirmed_child(registries: RegistryClient, guardian_iin: str, child_iin: str) -> Child | None:
    """The child's data only where the register confirms the guardian; otherwise nothing is revealed."""
    try:
        return registries.find_child(guardian_iin, child_iin)
    except RegistryDown:
        return None


def list_children(registries: RegistryClient, guardian_iin: str) -> Children:
    """The guardian's children in the civil register."""
    try:
        return Children(tuple(registries.list_children(guardian_iin)))
    except RegistryDown:
        return Children(register_down=True)


def are_confirmed(people: Iterable[Person], guardian_iin: str, registries: RegistryClient) -> bool:
    """Whether the register names all of them as the guardian's, born as was stated. Raises RegistryDown."""
    return all(_is_confirmed(person, guardian_iin, registries) for person in people)


def _is_confirmed(person: Person, guardian_iin: str, registries: RegistryClient) -> bool:
    child = registries.find_child(guardian_iin, person.iin)
    return child is not None and child.birth_date == person.birth_date
