"""The table of procedures: those of the portal, then those of packages installed beside it.

A package offers its own as an entry point of the group `qyzmet.procedures`, whose object is a Procedure.
"""

from __future__ import annotations

from importlib.metadata import entry_points

from ..preschool.procedure import PreschoolQueue
from ..review.procedure import Review
from . import registry
from .protocol import Procedure

PROCEDURES: tuple[Procedure, ...] = (PreschoolQueue(), Review())
GROUP = "qyzmet.procedures"


def use_procedures() -> None:
    """Put the procedures where the rest of the house finds them; once, when a process starts."""
    installed = tuple(point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name))
    registry.put_in((*PROCEDURES, *installed))
