"""The table of procedures: those of the portal, then those of packages installed beside it.

A package offers its own as an entry point of the group `qyzmet.procedures`, whose object is a Procedure.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from ..preschool.procedure import PreschoolQueue
from ..review.procedure import Review
from . import registry
from .protocol import Procedure

PROCEDURES: tuple[Procedure, ...] = (PreschoolQueue(), Review())
GROUP = "qyzmet.procedures"


class ProcedureRefused(ImportError):
    """A package beside the portal offers a procedure that cannot be put in."""


def use_procedures() -> None:
    """Put the procedures where the rest of the house finds them; once, when a process starts.

    Raises ProcedureRefused, which names the entry point: without one of its procedures the portal would serve
    passports that nobody decides, so it does not start.
    """
    procedures = {procedure.name: procedure for procedure in PROCEDURES}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        procedure = _load(point)
        if procedure.name in procedures:
            raise ProcedureRefused(f"{_place(point)}: there is a procedure {procedure.name!r} already; rename this one")
        procedures[procedure.name] = procedure
    registry.put_in(procedures.values())


def _load(point: EntryPoint) -> Procedure:
    try:
        procedure = point.load()
    except Exception as error:  # whatever somebody else's module does when it is imported
        raise ProcedureRefused(f"{_place(point)} cannot be imported: {type(error).__name__}: {error}") from error
    if not isinstance(procedure, Procedure) or not isinstance(getattr(procedure, "name", None), str):
        raise ProcedureRefused(f"{_place(point)} is no instance of a named Procedure; offer one: LOTTERY = Lottery()")
    return procedure


def _place(point: EntryPoint) -> str:
    return f"the entry point {point.name} = {point.value} of {GROUP}"
