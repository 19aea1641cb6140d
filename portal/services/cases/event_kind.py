"""What a kind of event is: what its line of the timeline says to the citizen, to the office and to a court. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..kinds import Words

Telling = Words | Callable[[Mapping[str, Any]], Words]  # the words, or which of them, by what the event knows


@dataclass(frozen=True)
class EventKind:
    """`citizen`: None for what is the office's own; `court`: None for what a court need not read.

    Words name what the event knows: `{by}` is the event's `by`.
    """

    id: str
    citizen: Telling | None
    office: Telling
    court: Words | None = None
