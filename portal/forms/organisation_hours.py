"""Which services an organisation provides, and by which of the hours that each passport allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..services.passports.faults import Faults
from ..services.passports.hours import Hours
from ..services.passports.hours_line import Written, hours_line, read_line, services_line
from ..services.passports.routing import provided_by
from ..services.passports.schema import Passport
from ..services.reference.directory import CHANNELS, read_hours
from ..services.reference.organisations_csv import NOTHING, allowed_hours, stated_line
from .reference import CellField, ListField, OrganisationForm, listed

NOT_HERE, AS_WRITTEN = "-", ""
Words = Callable[[Hours], str]  # hours as people read them, in one line


def organisation_form(
    passports: Sequence[Passport],
    kind: str,
    hours: Mapping[str, Written],
    stated: Mapping[str, bool],
    words: Words,
) -> tuple[type[OrganisationForm], dict[str, str]]:
    """The form of an organisation of this kind, with a question for each service; and the answers as they stand."""
    fields: dict[str, Any] = {}
    answers = {}
    for passport in passports:
        channel = passport.channel(CHANNELS.get(kind, ""))
        if channel is None:
            continue
        own, allowed = _opening(hours.get(passport.id, {})), allowed_hours(passport, kind)
        choices = [
            *_first_choices(passport, kind, channel.hours, words),
            *((hours_line(h), words(h)) for h in allowed[1:]),
        ]
        if own is not None and own not in allowed:
            choices.append((hours_line(own), words(own)))
        fields[f"hours-{passport.id}"] = ListField(choices=listed(choices))
        answers[f"hours-{passport.id}"] = _standing(passport, kind, hours, stated, own, allowed)
        if not allowed:
            hint = _l("Only where they differ from those above. For example: mon-fri 09:00-18:00, lunch 13:00-14:00")
            fields[f"line-{passport.id}"] = CellField(_l("Other hours"), "hours", needed=False, description=hint)
    return type("OrganisationForm", (OrganisationForm,), fields), answers


def hours_cell(form: OrganisationForm, passports: Sequence[Passport], hours: Mapping[str, Written]) -> str:
    """What was chosen, as the cell `hours` of a file; what is said of services that are not asked stays.

    Where a line cannot be read, the form says so at its field and the line is left out.
    """
    chosen = dict(hours)
    for passport in passports:
        field, line = form._fields.get(f"hours-{passport.id}"), form._fields.get(f"line-{passport.id}")
        if field is None:
            continue
        text = (line.data if line is not None else "") or field.data
        chosen.pop(passport.id, None)
        if text == NOT_HERE:
            continue
        try:
            written = read_line(text)
            read_hours(written)
        except Faults as faults:
            wrong = line if line is not None else field
            wrong.errors = [*wrong.errors, faults.in_words(_)]
            continue
        reception = hours.get(passport.id, {}).get("reception")
        if written or passport.id in hours or form.kind.data not in provided_by(passport):
            chosen[passport.id] = written | ({"reception": reception} if reception else {})
    return services_line(chosen)


def services_cell(form: OrganisationForm, passports: Sequence[Passport], stated: Mapping[str, bool]) -> str:
    """What was said of services, as the cell `services` of a file; what is said of those that are not asked stays.

    That a service is not provided is always written down; that it is, only where the hours do not say it.
    """
    said = dict(stated)
    for passport in passports:
        field = form._fields.get(f"hours-{passport.id}")
        if field is None:
            continue
        said.pop(passport.id, None)
        if field.data == NOT_HERE:
            said[passport.id] = False
    return stated_line(said) or NOTHING


def _first_choices(passport: Passport, kind: str, hours: Any, words: Words) -> list[tuple[str, str]]:
    usual = words(hours) if isinstance(hours, Hours) else _("day and night")
    choices = [(AS_WRITTEN, _("As in the passport: %(hours)s", hours=usual)), (NOT_HERE, _("Not provided here"))]
    return choices if kind in provided_by(passport) else choices[::-1]


def _standing(
    passport: Passport,
    kind: str,
    hours: Mapping[str, Written],
    stated: Mapping[str, bool],
    own: Hours | None,
    allowed: list[Hours],
) -> str:
    if not stated.get(passport.id, passport.id in hours or kind in provided_by(passport)):
        return NOT_HERE
    return AS_WRITTEN if own is None or own in allowed[:1] else hours_line(own)


def _opening(written: Written) -> Hours | None:
    return read_hours({key: value for key, value in written.items() if key != "reception"})
