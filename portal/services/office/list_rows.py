"""The lines of a list of cases: read beside an index that has chosen and ordered them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from ...models import Account, Case, QueueEntry, StaffMember
from ...sql import json_text


@dataclass(frozen=True)
class WorkRow:
    """A line of the list. `holder`: the name of who has the case, "" for nobody. `child`: whose name the answers give,
    "" for none. `birth_year`: of the queue that the child stands in, None elsewhere."""

    case: Case
    applicant: str
    iin: str
    holder: str
    child: str = ""
    birth_year: int | None = None


def read_rows(ids: Any, order: tuple[Any, ...]) -> list[WorkRow]:
    """The lines of these ids: only so many rows are read beside the index."""
    picked = ids.alias("picked")
    rows = (
        Case.select(
            Case.id, Case.number, Case.kind, Case.service, Case.edition, Case.state, Case.due_at, Case.submitted_at,
            Case.unchecked, Case.is_open, Case.assignee, Case.correction_asked_at, Case.news,
            Account.iin, Account.name.alias("applicant"), StaffMember.name.alias("holder"),
            QueueEntry.birth_year, json_text(Case.answers, "child_name").alias("child"),
        )
        .join(picked, on=(picked.c.id == Case.id))
        .join(Account, on=(Case.account == Account.id))
        .join(StaffMember, JOIN.LEFT_OUTER, on=(Case.assignee == StaffMember.id))
        .join(QueueEntry, JOIN.LEFT_OUTER, on=(QueueEntry.case == Case.id))
        .order_by(*order)
        .objects()
    )  # fmt: skip
    return [WorkRow(row, row.applicant, row.iin, row.holder or "", row.child or "", row.birth_year) for row in rows]
