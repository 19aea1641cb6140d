"""Hours in one line, as cells of a spreadsheet and fields of a form write them. Pure.

mon-fri 08:30-18:00, lunch 13:00-14:00
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from .faults import N_, Fault, Faults
from .hours import DAYS, Hours

# What people write in Kazakh and in Russian for the words of the file.
_WORDS = {
    **dict(zip(("дс", "сс", "ср", "бс", "жм", "сб", "жс"), DAYS, strict=True)),
    **dict(zip(("пн", "вт", "ср", "чт", "пт", "сб", "вс"), DAYS, strict=True)),
    **dict.fromkeys(("үзіліс", "обед"), "lunch"),
    **dict.fromkeys(("мереке", "праздники"), "holidays"),
    **dict.fromkeys(("жабық", "закрыто"), "closed"),
    **dict.fromkeys(("ашық", "открыто"), "open"),
}
_WORD = re.compile(r"\w+")

Written = dict[str, Any]  # as in a passport file: {"mon-fri": "08:30-18:00", "lunch": "13:00-14:00"}


def hours_line(hours: Hours) -> str:
    """The hours in one line, days of the same hours together."""
    return ", ".join(f"{key} {value}" for key, value in fold_hours(hours).items())


def fold_hours(hours: Hours) -> Written:
    """The hours as a passport file writes them, days of the same hours together."""
    written: Written = {}
    for value, days in groupby(DAYS, key=lambda day: hours.days.get(day)):
        if value is not None:
            first, *rest = days
            written[f"{first}-{rest[-1]}" if rest else first] = value
    if hours.lunch:
        written["lunch"] = hours.lunch
    if hours.holidays != "closed":
        written["holidays"] = hours.holidays
    return written


def read_line(line: str) -> Written:
    """What a line says, as a passport file writes it; days and the break also in Kazakh or Russian, «дс-жм», «пн-пт».

    Raises Faults; the hours themselves are not judged here.
    """
    written: Written = {}
    line = _WORD.sub(lambda word: _WORDS.get(word[0].lower(), word[0]), line)
    for part in filter(None, (part.strip() for part in line.split(","))):
        key, _, value = part.partition(" ")
        if not value:
            raise Faults(
                [
                    Fault(
                        (key,),
                        N_('the hours of "%(key)s" are missing; write for instance mon-fri 09:00-18:30', key=key),
                    )
                ]
            )
        if key in written:
            raise Faults([Fault((key,), N_('"%(key)s" stands there twice; keep one', key=key))])
        written[key] = value.strip()
    return written


def services_line(hours: Mapping[str, Written]) -> str:
    """The hours that an organisation has chosen by service: `preschool-queue: mon-fri 08:30-18:00; home-schooling:`."""
    return "; ".join(part for service, written in hours.items() for part in _parts(service, written))


def _parts(service: str, written: Written) -> Iterator[str]:
    opening = {key: value for key, value in written.items() if key != "reception"}
    yield f"{service}: {_line(opening)}".strip()
    if written.get("reception"):
        yield f"{service} reception: {_line(written['reception'])}"


def _line(written: Written) -> str:
    return ", ".join(f"{key} {value}" for key, value in written.items() if value is not None)


def read_services_line(line: str) -> dict[str, Written]:
    """The other way round. Raises Faults."""
    hours: dict[str, Written] = {}
    for part in filter(None, (part.strip() for part in line.split(";"))):
        name, colon, week = part.partition(":")
        service, _, what = name.strip().partition(" ")
        if not colon or what not in ("", "reception"):
            raise Faults(
                [Fault((service,), N_("write the service, a colon and its hours: home-schooling: mon-fri 09:00-18:00"))]
            )
        chosen = hours.setdefault(service, {})
        if what:
            chosen["reception"] = read_line(week)
        else:
            chosen.update(read_line(week))
    return hours
