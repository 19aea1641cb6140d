"""The procedures that are there, by name. They are put in when a process starts: table.use_procedures()."""

from __future__ import annotations

from collections.abc import Iterable

from ...models import Case
from ..passports import needs
from ..passports.catalogue import get_passport
from ..passports.schema import Passport
from .protocol import Procedure

_procedures: dict[str, Procedure] = {}


class ProcedureUnknown(LookupError):
    """No procedure of this name is there."""


def put_in(procedures: Iterable[Procedure]) -> None:
    """These procedures, and no others, are there from now on; passports are checked by what they need."""
    _procedures.clear()
    _procedures.update({procedure.name: procedure for procedure in procedures})
    needs.put_in({name: procedure.needs for name, procedure in _procedures.items()})


def procedure_of(passport: Passport) -> Procedure:
    """The procedure that decides by this passport. Raises ProcedureUnknown."""
    try:
        return _procedures[passport.procedure]
    except KeyError:
        raise ProcedureUnknown(passport.procedure) from None


def procedure_of_case(case: Case) -> Procedure:
    """The procedure that decides this application, by the edition it was submitted under. Raises ProcedureUnknown."""
    return procedure_of(get_passport(case.service, case.edition))


def list_procedures() -> tuple[Procedure, ...]:
    """All of them, in the order of the table."""
    return tuple(_procedures.values())
