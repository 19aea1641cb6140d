"""What the portal looks after by itself: checks that a register owes, terms that pass, places that come free."""

from __future__ import annotations

import datetime as dt

from peewee import fn

from ..db import db
from ..gateways.registries import RegistryClient
from ..models import Account, Case, Organisation, Task
from . import checks
from .cases import add_event
from .notices import give_task, tell
from .placement import FindPassport, confirm


def check_again(registries: RegistryClient, find_passport: FindPassport, now: dt.datetime) -> int:
    """Ask the registers again about what is still to be confirmed; how many cases were settled."""
    settled = 0
    for check in checks.list_due(now):
        if checks.try_again(check, registries, now) and not checks.is_open(check.case):
            confirm(check.case, find_passport(check.case.service, check.case.edition), now)
            settled += 1
    return settled


def hand_to_officers(now: dt.datetime, limit: int = 50) -> int:
    """Cases still unchecked when the service's term has passed get an officer, and the citizen is told; how many."""
    told = Task.select().where(Task.case == Case.id, Task.kind == "check")
    late = (
        Case.select(Case, Account, Organisation)
        .join(Account)
        .switch(Case)
        .join(Organisation)
        .where(Case.unchecked, Case.due_at <= now, Case.state != "withdrawn", ~fn.EXISTS(told))
        .limit(limit)
    )
    count = 0
    for case in list(late):
        with db.atomic():
            if give_task(case, "check", now) is not None:
                add_event(case, "check_late", now)
                tell(case, "check_late", now)
                count += 1
    return count
