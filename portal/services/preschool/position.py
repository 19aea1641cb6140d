"""A number in the queue, and why it is that."""

from __future__ import annotations

from dataclasses import dataclass

from ...models import Locality


@dataclass(frozen=True)
class Position:
    """A number in the queue and who waits before it: so many out of turn, with a first-priority right, of the general
    queue."""

    extraordinary: int
    first: int
    general: int
    locality: Locality
    birth_year: int

    @property
    def number(self) -> int:
        """1 is the next."""
        return self.extraordinary + self.first + self.general + 1
