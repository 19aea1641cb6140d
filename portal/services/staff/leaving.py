"""Who no longer works with their body's cases: what they held is nobody's in the same moment, and the body is told.

A decision that they prepared waits for whoever signs, who may take it back; one that they signed is issued.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peewee import Expression

from ...db import lock
from ...models import Case, Decision, Organisation, StaffMember
from ..cases.timeline import OPEN, add_event
from ..languages import format_date
from ..messages.outbox import write_mail
from ..messages.texts import get_letter, write_out
from ..records import audit

HOLDERS = ("officer", "head")  # who takes cases and is given them


@dataclass(frozen=True)
class Held:
    """What somebody has in hand: cases that are not finished, the complaints among them, those that only wait for a
    confirmation, and decisions that they prepared and nobody has signed yet."""

    cases: int
    complaints: int
    prepared: int
    unconfirmed: int = 0


def held_by(member: StaffMember) -> Held:
    """What would be nobody's if they left now."""
    held = list(Case.select(Case.kind, Case.is_open, Case.unchecked).where(_in_hand(member)))
    prepared = Decision.select().where(Decision.prepared_by == member, Decision.state == "prepared")
    complaints = sum(case.kind == "complaint" for case in held)
    return Held(len(held), complaints, prepared.count(), unconfirmed=sum(map(_only_unconfirmed, held)))


def _only_unconfirmed(case: Case) -> bool:
    """Whether it stands under "Unconfirmed" alone: its day is the claim's own, which its page says."""
    return bool(case.unchecked and not case.is_open)


def let_go(member: StaffMember, by: str, now: dt.datetime) -> int:
    """Everything they held is nobody's; how many cases. In the transaction of the change that takes them away.

    `by`: who made that change, as the audit names them. Each case has it in an event, their bodies in one letter.
    """
    cases = list(lock_cases(member))
    for case in cases:
        add_event(case, "holder_left", now, case.body.code, name=member.name)
        audit.record(by, "let_go", f"case:{case.id}", now, of=f"staff:{member.id}")
    Case.update(assignee=None).where(Case.id.in_([case.id for case in cases])).execute()
    for body in {case.body_id: case.body for case in cases}.values():
        _write(body, [case for case in cases if case.body_id == body.id], member, now)
    return len(cases)


def _in_hand(member: StaffMember) -> Expression:
    """Also what waits for a register or stands in a queue: it may call an officer yet."""
    return (Case.assignee == member) & (Case.is_open | Case.state.in_(OPEN))


def lock_cases(member: StaffMember) -> list[Case]:
    """What they have, held for the caller's transaction. Always in the same order, and read again once they are ours:
    somebody may just have given one away."""
    rows = Case.select(Case, Organisation).join(Organisation).where(_in_hand(member)).order_by(Case.number)
    for case in rows:
        lock(f"case:{case.number}")
    return list(rows.clone())


def list_leaders(member: StaffMember) -> list[StaffMember]:
    """The heads and managers of their body besides them who have an e-mail address."""
    return _leaders(member.organisation_id, member)


def _leaders(body_id: int, but: StaffMember) -> list[StaffMember]:
    staying = (StaffMember.organisation == body_id) & StaffMember.is_active & (StaffMember.email != "")
    return list(
        StaffMember.select().where(staying, StaffMember.role.in_(("head", "manager")), StaffMember.id != but.id)
    )


def _write(body: Organisation, cases: list[Case], member: StaffMember, now: dt.datetime) -> None:
    """To the heads and managers who stay; to the body's own address where none has one. A letter for each list that
    the cases stand in then; what rests in a queue needs nobody."""
    people = {person.email: person.language for person in _leaders(body.id, member)} or {body.email: "kk"}
    left = {
        "holder_left": [case for case in cases if case.is_open],
        "holder_of_claims_left": [case for case in cases if _only_unconfirmed(case)],
    }
    for kind, those in left.items():
        for number, (email, lang) in enumerate(people.items()):
            if email and those:
                due = format_date(min(case.due_at for case in those), lang)
                subject, text = write_out(get_letter(kind), lang, count=str(len(those)), due=due)
                key = f"{kind}:{member.id}:{body.id}:{now.timestamp()}:{number}"
                write_mail(key, email, subject, text, now)
