"""Hours as passport files write them: read into one entry a weekday, with faults that name the key. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, GetJsonSchemaHandler, Tag, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from .faults import N_, Fault, Faults, Said, key_faults, shown
from .parts import Model

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_RANGE = re.compile(rf"{_CLOCK}-{_CLOCK}")
_LOOSE = re.compile(
    r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?\s*"
)  # what people mean by "9-20"
_DAY = "|".join(DAYS)
_DAY_KEY = re.compile(rf"({_DAY})(?:-({_DAY}))?")
_KNOWN_KEYS = (*DAYS, "mon-fri", "mon-sat", "lunch", "holidays")

_JSON_SCHEMA: dict[str, Any] = {
    "title": "Hours",
    "type": "object",
    "description": "Weekly hours: a day (sat) or days (mon-fri) and a time range; days not named are closed.",
    "patternProperties": {f"^({_DAY})(-({_DAY}))?$": {"type": "string", "pattern": f"^({_CLOCK}-{_CLOCK}|closed)$"}},
    "properties": {
        "lunch": {"type": ["string", "null"], "pattern": f"^({_CLOCK}-{_CLOCK}|none)$"},
        "holidays": {"enum": ["closed", "open"], "default": "closed"},
    },
    "additionalProperties": False,
}


class Hours(Model):
    """Weekly hours. The file writes the day keys flat: {mon-fri: "09:00-18:30", lunch: "13:00-14:30"}."""

    days: dict[str, str] = Field(
        default_factory=dict
    )  # an entry each open weekday, Monday first: {"mon": "09:00-18:30"}
    lunch: str | None = None  # "13:00-14:30", cut out of each day; None when there is no break
    holidays: Literal["closed", "open"] = "closed"

    @model_validator(mode="before")
    @classmethod
    def _unfold(cls, data: Any) -> Any:
        return unfold_hours(data) if isinstance(data, dict) else data

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return _JSON_SCHEMA  # for editors: hours as people write them, not as they are kept


# Told apart by what is written, so that a fault in a day is not also reported as "not always".
OpeningHours = Annotated[
    Annotated[Literal["always"], Tag("as a word")] | Annotated[Hours, Tag("by days")],
    Discriminator(lambda written: "by days" if isinstance(written, dict | Hours) else "as a word"),
]


def unfold_hours(data: dict[Any, Any]) -> dict[str, Any]:
    """The fields of Hours from a mapping as the file writes it (or as Hours itself is dumped).

    Raises Faults that bear the key as written.
    """
    faults: list[Fault] = []
    days: dict[str, str] = {}
    for path, key, value in _day_entries(data):
        named = _days_of(key)
        if named is None:
            faults.extend(key_faults(path, key, _KNOWN_KEYS))
        elif not named:
            faults.append(Fault(path, N_('the days of "%(key)s" run backwards; write the earlier day first', key=key)))
        elif twice := [day for day in named if day in days]:
            faults.append(Fault(path, N_('"%(value)s" has its hours twice; keep one', value=twice[0])))
        else:
            if value != "closed" and (fault := _range_fault(value)):
                faults.append(Fault(path, fault))
            days.update(dict.fromkeys(named, value))
    lunch = None if data.get("lunch") in (None, "none") else data["lunch"]
    if lunch is not None and (fault := _range_fault(lunch)):
        faults.append(Fault(("lunch",), fault))
    if not days and not faults:
        faults.append(Fault((), N_('no day has hours; write for instance mon-fri: "09:00-18:30"')))
    if faults:
        raise Faults(faults)
    unfolded = {"days": {day: days[day] for day in DAYS if days.get(day, "closed") != "closed"}, "lunch": lunch}
    return unfolded | ({"holidays": data["holidays"]} if "holidays" in data else {})


def _day_entries(data: dict[Any, Any]) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    for key, value in data.items():
        if key == "days" and isinstance(value, dict):
            yield from (((key, str(day)), str(day), hours) for day, hours in value.items())
        elif key not in ("lunch", "holidays"):
            yield (str(key),), str(key), value


def _days_of(key: str) -> tuple[str, ...] | None:
    """The weekdays that a key names; empty when they run backwards, None when it names none."""
    match = _DAY_KEY.fullmatch(key)
    if match is None:
        return None
    first = DAYS.index(match[1])
    last = DAYS.index(match[2]) if match[2] else first
    return DAYS[first : last + 1]


def _range_fault(value: object) -> Said | None:
    """What is wrong with a time range, and what to write instead."""
    if isinstance(value, str) and _RANGE.fullmatch(value):
        start, end = value.split("-")
        return (
            None
            if start < end or end == "00:00"
            else N_(
                '"%(value)s" ends before it starts; write "%(end)s-%(start)s" if that is meant',
                value=value,
                end=end,
                start=start,
            )
        )
    return N_("%(value)s is not a time range; write %(guess)s", value=shown(value), guess=_guess(value))


def _guess(value: object) -> str:
    match = _LOOSE.fullmatch(value) if isinstance(value, str) else None
    if match:
        start, end = (f"{int(match[i]):02}:{match[i + 1] or '00'}" for i in (1, 3))
        if _RANGE.fullmatch(f"{start}-{end}") and start < end:
            return f'"{start}-{end}"'
    return N_('it like "09:00-18:30"')
