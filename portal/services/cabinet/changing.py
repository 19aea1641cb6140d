"""Answers that a citizen may change while the case is under way: which they are, and writing the new ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ...db import db, lock
from ...models import Account, Case
from ..cases.timeline import get_case
from ..passports.catalogue import get_passport
from ..procedures.registry import procedure_of
from ..records import audit


class NothingToChange(ValueError):
    """No answer of the case may be changed now."""


def list_changeable(case: Case) -> tuple[str, ...]:
    """The questions whose answers may be changed now, by id."""
    if case.kind != "application":
        return ()
    return procedure_of(get_passport(case.service, case.edition)).list_changeable(case)


def change_answers(account: Account, number: str, answers: Mapping[str, Any], now: dt.datetime) -> Case:
    """Write new answers to questions that may be changed; the same ones as before change nothing.

    What was signed stays as it was signed; the timeline says what changed. Raises CaseNotFound, NothingToChange.
    """
    with db.atomic():
        lock(f"case:{number}")
        case = get_case(account, number)
        open_ = list_changeable(case)
        new = {name: value for name, value in answers.items() if name in open_}
        if not new:
            raise NothingToChange(number)
        if all(case.answers.get(name) == value for name, value in new.items()):
            return case
        passport = get_passport(case.service, case.edition)
        whole = {**case.answers, **new}
        procedure_of(passport).change(case, passport, {name: whole.get(name) for name in open_}, now)
        Case.update(answers=whole).where(Case.id == case.id).execute()
        audit.record(f"account:{account.id}", "change_answers", f"case:{case.id}", now, fields=sorted(new))
    return case
