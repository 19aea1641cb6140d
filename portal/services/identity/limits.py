"""How often something may be done: fixed windows, counted in the database, so that every process counts together.

Who is counted (an IIN, a phone, an address) stands in the table as a keyed hash only.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
from collections.abc import Iterable

from ...db import db
from ...models import RateCount
from ..keys.keyed_hash import keyed_hash
from ..records import audit

HOUR, DAY = 3600, 86400  # seconds

# A whole village, or a mobile operator's town, may sit behind one address: limits by address only slow machines down.
# What keeps guessing at a person's code hopeless without locking them out stands in code_limits.py.
LIMITS: dict[str, tuple[tuple[int, int], ...]] = {
    "codes of an address": ((HOUR, 600), (DAY, 4000)),
    "codes of a wide network": ((HOUR, 1200), (DAY, 8000)),
    "codes of an address in a storm": ((HOUR, 30),),  # counts only after so many were sent for strangers:
    "codes of strangers sent": ((HOUR, 15_000),),
    "codes of strangers sent at most": ((HOUR, 40_000),),
    "codes of strangers to a phone": ((HOUR, 24), (DAY, 60)),
    "codes of owners to a phone": ((HOUR, 24), (DAY, 60)),  # a family may share one
    "codes of an owner": ((HOUR, 12), (DAY, 40)),
    "alarms about codes": ((HOUR, 1),),
    "nobody's codes": ((HOUR, 10**9), (DAY, 10**9)),
    "nobody's codes sent": ((HOUR, 10**9),),
    "nobody's codes sent at most": ((HOUR, 10**9),),
    "codes to named phones of an address": ((HOUR, 60), (DAY, 300)),
    "codes to named phones in a storm": ((HOUR, 6),),  # of an address; counts only after so many in all:
    "codes to named phones": ((HOUR, 1500),),
    "wrong codes of an address": ((HOUR, 300), (DAY, 1500)),
    "wrong passwords of an address": ((HOUR, 200), (DAY, 1000)),  # an organisation may sit behind one
    "calls of an operator": ((HOUR, 60), (DAY, 400)),
    "forms kept for an address": ((HOUR, 600),),
    "look-ups of an address": ((HOUR, 600), (DAY, 4000)),
    "look-ups of a case": ((HOUR, 60), (DAY, 200)),
    "papers checked by an address": ((HOUR, 1200), (DAY, 8000)),
    "reports of an address": ((HOUR, 120),),  # of browsers, about the content policy
    "signatures of a person": ((HOUR, 30), (DAY, 100)),
    "files of a person": ((HOUR, 120), (DAY, 400)),
    "letters of a person": ((HOUR, 20), (DAY, 60)),  # to officers
    "refusals on record of an address": ((HOUR, 600),),
}

QUIET = {
    "codes of an address in a storm",
    "codes to named phones in a storm",
    "alarms about codes",
}  # reached every day, without anything being wrong


class LimitReached(Exception):
    """Too often. `retry_after` says in how many seconds it is possible again."""

    def __init__(self, name: str, retry_after: int) -> None:
        super().__init__(f"{name}: again in {retry_after} s")
        self.name = name
        self.retry_after = retry_after


def network(address: str) -> str:
    """Whom an address counts for: itself, or the whole /64 that a subscriber has with IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))


def hit(name: str, subject: str, now: dt.datetime) -> None:
    """Count one more. Raises LimitReached when it is one too many.

    In a transaction of the caller's that is rolled back the count is, too; it stays at its limit all the same.
    """
    hit_all([(name, subject)], now)


def hit_all(pairs: Iterable[tuple[str, str]], now: dt.datetime) -> None:
    """Count one more of each (limit, subject), up to the first that is one too many: that one raises LimitReached.

    The order is the order of locking: give it from the widest subject to the narrowest, everywhere the same.
    """
    refusal = None
    with db.atomic():
        for name, subject in pairs:
            refusal = _count(name, subject, now)
            if refusal:
                break
    if refusal:
        raise refusal


def allows(name: str, subject: str, now: dt.datetime) -> bool:
    """Count one more, and say whether it is still within the limit: for refusals that must not show."""
    try:
        hit(name, subject, now)
    except LimitReached:
        return False
    return True


def check(name: str, subject: str, now: dt.datetime) -> None:
    """Count nothing; raise LimitReached when the next one would be one too many."""
    for seconds, most in LIMITS[name]:
        key, end = _window(name, subject, seconds, now)
        hits = RateCount.select(RateCount.hits).where(RateCount.key == key).scalar() or 0
        if hits >= most:
            raise LimitReached(name, _seconds_until(end, now))


def forget_expired(now: dt.datetime) -> int:
    """Delete the counts of windows that are over; how many."""
    with db.atomic():
        return RateCount.delete().where(RateCount.expires_at <= now).execute()


def _count(name: str, subject: str, now: dt.datetime) -> LimitReached | None:
    for seconds, most in LIMITS[name]:
        key, end = _window(name, subject, seconds, now)
        hits = _add(key, end)
        if hits > most:
            if hits == most + 1 and name not in QUIET:  # one line a window, however long the storm
                audit.record("system", "limit_reached", "limit", now, limit=name, seconds=seconds)
            return LimitReached(name, _seconds_until(end, now))
    return None


def _window(name: str, subject: str, seconds: int, now: dt.datetime) -> tuple[str, dt.datetime]:
    """The key of the present window of so many seconds, and when it ends."""
    window = math.floor(now.timestamp() / seconds)
    end = dt.datetime.fromtimestamp((window + 1) * seconds, dt.UTC)
    return f"{keyed_hash(name, subject)}:{seconds}:{window}", end


def _seconds_until(end: dt.datetime, now: dt.datetime) -> int:
    return max(1, math.ceil((end - now).total_seconds()))


def _add(key: str, expires_at: dt.datetime) -> int:
    """One statement, so that no two processes read the same count."""
    rows = (
        RateCount.insert(key=key, hits=1, expires_at=expires_at)
        .on_conflict(conflict_target=[RateCount.key], update={RateCount.hits: RateCount.hits + 1})
        .returning(RateCount.hits)
        .execute()
    )
    return next(iter(rows)).hits
