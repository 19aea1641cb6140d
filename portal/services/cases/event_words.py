"""What an event says to whom. An event whose kind is gone says that something was noted, never its bare id. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..kinds import Words
from .event_kind import Telling
from .event_kinds import EVENTS

_GONE = Words(
    kk="Өтінішке белгі қойылды.",
    ru="Сделана отметка о ходе дела.",
    en="A note was made about the case.",
)


def tell_citizen(kind_id: str, data: Mapping[str, Any], lang: str) -> str:
    """The event's line in the citizen's timeline. `data`: what the event knows."""
    kind = EVENTS.find(kind_id)
    return _say((kind.citizen if kind else None) or _GONE, data, lang)


def tell_office(kind_id: str, data: Mapping[str, Any], lang: str) -> str:
    """The event's line in the office's history. `data`: what the event knows."""
    kind = EVENTS.find(kind_id)
    return _say(kind.office if kind else _GONE, data, lang)


def court_words() -> dict[str, Words]:
    """The words of those kinds that a court reads of."""
    return {kind.id: kind.court for kind in EVENTS if kind.court is not None}


def for_citizens() -> tuple[str, ...]:
    """The kinds of a citizen's timeline; the others are the office's own."""
    return tuple(kind.id for kind in EVENTS if kind.citizen is not None)


def _say(telling: Telling, data: Mapping[str, Any], lang: str) -> str:
    words = telling if isinstance(telling, Words) else telling(data)
    return words.tell(lang, data)
