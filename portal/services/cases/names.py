"""Names that a case is found by in the work list: the applicant's and the child's."""

from __future__ import annotations

from ...models import Case, CaseName
from ..languages import fold

LONGEST = 100  # letters of a name that tell it apart
_SIGNS = " -'абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz0123456789"
_OTHER = "99"
_CODES = {sign: str(place) for place, sign in enumerate(_SIGNS, start=10)}


def name_key(name: str) -> str:
    """The name as the index holds it: two digits a letter, look-alikes alike.

    Digits stand in one order in every database, whatever its collation makes of letters, spaces and hyphens: so the
    names that begin alike stand together, and a prefix is a range.
    """
    return "".join(_CODES.get(sign, _OTHER) for sign in fold(name)[:LONGEST])


def write_names(case: Case, *names: str) -> None:
    """Write the names of a case anew, in the caller's transaction: the applicant's and those of people it is about."""
    keys = dict.fromkeys(name_key(name) for name in names if name.strip())
    CaseName.delete().where(CaseName.case == case).execute()
    if keys:
        CaseName.insert_many([{"case": case, "body": case.body_id, "name": key} for key in keys]).execute()


def move_names(case: Case) -> None:
    """The case has come to another body, in the caller's transaction: its staff find it now."""
    CaseName.update(body=case.body_id).where(CaseName.case == case).execute()
