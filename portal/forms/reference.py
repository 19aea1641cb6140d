"""Forms of the reference data: one row each. What they say is what a row of a file would say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from ..services.passports import faults
from ..services.phones import plain_phone
from ..services.reference.kindergartens import MOST_PLACES
from ..services.reference.rows import EMAIL, Problem, tidy
from ..typed_text import clean_line, clean_number
from .standing import StandingForm

KINDS = {
    "provider": _l("Service provider"),
    "school": _l("School"),
    "state_corporation": _l("State Corporation"),
    "authorised_body": _l("Authorised body"),
    "contact_centre": _l("Contact centre"),
}
LABELS = {
    "code": _l("Code"),
    "kind": _l("Kind"),
    "name_kk": _l("Name in Kazakh"),
    "name_ru": _l("Name in Russian"),
    "name_en": _l("Name in English"),
    "address_kk": _l("Address in Kazakh"),
    "address_ru": _l("Address in Russian"),
    "address_en": _l("Address in English"),
    "region_kk": _l("Region in Kazakh"),
    "region_ru": _l("Region in Russian"),
    "region_en": _l("Region in English"),
    "phone": _l("Telephone"),
    "email": _l("E-mail"),
    "duty_officer": _l("Who accepts complaints (surname and name)"),
    "locality": _l("Town or village"),
    "body": _l("Which organisation keeps its queue"),
    "kindergarten": _l("Code"),
    "day": _l("Day"),
    "works": _l("What it is"),
    "week": _l("In which working week"),
    "source": _l("By which decree"),
    "hours": _l("Hours"),
    "places": _l("Places"),
    "birth_year": _l("Year of birth"),
    "language": _l("Language"),
}
_CODE = (re.compile(r"[a-z0-9][a-z0-9-]{0,39}"), _l("Use up to 40 small Latin letters, digits and hyphens."))
_PATTERNS = {
    **dict.fromkeys(("code", "kindergarten"), _CODE),
    "phone": (re.compile(r"\+7[0-9]{10}"), _l("Write it like +77010000000.")),
    "email": (EMAIL, _l("Write it like office@example.kz.")),
    "day": (re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]"), _l("Write it like 2026-03-27.")),
    "birth_year": (re.compile(r"20[0-9]{2}"), _l("Write four digits.")),
    "places": (re.compile(r"[0-9]{1,4}"), _l("Write a whole number, at most %(most)s.", most=MOST_PLACES)),
}
_NUMBERS = {"phone": plain_phone, **dict.fromkeys(("day", "birth_year", "places"), clean_number)}
WEEKS = {
    "both": _l("Five-day and six-day week"),
    "five_day": _l("Five-day week only"),
    "six_day": _l("Six-day week only"),
}
LONGEST_CELL = 300
DESCRIPTIONS = {"code": _l("Small Latin letters, digits and hyphens. It never changes.")}


class CellField(StringField):
    """A cell of a row. `column` is the name by which it is called in files."""

    def __init__(self, label: Any = None, column: str = "", needed: bool = True, **options: Any) -> None:
        super().__init__(label, **options)
        self.column, self.needed = column, needed

    def process_formdata(self, valuelist: list[str]) -> None:
        clean = _NUMBERS.get(self.column, clean_line)
        self.data = tidy(self.column, clean(valuelist[0])) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            if self.needed:
                raise StopValidation(_l("Fill this in."))
            return
        if len(self.data) > LONGEST_CELL:
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=LONGEST_CELL))
        pattern, message = _PATTERNS.get(self.column, (None, ""))
        if pattern is not None and not pattern.fullmatch(self.data):
            raise StopValidation(message)


class ListField(SelectField):
    """One of a list, with a refusal in our own words."""

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except ValidationError:
            raise StopValidation(_l("Choose from the list.")) from None


def in_words(what: str) -> str:
    """What is wrong with a cell, in the language of the page."""
    return faults.in_words(what, lambda text: _(text))


def listed(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Values with their words, as a list to choose from takes them."""
    return [SelectChoice(value, label) for value, label in pairs]


def cell(column: str, needed: bool = True) -> CellField:
    """The field of a column, by its own name."""
    return CellField(LABELS[column], column, needed, description=DESCRIPTIONS.get(column, ""))


class RowForm(StandingForm):
    """One row of a table. `key` names the column that never changes once the row is there."""

    key = "code"
    names_fields = True  # the summary of errors says which field each is about: many say the same

    def freeze(self, key: str) -> None:
        """The row is there: its key stays, whatever is sent."""
        field: Field = self[self.key]
        field.data, field.raw_data, field.render_kw = key, [key], {"readonly": True}

    def values(self) -> dict[str, str]:
        """The cells as a file would write them."""
        return {name: str(field.data or "") for name, field in self._fields.items() if name != "was"}

    def field_of(self, problem: Problem) -> Field | None:
        """Where a problem of the tables stands on this page; None: it is about the whole."""
        return self._fields.get(problem.column or "")

    def refused(self, problems: Sequence[Problem]) -> None:
        """Say at the fields what the tables would not take."""
        for problem in problems:
            field = self.field_of(problem)
            if field is None:
                self.form_errors = [*self.form_errors, in_words(problem.what)]
            else:
                field.errors = [*field.errors, in_words(problem.what)]


class OrganisationForm(RowForm):
    code = cell("code")
    kind = HiddenField()
    name_kk = cell("name_kk")
    name_ru = cell("name_ru")
    name_en = cell("name_en")
    address_kk = cell("address_kk", needed=False)
    address_ru = cell("address_ru", needed=False)
    address_en = cell("address_en", needed=False)
    phone = cell("phone", needed=False)
    email = cell("email", needed=False)
    duty_officer = cell("duty_officer", needed=False)
    locality = ListField(LABELS["locality"], description=_l("Of a school: where it is."))


class LocalityForm(RowForm):
    code = cell("code")
    region_kk = cell("region_kk")
    region_ru = cell("region_ru")
    region_en = cell("region_en")
    name_kk = cell("name_kk")
    name_ru = cell("name_ru")
    name_en = cell("name_en")
    body = ListField(LABELS["body"])


class KindergartenForm(RowForm):
    key = "kindergarten"
    kindergarten = cell("kindergarten")
    locality = ListField(LABELS["locality"])
    name_kk = cell("name_kk")
    name_ru = cell("name_ru")
    name_en = cell("name_en")
    address_kk = cell("address_kk", needed=False)
    address_ru = cell("address_ru", needed=False)
    address_en = cell("address_en", needed=False)
    phone = cell("phone", needed=False)
    birth_year = cell("birth_year", needed=False)
    language = ListField(LABELS["language"], choices=listed([("kk", _l("Kazakh")), ("ru", _l("Russian"))]))
    places = cell("places", needed=False)
    groups: tuple[str, ...] = ()  # the names of the fields of its groups, in the order of the rows that are stored

    def field_of(self, problem: Problem) -> Field | None:
        """Too few places are said at their own group."""
        at = (problem.row or 0) - 1
        if problem.column == "places" and 0 <= at < len(self.groups):
            return self._fields[self.groups[at]]
        return super().field_of(problem)


class MovedDayForm(RowForm):
    key = "day"
    day = cell("day")
    works = ListField(LABELS["works"], choices=listed([("off", _l("A day off")), ("works", _l("A working day"))]))
    week = ListField(
        LABELS["week"],
        description=_l("A decree that gives a Saturday for another day moves nothing in a six-day week."),
        choices=listed(WEEKS.items()),
    )
    source = cell("source")


def with_places(groups: Sequence[tuple[str, str]]) -> type[KindergartenForm]:
    """The form of a kindergarten with a question for each of its groups: (year of birth, language)."""
    words = {"kk": _("in Kazakh"), "ru": _("in Russian")}
    fields = {
        f"places-{year}-{language}": CellField(
            _("Born in %(year)s, %(language)s", year=year, language=words[language]), "places"
        )
        for year, language in groups
    }
    return type("KindergartenForm", (KindergartenForm,), {**fields, "groups": tuple(fields)})
