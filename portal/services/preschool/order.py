"""The order of a kindergarten queue. Pure.

First come the children out of turn, by the moment of submission. Then the passport's ratio counts: one first-priority
child, so many of the general queue, one first-priority child, and so on, each class by the moment of submission.

A rank counts everybody of the class who applied before, also those who have a place by now, and nobody who left. So
the order of two children never turns round because somebody else got a place: the ratio holds over all the places of
a queue, and a class that had nobody for a while comes first until it has caught up.
"""

from __future__ import annotations

EXTRAORDINARY, FIRST, GENERAL = 0, 1, 2
CLASSES = {"extraordinary": EXTRAORDINARY, "first": FIRST, None: GENERAL}
Turn = tuple[int, int]
Before = tuple[int | None, int | None, int | None]


def turn(priority: int, rank: int, ratio: int) -> Turn:
    """Where a child stands: turns compare as their places in the queue do. `rank`: 0 for the first of the class;
    `ratio`: how many of the general queue come for each first-priority child, 0 for none before them all."""
    if priority == EXTRAORDINARY:
        return 0, rank
    if priority == FIRST:
        return 1, rank * (ratio + 1)
    if ratio == 0:
        return 2, rank
    return 1, rank + rank // ratio + 1


def before(priority: int, rank: int, ratio: int) -> Before:
    """How many of each class, from its first one on, come before a child of this class and rank; None for all."""
    if priority == EXTRAORDINARY:
        return rank, 0, 0
    if priority == FIRST:
        return None, rank, rank * ratio
    return None, rank // ratio + 1 if ratio else None, rank
