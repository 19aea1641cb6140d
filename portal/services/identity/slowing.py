"""Too often made slow: after some free tries each further one has to wait, longer every time, and nobody is locked out.

What waits is named by the caller together with where it comes from, so that a stranger who overdoes it on purpose makes
only themselves wait.
"""

from __future__ import annotations

import datetime as dt
import math

from ...db import db, lock
from ...models import RateCount
from ..keys.keyed_hash import keyed_hash
from ..moments import is_ahead
from .limits import LimitReached

Pauses = tuple[int, ...]  # seconds to wait after one try, after two ...; the last one also after every further one

REMEMBERED = dt.timedelta(days=1)  # since the last try; then it begins anew
GUESSES: Pauses = (0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900)  # five wrong passwords are no attack


def wait_after(tries: int, pauses: Pauses = GUESSES) -> dt.timedelta:
    """How long after so many tries the next one is taken."""
    return dt.timedelta(seconds=pauses[min(tries, len(pauses)) - 1] if tries else 0)


def check(kind: str, subject: str, now: dt.datetime, pauses: Pauses = GUESSES) -> None:
    """Count nothing; raise LimitReached while the next try has to wait."""
    tries, last = _tries(keyed_hash(f"slowing {kind}", subject), now)
    _refuse_before(last + wait_after(tries, pauses), kind, now)


def take_try(kind: str, subject: str, now: dt.datetime, pauses: Pauses = GUESSES) -> dt.datetime:
    """Count a try before it is looked at, so that rivals cannot share one; from when on the next one is taken.

    Raises LimitReached while this one has to wait.
    """
    key = keyed_hash(f"slowing {kind}", subject)
    with db.atomic():
        lock(key)
        tries, last = _tries(key, now)
        again = last + wait_after(tries, pauses)
        _refuse_before(again, kind, now)
        counted = {RateCount.hits: tries + 1, RateCount.expires_at: now + REMEMBERED}
        new = RateCount.insert(key=key, hits=tries + 1, expires_at=now + REMEMBERED)
        new.on_conflict(conflict_target=[RateCount.key], update=counted).execute()
    return now + wait_after(tries + 1, pauses)


def forget(kind: str, subject: str) -> None:
    """One that succeeded: nothing is held against the next."""
    with db.atomic():
        RateCount.delete().where(RateCount.key == keyed_hash(f"slowing {kind}", subject)).execute()


def _refuse_before(again: dt.datetime, kind: str, now: dt.datetime) -> None:
    if now < again:
        raise LimitReached(kind, max(1, math.ceil((again - now).total_seconds())))


def _tries(key: str, now: dt.datetime) -> tuple[int, dt.datetime]:
    """How many there were, and when the last one was."""
    row = RateCount.get_or_none(RateCount.key == key)
    if row is None or row.expires_at <= now or is_ahead(row.expires_at - REMEMBERED, now):
        return 0, now
    return row.hits, row.expires_at - REMEMBERED
