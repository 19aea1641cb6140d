"""The form of one row of the reference data: filled with what stands, and read back as rows of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import abort, g, request
from flask_babel import gettext as _

from ...forms.organisation_hours import hours_cell, organisation_form, services_cell
from ...forms.reference import KINDS, LocalityForm, MovedDayForm, RowForm, listed, with_places
from ...services.languages import format_time, weekday
from ...services.passports.hours import Hours
from ...services.passports.hours_line import read_services_line
from ...services.passports.schema import Passport
from ...services.reference.directory import list_localities, list_organisations, name_in
from ...services.reference.offices import week_lines
from ...services.reference.organisations_csv import read_stated_line
from ...services.reference.tables import Table, get_row, list_kindergarten_rows
from ...services.terms.working_time import week_hours
from ...web.language import MONDAY


@dataclass
class RowPage:
    """A form, how it is read back, and besides it what the page shows: the groups of a kindergarten."""

    form: RowForm
    rows: Callable[[], list[dict[str, str]]]
    groups: list[dict[str, str]] = field(default_factory=list)
    kind: str = ""


def make_form(table: Table, key: str | None, passports: Sequence[Passport]) -> RowPage:
    """The form of the row with this key, or of a new one. Raises RowNotFound."""
    makers = {
        "organisations": lambda: _organisation(table, key, passports),
        "localities": lambda: _locality(table, key),
        "kindergartens": lambda: _kindergarten(key),
        "moved-days": lambda: _moved_day(table, key),
    }
    page = makers[table.name]()
    if key is not None:
        page.form.freeze(key)
        page.form.remember()
    return page


def _organisation(table: Table, key: str | None, passports: Sequence[Passport]) -> RowPage:
    standing = get_row(table, key) if key is not None else {"kind": request.args.get("kind", "provider")}
    kind = standing["kind"]
    if kind not in KINDS:
        abort(404)
    hours = read_services_line(standing.get("hours", ""))
    stated = read_stated_line(standing.get("services", ""))
    made, answers = organisation_form(passports, kind, hours, stated, hours_words)
    form = made(data={**standing, **answers})
    form.kind.data = kind
    form.locality.choices = listed([("", "–"), *_towns()])

    def rows() -> list[dict[str, str]]:
        values = form.values()
        return [
            {column: values.get(column, "") for column in table.columns}
            | {"hours": hours_cell(form, passports, hours), "services": services_cell(form, passports, stated)}
        ]

    return RowPage(form, rows, kind=kind)


def _locality(table: Table, key: str | None) -> RowPage:
    form = LocalityForm(data=get_row(table, key) if key is not None else {})
    form.body.choices = listed((body.code, name_in(body, g.lang)) for body in list_organisations("provider", g.lang))
    return RowPage(form, lambda: [form.values()])


def _moved_day(table: Table, key: str | None) -> RowPage:
    form = MovedDayForm(data=get_row(table, key) if key is not None else {})
    return RowPage(form, lambda: [form.values()])


def _kindergarten(key: str | None) -> RowPage:
    """All groups of a kindergarten on one page, and room for one more."""
    groups = list_kindergarten_rows(key) if key is not None else []
    standing = dict(groups[0]) if groups else _without_groups(key)
    places = {_places_name(group): group["places"] for group in groups}
    standing = {**standing, "birth_year": "", "places": "", **places}
    form = with_places([(group["birth_year"], group["language"]) for group in groups])(data=standing)
    towns = {town.code: town for town in list_localities(g.lang)}
    form.locality.choices = listed((code, name_in(town, g.lang)) for code, town in towns.items())

    def rows() -> list[dict[str, str]]:
        values, town = form.values(), towns[form.locality.data]
        plain = {
            **values,
            "body": town.body.code,
            **{f"region_{lang}": getattr(town, f"region_{lang}") for lang in ("kk", "ru", "en")},
            **{f"locality_{lang}": getattr(town, f"name_{lang}") for lang in ("kk", "ru", "en")},
        }
        asked = [{**group, "places": values[_places_name(group)]} for group in groups]
        if values["birth_year"] or values["places"] or not asked:
            asked.append({name: values[name] for name in ("birth_year", "language", "places")})
        parts = ("birth_year", "language", "places")
        return [{**plain, **{name: group[name] for name in parts}} for group in asked]

    def read() -> list[dict[str, str]]:
        columns = [name for name in rows()[0] if not name.startswith("places-")]
        return [{name: row[name] for name in columns} for row in rows()]

    return RowPage(form, read, groups=groups)


def _without_groups(key: str | None) -> dict[str, str]:
    if key is not None:
        abort(404)
    return {}


def _places_name(group: dict[str, str]) -> str:
    return f"places-{group['birth_year']}-{group['language']}"


def _towns() -> list[tuple[str, str]]:
    return [(town.code, name_in(town, g.lang)) for town in list_localities(g.lang)]


def hours_words(hours: Hours) -> str:
    """Hours in one line, as people read them: "monday–friday 09:00–13:00, 14:30–18:30"."""
    parts = []
    for line in week_lines(week_hours(hours)):
        days = [weekday(_day(number), g.lang) for number in dict.fromkeys((line.first, line.last))]
        spans = [f"{format_time(span.start)}–{format_time(span.end)}" for span in line.intervals]
        parts.append(f"{'–'.join(days)} {', '.join(spans)}")
    return "; ".join(parts) or _("Closed")


def _day(number: int) -> Any:
    return MONDAY.replace(day=MONDAY.day + number)
