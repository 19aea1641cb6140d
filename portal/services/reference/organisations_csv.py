"""Organisations as rows of a spreadsheet: the same entries as in the JSON file, the hours in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pydantic

from ...db import db
from ...models import Locality, Organisation
from ..passports.faults import Faults
from ..passports.hours_line import hours_line, read_services_line, services_line
from ..passports.schema import Hours, Passport
from .directory import CHANNELS, read_hours
from .organisations_json import Entry, store_entry
from .rows import (
    BAD_CODE,
    BAD_PHONE,
    EMPTY,
    N_,
    ImportRefused,
    Problem,
    Row,
    Said,
    stands_already,
)

NAMED = tuple(f"{what}_{lang}" for what in ("name", "address") for lang in ("kk", "ru", "en"))
COLUMNS = ("code", "kind", *NAMED, "phone", "email", "duty_officer", "locality", "hours")


def list_organisation_rows() -> list[dict[str, str]]:
    """Every organisation as its row of a file, by code."""
    return [_row(organisation) for organisation in Organisation.select().order_by(Organisation.code)]


def _row(organisation: Organisation) -> dict[str, str]:
    cells = {column: getattr(organisation, column) for column in COLUMNS[:-2]}
    return cells | {"locality": organisation.locality_code, "hours": services_line(organisation.hours)}


def store_organisations(rows: list[Row], passports: Sequence[Passport]) -> None:
    """Check and store the rows in one transaction. Hours newly chosen have to be such as the passport allows.

    Raises ImportRefused with every problem.
    """
    problems: list[Problem] = []
    entries: list[Entry] = []
    first: dict[str, int] = {}
    stored = {row.code: row.hours for row in Organisation.select(Organisation.code, Organisation.hours)}
    towns = {row.code for row in Locality.select(Locality.code)}
    for row in rows:
        known = first.setdefault(row.values["code"], row.number)
        if known != row.number:
            problems.append(Problem(row.number, "code", stands_already(row.values["code"], known)))
        try:
            entry = _entry(row.values)
        except Faults as faults:
            problems.append(Problem(row.number, "hours", str(faults)))
        except pydantic.ValidationError as error:
            problems += _problems(row.number, error)
        else:
            entries.append(entry)
            if entry.locality and entry.locality not in towns:
                problems.append(Problem(row.number, "locality", _no_locality(entry.locality, towns)))
            problems += _hours_problems(row.number, entry, stored.get(entry.code, {}), passports)
    if problems:
        raise ImportRefused(problems)
    with db.atomic():
        for entry in entries:
            store_entry(entry)


def _entry(values: dict[str, str]) -> Entry:
    plain = ("code", "kind", "phone", "email", "duty_officer", "locality")
    written: dict[str, Any] = {column: values[column] for column in plain}
    for what in ("name", "address"):
        text = {lang: values[f"{what}_{lang}"] for lang in ("kk", "ru", "en")}
        if what == "name" or any(text.values()):
            written[what] = text
    return Entry.model_validate(written | {"hours": read_services_line(values["hours"])})


def _problems(number: int, error: pydantic.ValidationError) -> Iterator[Problem]:
    for finding in error.errors(include_url=False):
        column = "_".join(str(part) for part in finding["loc"])
        yield Problem(number, column, _said(column, finding["type"], finding))


def _said(column: str, kind: str, finding: Mapping[str, Any]) -> Said | str:
    text, limits = finding["input"], finding.get("ctx", {})
    if kind == "string_too_short" or text == "":
        return EMPTY
    if kind == "string_pattern_mismatch":
        return Said(BAD_PHONE if column == "phone" else BAD_CODE, {"text": text})
    if kind == "string_too_long":
        return Said(N_("longer than %(longest)s letters"), {"longest": limits["max_length"]})
    if kind == "literal_error":
        return Said(N_("“%(text)s” does not fit; write one of: %(known)s"), {"text": text, "known": limits["expected"]})
    return str(finding["msg"]).removeprefix("Value error, ")


def _no_locality(code: str, known: Iterable[str]) -> Said:
    values = {"code": code, "known": ", ".join(sorted(known))}
    return Said(N_("there is no locality with the code “%(code)s”; the codes are: %(known)s"), values)


def _hours_problems(
    number: int, entry: Entry, before: dict[str, Any], passports: Sequence[Passport]
) -> Iterator[Problem]:
    for service, written in entry.hours.items():
        if written == before.get(service):
            continue
        passport = next((passport for passport in passports if passport.id == service), None)
        if passport is None or passport.channel(CHANNELS.get(entry.kind, "")) is None:
            yield Problem(
                number,
                "hours",
                Said(
                    N_("“%(service)s” is no service that an organisation of this kind provides"), {"service": service}
                ),
            )
            continue
        allowed = allowed_hours(passport, entry.kind)
        chosen = read_hours({key: value for key, value in written.items() if key != "reception"})
        if allowed and chosen is not None and chosen not in allowed:
            ways = "; ".join(hours_line(hours) for hours in allowed)
            said = N_("%(service)s: the passport does not allow these hours; write one of: %(ways)s")
            yield Problem(number, "hours", Said(said, {"service": service, "ways": ways}))


def allowed_hours(passport: Passport, kind: str) -> list[Hours]:
    """The hours among which an organisation of this kind chooses; none where the passport leaves them to it."""
    channel = passport.channel(CHANNELS.get(kind, ""))
    if channel is None or not channel.hours_alternatives or not isinstance(channel.hours, Hours):
        return []
    return [channel.hours, *channel.hours_alternatives]
