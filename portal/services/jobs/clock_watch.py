"""Is the clock to be trusted with what cannot be undone: deleting what is old, passing terms?

A machine's clock may jump by years and be put right an hour later. Between two rounds of a worker lie a minute, or the
days for which all workers stood still; after a longer time the clock has to hold for an hour first.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from ...db import db
from ...models import LastDone
from ..moments import is_ahead

LONGEST_REST = dt.timedelta(days=2)  # a weekend's repair
PROOF = 3600.0  # seconds for which a clock that has jumped has to run on evenly


class ClockWatch:
    """One a worker. `steady` counts seconds evenly whatever the clock does."""

    def __init__(self, name: str = "worker", steady: Callable[[], float] = time.monotonic) -> None:
        self._name, self._steady = name, steady
        self._doubted: tuple[dt.datetime, float] | None = None  # the moment of the first doubt, on both clocks

    def trusts(self, now: dt.datetime) -> bool:
        """Whether now is to be believed; notes it as the last moment that was."""
        row = LastDone.get_or_none(LastDone.name == self._name)
        jumped = row is not None and (now - row.at > LONGEST_REST or is_ahead(row.at, now))
        if jumped and not self._has_held(now):
            return False
        self._doubted = None
        with db.atomic():
            new = LastDone.insert(name=self._name, at=now)
            new.on_conflict(conflict_target=[LastDone.name], update={LastDone.at: now}).execute()
        return True

    def _has_held(self, now: dt.datetime) -> bool:
        """Since the first doubt the clock has run as evenly as the steady one, for long enough."""
        if self._doubted is None:
            self._doubted = now, self._steady()
            return False
        began, counted = self._doubted
        passed = self._steady() - counted
        if abs((now - began).total_seconds() - passed) > 60:  # it has jumped once more, perhaps back
            self._doubted = now, self._steady()
            return False
        return passed >= PROOF
