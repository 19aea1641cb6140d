"""An officer confirms what no register did, and names the paper that they saw: without a paper nothing is confirmed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...db import db
from ...models import Check, StaffMember
from ..cases import register_checks
from ..cases.timeline import add_event, close_tasks
from ..local_time import local
from ..procedures.checks import confirm
from ..procedures.rules import NotInThisState, PaperNeeded
from ..records import audit
from .desk import open_desk

LONGEST = {"kind": 200, "number": 60}  # characters


@dataclass(frozen=True)
class SeenPaper:
    """A paper that was held in hands: what it is, its number, the day it was issued."""

    kind: str
    number: str
    issued_on: dt.date


def confirm_check(staff: StaffMember, number: str, subject: str, paper: SeenPaper, now: dt.datetime) -> None:
    """An officer who has seen the paper confirms one claim ("child", "privilege"); once none is open, the procedure
    goes on from there. The paper stands in the case's history for good.

    Raises PaperNeeded where the paper is not named whole or is of a day to come, NotInThisState where nobody claims
    that or it is settled, and what open_desk does.
    """
    kind, its_number = paper.kind.strip()[: LONGEST["kind"]], paper.number.strip()[: LONGEST["number"]]
    with db.atomic():
        desk = open_desk(staff, number, "confirm_check", now)
        case = desk.case
        if not kind or not its_number or paper.issued_on > local(now).date():
            raise PaperNeeded(number)
        pending = (Check.case == case) & (Check.subject == subject) & (Check.state == "pending")
        if not Check.update(state="confirmed", checked_at=now).where(pending).execute():
            raise NotInThisState(f"{subject} is not to be confirmed")
        named = {"paper": kind, "number": its_number, "issued_on": paper.issued_on.isoformat()}
        add_event(case, "confirmed_by_officer", now, case.body.code, by=staff.name, subjects=[subject], **named)
        audit.record(f"staff:{staff.id}", "confirm_check", f"case:{case.id}", now, subjects=[subject])
        if register_checks.is_open(case):
            return
        if not desk.procedure.decided_by_officers:
            close_tasks(case, now)
        confirm(case, desk.passport, now, by_officer=True)
