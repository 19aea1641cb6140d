"""The family changes its mind about kindergartens while it waits. The moment of its application stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ...models import Case, Kindergarten
from ..cases.timeline import add_event
from ..languages import LANGUAGES
from ..passports.schema import Passport, Text
from . import placement, queue

CHANGEABLE = ("kindergartens", "language")


def may_change(case: Case) -> bool:
    """Whether the child waits in the queue: a place that was given is given up first."""
    entry = queue.find_entry(case) if case.state == "accepted" else None
    return entry is not None and entry.state == "waiting"


def change_wishes(case: Case, passport: Passport, answers: Mapping[str, Any], now: dt.datetime) -> None:
    """Write the new wishes, and give what place is the child's by now, in the caller's transaction."""
    entry = queue.find_entry(case)
    if entry is None:
        return
    queue.lock_queue(entry.locality_id, entry.birth_year)
    wished, was = list(answers["kindergartens"]), list(entry.kindergartens)
    queue.change(entry, kindergartens=wished, language=answers["language"])
    names = _names({*wished, *was})
    add_event(
        case, "wishes_changed", now, "citizen",
        was=_listed(was, names), wished=_listed(wished, names), language=entry.language,
    )  # fmt: skip
    placement.decide(entry, passport, now)


def name_wishes(codes: list[str]) -> Text | None:
    """The kindergartens of these codes in their order, by name; None where none is known any more."""
    said = _listed(codes, _names(set(codes)))
    return Text(**said) if all(said.values()) else None


def _names(codes: set[str]) -> dict[str, Kindergarten]:
    return {row.code: row for row in Kindergarten.select().where(Kindergarten.code.in_(codes))}


def _listed(codes: list[str], names: dict[str, Kindergarten]) -> dict[str, str]:
    """The kindergartens in their order, for readers of each language."""
    named = [names[code] for code in codes if code in names]
    return {
        lang: "; ".join(f"{place}. {getattr(row, f'name_{lang}')}" for place, row in enumerate(named, 1))
        for lang in LANGUAGES
    }
