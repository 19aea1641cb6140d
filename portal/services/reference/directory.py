"""Reference data: organisations and their hours, localities, kindergartens. Files bring it in by reference_import."""

from __future__ import annotations

from typing import Any, Literal

from ...models import Kindergarten, Locality, Organisation
from ..languages import sort_key
from ..passports.hours import Hours, unfold_hours
from ..passports.schema import Channel, Passport
from ..terms.working_time import WeekHours, week_hours

# Through which channel of a passport an organisation of this kind serves. The authorised body serves through none.
CHANNELS = {"provider": "provider_office", "school": "provider_office", "state_corporation": "state_corporation"}


def name_in(row: Organisation | Locality | Kindergarten, lang: str) -> str:
    """The row's name in the language."""
    return getattr(row, f"name_{lang}")


def address_in(row: Organisation | Kindergarten, lang: str) -> str:
    """The row's address in the language; "" when it is not known."""
    return getattr(row, f"address_{lang}")


def list_localities(lang: str = "kk") -> list[Locality]:
    """All localities with their bodies, in the order of the language's alphabet."""
    rows = Locality.select(Locality, Organisation).join(Organisation)
    return sorted(rows, key=lambda row: sort_key(name_in(row, lang)))


def find_locality(code: str) -> Locality | None:
    """The locality with its body, or None."""
    return Locality.select(Locality, Organisation).join(Organisation).where(Locality.code == code).first()


def list_kindergartens(locality_code: str, lang: str = "kk") -> list[Kindergarten]:
    """The kindergartens of a locality, in the order of the language's alphabet; none for a locality unknown."""
    rows = Kindergarten.select().join(Locality).where(Locality.code == locality_code)
    return sorted(rows, key=lambda row: sort_key(name_in(row, lang)))


def list_organisations(kind: str | None = None, lang: str = "kk") -> list[Organisation]:
    """Organisations, all or of one kind, in the order of the language's alphabet."""
    rows = Organisation.select()
    if kind is not None:
        rows = rows.where(Organisation.kind == kind)
    return sorted(rows, key=lambda row: sort_key(name_in(row, lang)))


def find_organisation(code: str) -> Organisation | None:
    """The organisation with this code, or None."""
    return Organisation.get_or_none(Organisation.code == code)


def channel_hours(channel: Channel, reception: bool = False) -> WeekHours:
    """The hours that a passport names for a channel; for reception, its own where they differ."""
    return _week(channel, channel.hours, channel.reception if reception else None)


def _week(channel: Channel, opening: Hours | Literal["always"], reception: Hours | None) -> WeekHours:
    """Opening hours, or those of reception: in the same week, five-day or six-day."""
    six_days = channel.week == "six_day" if channel.week else None
    week = week_hours(opening, six_days)
    return week_hours(reception, week.six_days) if reception else week


def organisation_hours(organisation: Organisation, passport: Passport, reception: bool = False) -> WeekHours | None:
    """When the organisation serves by this passport: by the hours it has chosen, else by those of its channel.

    `reception` asks when papers are taken and results given. None when the passport names no channel for it.
    """
    channel = passport.channel(CHANNELS.get(organisation.kind, ""))
    if channel is None:
        return None
    chosen = organisation.hours.get(passport.id, {})
    own = read_hours({key: value for key, value in chosen.items() if key != "reception"})
    taking = (read_hours(chosen.get("reception")) or channel.reception) if reception else None
    return _week(channel, own or channel.hours, taking)


def read_hours(written: dict[str, Any] | None) -> Hours | None:
    """Hours as a passport file writes them, {"mon-fri": "08:30-18:00", "lunch": "13:00-14:30"}; None where none are.

    Raises Faults.
    """
    return Hours(**unfold_hours(written)) if written else None
