"""How far a draft has come: for whom it is and at which page it waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...models import Draft
from ..passports.catalogue import get_passport
from ..passports.schema import Step
from .drafts import journey_of


@dataclass(frozen=True)
class Standing:
    """For whom a draft is, "" while nobody is named; the page that comes next, None when only signing is left; its
    number among all pages, signing included."""

    whom: str
    step: Step | None
    number: int
    of: int


def standing_of(draft: Draft, now: dt.datetime) -> Standing | None:
    """How far this draft has come, by the questions of its own edition; None for a complaint, which has one page."""
    if draft.kind == "complaint":
        return None
    journey = journey_of(draft, get_passport(draft.service, draft.edition), now)
    step = journey.next_step
    number, of = journey.position(step)
    return Standing(", ".join(person.name for person in journey.people if person.name), step, number, of)
