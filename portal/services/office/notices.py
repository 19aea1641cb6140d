"""What waits for a member of staff, as the head of their pages says it: how much of each, and nothing about whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from peewee import SQL, Select, fn

from ...db import db
from ...models import Case, Complaint, Decision, StaffMember
from ...sql import json_text
from ..procedures.rules import HEAD, OFFICER
from ..review.set_aside import by_them

NEWS = ("returned", "answered", "assigned")
KINDS = ("to_sign", "returned", "answered", "assigned", "overdue", "new")  # in the order of their haste
MOST = 999  # counted, and one more that says there are others

Notices = Mapping[str, int]  # kind -> how many


def count(staff: StaffMember, now: dt.datetime) -> Notices:
    """How much of each kind waits for them; one query, or none for who handles no cases."""
    if staff.role not in (OFFICER, HEAD):
        return {}
    columns = counters(staff, now)
    row = Select(columns=[column.alias(kind) for kind, column in columns.items()]).bind(db).tuples().execute()
    return dict(zip(columns, next(iter(row)), strict=True))


def counters(staff: StaffMember, now: dt.datetime) -> dict[str, Any]:
    """A sub-select for each kind that this member's role has."""
    one = SQL("1").alias("one")
    ids: dict[str, Any] = {kind: Case.select(one).where(has_news(staff, kind)) for kind in NEWS}
    ids["new"] = Case.select(SQL("1").alias("one")).where(_open_in(staff), Case.assignee.is_null())
    late = Case.select(SQL("1").alias("one")).where(_open_in(staff), Case.due_at <= now, has_term())
    if staff.role == HEAD:
        ids["to_sign"] = to_sign(staff).select(SQL("1").alias("one"))
        ids["answers"] = answers_to_sign(staff).select(SQL("1").alias("one"))
        ids["overdue"] = late
    else:
        ids["overdue"] = late.where(Case.assignee == staff.id)
    counts: dict[str, Any] = {
        kind: Select([found.limit(MOST + 1)], [fn.COUNT(SQL("*"))]) for kind, found in ids.items()
    }
    if "answers" in counts:
        counts["to_sign"] = fn.COALESCE(counts["to_sign"], 0) + fn.COALESCE(counts.pop("answers"), 0)
    return {kind: counts[kind] for kind in KINDS if kind in counts}


def to_sign(head: StaffMember) -> Any:
    """The decisions of their body that somebody else has prepared, but for those that they may not decide anew."""
    waits = (Decision.state == "prepared") & (Case.body == head.organisation_id) & Decision.open_case.is_null(False)
    return Decision.select().join(Case).where(waits, Decision.prepared_by != head.id, ~fn.EXISTS(by_them(head)))


def answers_to_sign(head: StaffMember) -> Any:
    """The answers to complaints of their body that wait for a head."""
    waits = Complaint.draft.is_null(False) & (json_text(Complaint.draft, "returned") == "")
    return Complaint.select().join(Case).where(waits, Case.body == head.organisation_id, Case.is_open == True)  # noqa: E712


def has_news(staff: StaffMember, kind: str) -> Any:
    """What came to their cases, whatever became of those: what citizens wrote also where nobody has the case."""
    theirs = Case.assignee == staff.id
    who = (theirs | Case.assignee.is_null()) if kind == "answered" else theirs
    return (Case.body == staff.organisation_id) & (Case.news == kind) & who


def has_term() -> Any:
    """Whether the day that an answer is due still counts: what waits in a queue has had its answer."""
    return fn.COALESCE(Case.state, "") != "accepted"


def _open_in(staff: StaffMember) -> Any:
    return (Case.body == staff.organisation_id) & (Case.is_open == True)  # noqa: E712 - SQL
