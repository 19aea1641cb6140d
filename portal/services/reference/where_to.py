"""Where papers are brought to: the body, its address, the hours in which it takes them, in one line."""

from __future__ import annotations

from ...models import Organisation
from ..languages import LANGUAGES, format_time
from ..passports.schema import Passport, Text
from ..terms.working_time import WeekHours
from .directory import address_in, name_in, organisation_hours
from .offices import week_lines

_DAYS = {
    "kk": ("дс", "сс", "ср", "бс", "жм", "сб", "жс"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def where_to(body: Organisation, passport: Passport) -> Text:
    """Name, address and hours of reception by this passport; what is not known is left out."""
    return Text(**{lang: ", ".join(filter(None, _parts(body, passport, lang))) for lang in LANGUAGES})


def street_and_hours(body: Organisation, passport: Passport, lang: str) -> str:
    """The same for a short message, without the name where there is an address."""
    name, address, hours = _parts(body, passport, lang)
    return ", ".join(filter(None, (address or name, hours)))


def _parts(body: Organisation, passport: Passport, lang: str) -> tuple[str, str, str]:
    week = organisation_hours(body, passport, reception=True)
    return name_in(body, lang), address_in(body, lang), _in_words(week, lang) if week else ""


def _in_words(week: WeekHours, lang: str) -> str:
    names = _DAYS[lang]
    return ", ".join(
        names[line.first]
        + (f"–{names[line.last]}" if line.last != line.first else "")
        + " "
        + ", ".join(f"{format_time(each.start)}–{format_time(each.end)}" for each in line.intervals)
        for line in week_lines(week)
    )
