"""What a passport lacks of what its procedure needs: the procedure itself, fields, options. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from .faults import N_, Fault, choice_fault
from .needs import Needs, find_needs, list_procedures
from .people import person_keys
from .places import asked_fields
from .schema import Passport


def needs_faults(passport: Passport) -> Iterator[Fault]:
    """The procedure is there, and what it reads is asked: fields of its types, with options that it understands."""
    needs = find_needs(passport.procedure)
    if needs is None:
        yield Fault(("procedure",), choice_fault(passport.procedure, list_procedures()))
    elif passport.steps:
        yield from _field_faults(passport, needs)
        yield from _option_faults(passport, needs)


def _field_faults(passport: Passport, needs: Needs) -> Iterator[Fault]:
    for id, type in _needed_fields(passport, needs):
        field = passport.field(id)
        if field is None:
            yield Fault(
                ("steps",),
                N_(
                    'the procedure %(procedure)s needs a field "%(id)s" of type %(type)s; add it',
                    procedure=passport.procedure,
                    id=id,
                    type=type,
                ),
            )
        elif field.type != type:
            yield Fault(
                ("steps",),
                N_(
                    'the procedure %(procedure)s needs "%(id)s" to be of type %(type)s, not %(asked)s',
                    procedure=passport.procedure,
                    id=id,
                    type=type,
                    asked=field.type,
                ),
            )


def _option_faults(passport: Passport, needs: Needs) -> Iterator[Fault]:
    for path, field in asked_fields(passport):
        known = needs.options.get(field.id, frozenset())
        for number, option in enumerate(field.options if known else ()):
            if option.id not in known:
                yield Fault((*path, "options", number, "id"), choice_fault(option.id, sorted(known)))


def _needed_fields(passport: Passport, needs: Needs) -> Iterator[tuple[str, str]]:
    """The ids and types of what the procedure reads."""
    if needs.person:
        people = [field.id for field in passport.fields() if field.type == "person"]
        keys = person_keys(passport, people[0] if people else "child")
        yield from ((keys.id, "person"), (keys.iin, "iin"), (keys.name, "text"), (keys.birth_date, "date"))
    yield from needs.fields.items()
