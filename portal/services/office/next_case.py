"""Which case comes next for somebody who has done what there was to do with one."""

from __future__ import annotations

from peewee import JOIN

from ...models import Case, Decision, StaffMember
from ..procedures.rules import HEAD
from . import notices


def find_next(staff: StaffMember, number: str) -> str | None:
    """The number of another case that waits for them, the most urgent first: to sign for a head, then their own. What
    waits for the citizen or for a signature is passed over."""
    if staff.role == HEAD:
        waiting = notices.to_sign(staff).select(Case.number).where(Case.number != number)
        first = waiting.order_by(Case.due_at, Case.id).limit(1).tuples().first()
        if first is not None:
            return str(first[0])
    mine = (Case.body == staff.organisation_id) & (Case.assignee == staff.id) & (Case.is_open == True)  # noqa: E712
    row = (
        Case.select(Case.number)
        .join(Decision, JOIN.LEFT_OUTER, on=(Decision.open_case == Case.id))
        .where(mine, Case.number != number, Case.state != "needs_correction", Decision.id.is_null())
        .order_by(Case.due_at, Case.id)
        .limit(1)
        .tuples()
        .first()
    )
    return str(row[0]) if row is not None else None
