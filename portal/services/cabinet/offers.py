"""What a procedure offers a citizen to do with a case, beside withdrawing it."""

from __future__ import annotations

import datetime as dt

from ...db import db, lock
from ...models import Account
from ..cases.timeline import get_case
from ..procedures.registry import procedure_of_case
from ..records import audit


class NotOffered(ValueError):
    """This is not open for the case, or not any more."""


def take_up(account: Account, number: str, offer: str, now: dt.datetime) -> None:
    """Do what is offered. Raises CaseNotFound, NotOffered: also for who presses twice."""
    with db.atomic():
        lock(f"case:{number}")
        case = get_case(account, number)
        procedure = procedure_of_case(case)
        if case.kind != "application" or offer not in procedure.show(case, now).offers:
            raise NotOffered(offer)
        procedure.take_up(offer, case, now)
        audit.record(f"account:{account.id}", offer, f"case:{case.id}", now)
