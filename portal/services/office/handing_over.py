"""Several cases are given to one colleague at once: each by its own rules: one may go, another stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from ...models import StaffMember
from ..cases.timeline import CaseNotFound
from ..procedures.rules import DecidedBefore, NotImpartial, NotInThisState, NotYours
from ..review import desk

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class HandedOver:
    """Which cases went to whom they were given, and which stayed: numbers."""

    given: tuple[str, ...]
    kept: tuple[str, ...]


def hand_over(staff: StaffMember, numbers: Iterable[str], to: StaffMember | None, now: dt.datetime) -> HandedOver:
    """Give each case to a colleague, or (None) back to the list; each in a transaction of its own.

    What has meanwhile been decided, belongs to a colleague, or may not go to this person (a complaint about them, what
    they decided before) stays as it is.
    """
    given: list[str] = []
    kept: list[str] = []
    for number in list(dict.fromkeys(numbers))[:MOST_AT_ONCE]:
        try:
            desk.assign(staff, number, to, now)
        except (CaseNotFound, NotInThisState, NotYours, NotImpartial, DecidedBefore):
            kept.append(number)
        else:
            given.append(number)
    return HandedOver(tuple(given), tuple(kept))
