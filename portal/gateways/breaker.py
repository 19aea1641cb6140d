"""A breaker: a neighbour that keeps failing is left alone for a while, so that nobody waits for it.

Written here because pybreaker holds its lock while the guarded call runs: with one slow register every other thread
would queue behind it, each for the whole of its timeout.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Breaker:
    """Opens after `failures` failed calls in a row, for `pause` seconds; then one trial call decides. Thread-safe."""

    def __init__(self, failures: int, pause: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._next_trial_at = 0.0  # no call before this moment of the clock

    def allows(self) -> bool:
        """May a call be made now? While open, one caller in each pause gets a yes, and its call is the trial."""
        with self._lock:
            if self._failed < self._limit:
                return True
            if self._clock() < self._next_trial_at:
                return False
            self._next_trial_at = self._clock() + self._pause
            return True

    def succeeded(self) -> None:
        """The call went well: the neighbour is back."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """The call failed."""
        with self._lock:
            self._failed += 1
            if self._failed >= self._limit:
                self._next_trial_at = self._clock() + self._pause

    @property
    def is_open(self) -> bool:
        """Is the neighbour being left alone?"""
        with self._lock:
            return self._failed >= self._limit
