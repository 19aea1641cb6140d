"""Organisations as rows of a spreadsheet: the same entries as in the JSON file, the hours in one cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import pydantic

from ...db import db
from ...models import Locality, Organisation
from ..passports.faults import N_, Fault, Faults, Said, said_at
from ..passports.hours import Hours
from ..passports.hours_line import hours_line, read_services_line, services_line
from ..passports.schema import Passport
from .directory import CHANNELS, read_hours
from .organisations_json import Entry, said_of, store_entry
from .provision import list_all_stated
from .rows import (
    FileRow,
    ImportRefused,
    Problem,
    stands_already,
)

T = TypeVar("T")
NAMED = tuple(f"{what}_{lang}" for what in ("name", "address") for lang in ("kk", "ru", "en"))
LEFT_OUT = {"services": ""}  # files of before have no such column: then nothing changes in what was said
NOTHING = "-"  # in that cell: nothing is said of any service
COLUMNS = ("code", "kind", *NAMED, "phone", "email", "duty_officer", "locality", "hours", *LEFT_OUT)
_SAID = {"yes": True, "no": False}


def list_organisation_rows() -> list[dict[str, str]]:
    """Every organisation as its row of a file, by code."""
    stated = list_all_stated()
    return [
        _row(organisation, stated.get(organisation.id, {}))
        for organisation in Organisation.select().order_by(Organisation.code)
    ]


def _row(organisation: Organisation, stated: Mapping[str, bool]) -> dict[str, str]:
    cells = {column: getattr(organisation, column) for column in COLUMNS[:-3]}
    return cells | {
        "locality": organisation.locality_code,
        "hours": services_line(organisation.hours),
        "services": stated_line(stated),
    }


def stated_line(stated: Mapping[str, bool]) -> str:
    """What an organisation says of services, in one cell: "home-schooling: yes; preschool-queue: no"."""
    return "; ".join(f"{service}: {'yes' if said else 'no'}" for service, said in sorted(stated.items()))


def read_stated_line(line: str) -> dict[str, bool]:
    """The other way round. Raises Faults."""
    stated: dict[str, bool] = {}
    if line == NOTHING:
        return stated
    for part in filter(None, (part.strip() for part in line.split(";"))):
        service, _, said = (word.strip() for word in part.partition(":"))
        if said not in _SAID:
            raise Faults([Fault((service,), N_("write the service, a colon and yes or no: home-schooling: yes"))])
        stated[service] = _SAID[said]
    return stated


def store_organisations(rows: list[FileRow], passports: Sequence[Passport]) -> None:
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
        except _CellFaults as faults:
            problems += [Problem(row.number, faults.column, said_at(fault)) for fault in faults.faults]
        except pydantic.ValidationError as error:
            problems += _problems(row.number, error)
        else:
            entries.append(entry)
            if entry.locality and entry.locality not in towns:
                problems.append(Problem(row.number, "locality", _no_locality(entry.locality, towns)))
            problems += _hours_problems(row.number, entry, stored.get(entry.code, {}), passports)
            problems += _service_problems(row.number, entry, passports)
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
    written["hours"] = _cell("hours", values["hours"], read_services_line)
    if values.get("services"):
        written["services"] = _cell("services", values["services"], read_stated_line)
    return Entry.model_validate(written)


class _CellFaults(ValueError):
    """What is wrong in a cell that holds several things."""

    def __init__(self, column: str, faults: Faults) -> None:
        super().__init__(str(faults))
        self.column, self.faults = column, faults.faults


def _cell(column: str, text: str, read: Callable[[str], T]) -> T:
    try:
        return read(text)
    except Faults as faults:
        raise _CellFaults(column, faults) from None


def _problems(number: int, error: pydantic.ValidationError) -> Iterator[Problem]:
    for finding in error.errors(include_url=False):
        column = "_".join(str(part) for part in finding["loc"])
        yield Problem(number, column, said_of(column, finding))


def _no_locality(code: str, known: Iterable[str]) -> Said:
    values = {"code": code, "known": ", ".join(sorted(known))}
    return N_("there is no locality with the code “%(code)s”; the codes are: %(known)s", **values)


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
                N_("“%(service)s” is no service that an organisation of this kind provides", service=service),
            )
            continue
        allowed = allowed_hours(passport, entry.kind)
        chosen = read_hours({key: value for key, value in written.items() if key != "reception"})
        if allowed and chosen is not None and chosen not in allowed:
            ways = "; ".join(hours_line(hours) for hours in allowed)
            said = N_("%(service)s: the passport does not allow these hours; write one of: %(ways)s")
            yield Problem(number, "hours", N_(said, service=service, ways=ways))


def _service_problems(number: int, entry: Entry, passports: Sequence[Passport]) -> Iterator[Problem]:
    known = {passport.id for passport in passports}
    for service in entry.services or {}:
        if service not in known:
            yield Problem(number, "services", N_("“%(service)s” is no service; write the id of one", service=service))


def allowed_hours(passport: Passport, kind: str) -> list[Hours]:
    """The hours among which an organisation of this kind chooses; none where the passport leaves them to it."""
    channel = passport.channel(CHANNELS.get(kind, ""))
    if channel is None or not channel.hours_alternatives or not isinstance(channel.hours, Hours):
        return []
    return [channel.hours, *channel.hours_alternatives]
