"""Organisations brought in from a JSON file: all of it or nothing, with every error named at once.

The file is described in docs/reference-data.md.
"""

from __future__ import annotations

import json
from typing import Any, Literal

import pydantic

from ...db import db
from ...models import Organisation
from ...typed_text import clean_line
from ..passports.faults import Fault, Faults, said_at
from ..passports.schema import Text
from .directory import read_hours
from .provision import write_stated
from .rows import ImportRefused, Problem


class Entry(pydantic.BaseModel):
    """An organisation as the file writes it."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    code: str = pydantic.Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    kind: Literal["provider", "state_corporation", "authorised_body", "school", "contact_centre"]
    name: Text
    address: Text | None = None
    phone: str = pydantic.Field("", pattern=r"^(\+7[0-9]{10})?$")
    email: str = pydantic.Field("", max_length=200)
    duty_officer: str = pydantic.Field("", max_length=200)
    locality: str = pydantic.Field("", max_length=40)
    hours: dict[str, dict[str, Any]] = {}
    services: dict[str, bool] | None = None  # what it says of services; None: what it has said before stays

    @pydantic.field_validator("hours")
    @classmethod
    def _hours_are_readable(cls, hours: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        for passport, written in hours.items():
            opening = {key: value for key, value in written.items() if key != "reception"}
            for part in (opening, written.get("reception")):
                try:
                    read_hours(part)
                except Faults as faults:
                    raise Faults(Fault((passport,), said_at(fault)) for fault in faults.faults) from None
        return hours


def import_organisations(data: bytes) -> int:
    """Bring in organisations from a JSON list; how many it held. The same file twice is once.

    What the file does not name stays as it is. Raises ImportRefused with every problem; then nothing was changed.
    """
    try:
        entries = pydantic.TypeAdapter(list[Entry]).validate_python(json.loads(data, object_pairs_hook=_cleaned))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ImportRefused([Problem(None, None, f"this is not a JSON file: {error}")]) from None
    except pydantic.ValidationError as error:
        raise ImportRefused(_problems(error)) from None
    codes = [entry.code for entry in entries]
    doubled = sorted({code for code in codes if codes.count(code) > 1})
    if doubled:
        raise ImportRefused(Problem(None, "code", f"“{code}” stands there twice") for code in doubled)
    with db.atomic():
        for entry in entries:
            store_entry(entry)
    return len(entries)


def _cleaned(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What a file says of something, without signs that nobody sees."""
    return {name: clean_line(value) if isinstance(value, str) else value for name, value in pairs}


def _problems(error: pydantic.ValidationError) -> list[Problem]:
    """Pydantic's findings, the place of the organisation in the list counted from 1."""
    problems = []
    for finding in error.errors(include_url=False):
        place, *path = finding["loc"] or (None,)
        where = f"organisation {place + 1}" if isinstance(place, int) else None
        spelt = ".".join(str(part) for part in path)
        problems.append(Problem(None, ", ".join(part for part in (where, spelt) if part) or None, finding["msg"]))
    return problems


def store_entry(entry: Entry) -> None:
    """Store one organisation, new or changed, in the caller's transaction."""
    data: dict[str, Any] = entry.model_dump(include={"kind", "phone", "email", "duty_officer", "hours"})
    data["locality_code"] = entry.locality
    for lang in ("kk", "ru", "en"):
        data[f"name_{lang}"] = entry.name.in_(lang)
        data[f"address_{lang}"] = entry.address.in_(lang) if entry.address else ""
    Organisation.insert(code=entry.code, **data).on_conflict(conflict_target=[Organisation.code], update=data).execute()
    if entry.services is not None:
        write_stated(Organisation.get(Organisation.code == entry.code), entry.services)
