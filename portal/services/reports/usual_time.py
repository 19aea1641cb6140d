"""How long a service usually takes: three honest figures from the cases answered of late."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from ...db import db
from ...models import Case
from ..local_time import local
from ..terms import days_off as calendar
from ..terms.working_time import count_working_days

LOOKED_BACK = dt.timedelta(days=90)
FEWEST = 5  # fewer cases say nothing, and might say something about a person
REREAD_AFTER = dt.timedelta(minutes=10)

_read: dict[str, tuple[object, dt.datetime, UsualTime | None]] = {}


@dataclass(frozen=True)
class UsualTime:
    """Working days from registration to the answer: half of the cases, nine of ten, the longest of the last 90 days.

    0 is an answer on the day of registration.
    """

    half: int
    nine_of_ten: int
    longest: int
    cases: int


def usual_time(service: str, now: dt.datetime) -> UsualTime | None:
    """The figures of a service, at most ten minutes old; None where fewer than FEWEST cases were answered."""
    known = _read.get(service)
    if known is None or known[0] is not db.obj or not dt.timedelta() <= now - known[1] < REREAD_AFTER:
        known = _read[service] = db.obj, now, _reckon(service, now)
    return known[2]


def _reckon(service: str, now: dt.datetime) -> UsualTime | None:
    days_off = calendar.load_calendar(now)
    rows: Any = (
        Case.select(Case.registered_at, Case.answered_at)
        .where(Case.service == service, Case.kind == "application", Case.answered_at > now - LOOKED_BACK)
        .tuples()
    )
    days = sorted(count_working_days(days_off, local(begun).date(), local(ended).date()) for begun, ended in rows)
    if len(days) < FEWEST:
        return None
    return UsualTime(days[math.ceil(len(days) / 2) - 1], days[math.ceil(len(days) * 0.9) - 1], days[-1], len(days))
