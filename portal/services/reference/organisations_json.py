"""Organisations brought in from a JSON file: all of it or nothing, with every error named at once.

The file is described in docs/reference-data.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal

import pydantic

from ...db import db
from ...models import Organisation
from ...typed_text import clean_line
from ..passports.faults import N_, Fault, Faults, Said, said_at
from ..passports.schema import Text
from .directory import read_hours
from .provision import write_stated
from .rows import BAD_CODE, BAD_EMAIL, BAD_PHONE, EMAIL, EMPTY, ImportRefused, Problem

_BEGINNING = re.compile(r"[^\s,]")
_WRONG_SHAPE = (
    "string_type",
    "dict_type",
    "list_type",
    "bool_type",
    "bool_parsing",
    "model_type",
    "model_attributes_type",
)


class Entry(pydantic.BaseModel):
    """An organisation as the file writes it."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    code: str = pydantic.Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    kind: Literal["provider", "state_corporation", "authorised_body", "school", "contact_centre"]
    name: Text
    address: Text | None = None
    phone: str = pydantic.Field("", pattern=r"^(\+7[0-9]{10})?$")
    email: str = pydantic.Field("", max_length=200, pattern=rf"^({EMAIL.pattern})?$")
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
        text = data.decode("utf-8-sig")
        entries = pydantic.TypeAdapter(list[Entry]).validate_python(json.loads(text, object_pairs_hook=_cleaned))
    except UnicodeDecodeError:
        raise ImportRefused([Problem(None, None, N_("the file is not in UTF-8"))]) from None
    except json.JSONDecodeError as error:
        said = N_("here it stops being JSON: a comma, a quotation mark or a bracket is missing or too many")
        raise ImportRefused([Problem(error.lineno, None, said)]) from None
    except pydantic.ValidationError as error:
        raise ImportRefused(_problems(error, _lines_of(text))) from None
    lines = _lines_of(text)
    first: dict[str, int] = {}
    doubled = []
    for place, entry in enumerate(entries):
        if first.setdefault(entry.code, place) != place:
            said = N_("“%(text)s” stands in line %(line)s already", text=entry.code, line=lines[first[entry.code]])
            doubled.append(Problem(lines[place], f"[{place + 1}].code", said))
    if doubled:
        raise ImportRefused(doubled)
    with db.atomic():
        for entry in entries:
            store_entry(entry)
    return len(entries)


def _cleaned(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What a file says of something, without signs that nobody sees."""
    return {name: clean_line(value) if isinstance(value, str) else value for name, value in pairs}


def _lines_of(text: str) -> list[int]:
    """The line on which each organisation of the list begins, counted from 1."""
    decoder, at, lines = json.JSONDecoder(), text.find("[") + 1, []
    while (found := _BEGINNING.search(text, at)) is not None and found[0] != "]":
        lines.append(text.count("\n", 0, found.start()) + 1)
        _, at = decoder.raw_decode(text, found.start())
    return lines


def _problems(error: pydantic.ValidationError, lines: list[int]) -> list[Problem]:
    """Pydantic's findings, each with the line on which its organisation begins."""
    problems = []
    for finding in error.errors(include_url=False):
        place, *path = finding["loc"] or (None,)
        line = lines[place] if isinstance(place, int) and place < len(lines) else None
        column = ".".join(str(part) for part in path)
        where = f"[{place + 1}].{column}".rstrip(".") if isinstance(place, int) else None
        problems.append(Problem(line, where, said_of(column, finding)))
    return problems


def said_of(column: str, finding: Mapping[str, Any]) -> Said | str:
    """What pydantic found, in words that are said in the reader's language."""
    text, limits, kind = finding["input"], finding.get("ctx", {}), finding["type"]
    if isinstance(limits.get("error"), Faults):
        return said_at(limits["error"].faults[0])
    if kind in ("string_too_short", "missing") or (text == "" and kind != "extra_forbidden"):
        return EMPTY
    if kind == "string_pattern_mismatch":
        return N_({"phone": BAD_PHONE, "email": BAD_EMAIL}.get(column, BAD_CODE), text=text)
    if kind == "string_too_long":
        return N_("longer than %(longest)s letters", longest=limits["max_length"])
    if kind == "literal_error":
        return N_("“%(text)s” does not fit; write one of: %(known)s", text=text, known=limits["expected"])
    if kind == "extra_forbidden":
        return N_("there is no such key; write one of: %(known)s", known=", ".join(Entry.model_fields))
    if kind in _WRONG_SHAPE:
        return N_(
            "“%(text)s” does not fit; the manual docs/reference-data.md shows how it is written", text=str(text)[:60]
        )
    return str(finding["msg"]).removeprefix("Value error, ")


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
