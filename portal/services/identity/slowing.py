"""Guessing made slow: after five tries in a row that failed, each further one has to wait, twice as long every time.

Nobody is ever locked out for good, and the wait is counted for the account together with where the tries come from: a
stranger who fails on purpose makes only themselves wait.
"""

from __future__ import annotations

import datetime as dt
import math

from ...db import db, lock
from ...models import RateCount
from ..keys.keyed_hash import keyed_hash
from .limits import LimitReached

FREE = 5  # tries without a wait
FIRST = dt.timedelta(seconds=15)
LONGEST = dt.timedelta(minutes=15)
REMEMBERED = dt.timedelta(days=1)  # since the last try; then it begins anew


def wait_after(tries: int) -> dt.timedelta:
    """How long after so many tries that failed the next one is taken."""
    if tries < FREE:
        return dt.timedelta()
    return min(LONGEST, FIRST * 2 ** min(tries - FREE, 10))


def take_try(kind: str, subject: str, now: dt.datetime) -> None:
    """Count a try before it is looked at, so that rivals cannot share one. Raises LimitReached while it has to wait."""
    key = keyed_hash(f"slowing {kind}", subject)
    with db.atomic():
        lock(key)
        row = RateCount.get_or_none(RateCount.key == key)
        tries = row.hits if row is not None and row.expires_at > now else 0
        if row is not None and tries:
            again = row.expires_at - REMEMBERED + wait_after(tries)
            if now < again:
                raise LimitReached(kind, max(1, math.ceil((again - now).total_seconds())))
        counted = {RateCount.hits: tries + 1, RateCount.expires_at: now + REMEMBERED}
        new = RateCount.insert(key=key, hits=tries + 1, expires_at=now + REMEMBERED)
        new.on_conflict(conflict_target=[RateCount.key], update=counted).execute()


def forget(kind: str, subject: str) -> None:
    """One that succeeded: nothing is held against the next."""
    with db.atomic():
        RateCount.delete().where(RateCount.key == keyed_hash(f"slowing {kind}", subject)).execute()
