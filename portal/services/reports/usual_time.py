"""How long a service usually takes: three honest figures from the cases answered of late."""

from __future__ import annotations

import datetime as dt
import math
import threading
from dataclasses import dataclass
from typing import Any, Literal

import cachetools

from ...db import db
from ...models import Case
from ..local_time import local
from ..terms import days_off as calendar
from ..terms.working_time import count_working_days

LOOKED_BACK = dt.timedelta(days=90)
FEWEST = 5  # fewer cases say nothing, and might say something about a person
REREAD_AFTER = 600  # seconds


@dataclass(frozen=True)
class UsualTime:
    """From registration to the answer: half of the cases, nine of ten, the longest of the last 90 days.

    `unit`: `working_days`, 0 being an answer on the day of registration, or `minutes`, whole ones begun.
    """

    half: int
    nine_of_ten: int
    longest: int
    cases: int
    unit: Literal["working_days", "minutes"] = "working_days"


def _key(service: str, now: dt.datetime, in_minutes: bool = False) -> tuple[object, ...]:
    return db.obj, service, in_minutes, int(now.timestamp()) // REREAD_AFTER


@cachetools.cached(cachetools.LRUCache(200), key=_key, lock=threading.Lock())
def usual_time(service: str, now: dt.datetime, in_minutes: bool = False) -> UsualTime | None:
    """The figures of a service, at most ten minutes old; None where fewer than FEWEST cases were answered.

    `in_minutes`: of a service whose term is in minutes.
    """
    days_off = calendar.load_calendar(now)
    rows: Any = (
        Case.select(Case.registered_at, Case.answered_at)
        .where(Case.service == service, Case.kind == "application", Case.answered_at > now - LOOKED_BACK)
        .tuples()
    )
    if in_minutes:
        took = sorted(max(1, math.ceil((ended - begun).total_seconds() / 60)) for begun, ended in rows)
    else:
        took = sorted(count_working_days(days_off, local(begun).date(), local(ended).date()) for begun, ended in rows)
    if len(took) < FEWEST:
        return None
    half, nine_of_ten = (took[math.ceil(len(took) * share) - 1] for share in (0.5, 0.9))
    return UsualTime(half, nine_of_ten, took[-1], len(took), "minutes" if in_minutes else "working_days")
