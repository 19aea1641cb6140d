"""What each procedure needs of a passport, as the procedures declare it. Pure: the words, not the code that decides.

Procedures stand floors above and cannot be asked from here, so services/procedures/registry.py puts their needs in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# The type of a policy value: a whole number from 0 on, yes or no, or one of these words.
PolicyType = type[int] | type[bool] | tuple[str, ...]


def _nothing() -> Mapping[str, object]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Needs:
    """What a procedure needs of a passport, all of it checked before the passport serves anybody.

    `fields`: the ids of the answers that it reads, each with its type; `person`: it decides about a person, the first
    one that the form asks for, whatever it is called; `options`: of the fields, the only options that it understands;
    `policy`: the values that its rules read, each with its type.
    """

    fields: Mapping[str, str] = field(default_factory=_nothing)  # type: ignore[arg-type]
    options: Mapping[str, frozenset[str]] = field(default_factory=_nothing)  # type: ignore[arg-type]
    policy: Mapping[str, PolicyType] = field(default_factory=_nothing)  # type: ignore[arg-type]
    person: bool = False


_known: dict[str, Needs] = {}


def put_in(needs: Mapping[str, Needs]) -> None:
    """These procedures, and no others, are there from now on."""
    _known.clear()
    _known.update(needs)


def list_procedures() -> tuple[str, ...]:
    """The names that a passport may give as its procedure, by the alphabet."""
    return tuple(sorted(_known))


def find_needs(procedure: str) -> Needs | None:
    """What the procedure of this name needs; None where there is none."""
    return _known.get(procedure)
