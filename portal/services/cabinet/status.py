"""How a case stands, told to whoever holds its number and the code from its receipt. No names, no answers."""

from __future__ import annotations

import datetime as dt
import hmac
from dataclasses import dataclass

from ...models import Case, Complaint, Event
from .. import numbers
from ..cases.timeline import awaits_answer, is_appealable, list_events
from ..keys.keyed_hash import keyed_hash
from ..local_time import local
from ..passports.schema import Text
from ..procedures.protocol import NextStep, Shown, ShownLine
from ..procedures.registry import procedure_of_case
from . import next_steps

AGAIN = dt.timedelta(minutes=15)


class NoSuchPair(LookupError):
    """No case has this number and this code together; which of the two is wrong is not told."""


@dataclass(frozen=True)
class CaseStatus:
    """How a case stands. `lines`, `figure`, `to_prove`: what its procedure says of it, and of what no register has
    confirmed; `next`: what to do; `last_event`: the newest one.

    `instance`: which one a complaint is with; "" of an application.
    """

    number: str
    kind: str
    service: str
    edition: str
    state: str
    unchecked: bool
    submitted_at: dt.datetime
    registered_at: dt.datetime
    due_at: dt.datetime
    lines: tuple[ShownLine, ...]
    figure: ShownLine | None
    next: NextStep
    to_prove: Text | None
    last_event: Event
    instance: str
    is_appealable: bool

    @property
    def awaits_answer(self) -> bool:
        return awaits_answer(self.state)

    @property
    def registered_later(self) -> bool:
        """Whether it was registered on another day than it was sent."""
        return local(self.registered_at).date() != local(self.submitted_at).date()


def look_up(number: str, code: str, now: dt.datetime) -> CaseStatus:
    """The case of a number, or of an incoming number, and its receipt's code, all as typed. Raises NoSuchPair."""
    case = _find(number, numbers.normalise_code(code))
    if case is None:
        raise NoSuchPair
    return _standing(case, now)


def make_ticket(number: str, now: dt.datetime) -> str:
    """What lets who has just been shown a case see it in another language, for AGAIN, without the code in the page."""
    until = int((now + AGAIN).timestamp())
    return f"{number}.{until}.{_seal(number, until)}"


def look_up_again(ticket: str, now: dt.datetime) -> CaseStatus:
    """The case of a ticket. Raises NoSuchPair, also when it is too old."""
    number, until, seal = ([*ticket.split("."), "", ""])[:3]
    fresh = until.isascii() and until.isdigit() and len(until) < 12 and int(until) >= now.timestamp()
    if not fresh or not hmac.compare_digest(_seal(number, int(until)).encode(), seal.encode()):
        raise NoSuchPair
    return _standing(Case.get(Case.number == number), now)


def _seal(number: str, until: int) -> str:
    return keyed_hash("status again", f"{number} {until}")[:32]


def _standing(case: Case, now: dt.datetime) -> CaseStatus:
    shown = procedure_of_case(case).show(case, now) if case.kind == "application" else Shown()
    return CaseStatus(
        number=case.number,
        kind=case.kind,
        service=case.service,
        edition=case.edition,
        state=case.state,
        unchecked=case.unchecked,
        submitted_at=case.submitted_at,
        registered_at=case.registered_at,
        due_at=case.due_at,
        lines=shown.lines,
        figure=shown.figure,
        next=shown.next or next_steps.next_step(case, now),
        to_prove=shown.unchecked,
        last_event=list_events(case)[0],
        instance=Complaint.get(Complaint.case == case).to if case.kind == "complaint" else "",
        is_appealable=is_appealable(case),
    )


def _find(number: str, code: str) -> Case | None:
    incoming = numbers.normalise_incoming_number(number)
    if incoming is not None:  # each body has its own series: the code tells which it is
        return Case.get_or_none(Case.incoming_number == incoming, Case.receipt_code == code)
    case = Case.get_or_none(Case.number == numbers.normalise_number(number))
    known = case.receipt_code if case else numbers.new_code()
    return case if hmac.compare_digest(known.encode(), code.encode()) else None
