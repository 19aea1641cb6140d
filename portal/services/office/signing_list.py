"""What waits for a head's signature, and signing several at once after each was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from ...models import Account, Case, Complaint, Decision, StaffMember
from ..cases.timeline import CaseNotFound
from ..procedures.rules import NotAllowed
from ..review import decisions, drafts
from ..review.desk import get_desk
from . import notices

MOST = 50  # of a list, and signed at once


@dataclass(frozen=True)
class ToSign:
    """A prepared decision. `child`: whose name the answers give, "" for none. `shown`: the
    fingerprint of its paper where this head has read it as it is now, else ""."""

    decision: Decision
    case: Case
    applicant: str
    prepared_by: str
    shown: str
    child: str = ""


@dataclass(frozen=True)
class Signed:
    """What became of several: numbers of cases, and of those where something stood in the way."""

    done: tuple[str, ...]
    left: tuple[str, ...]


def list_to_sign(head: StaffMember, read: Mapping[str, str], now: dt.datetime) -> list[ToSign]:
    """The most urgent first. `read`: decision id -> the fingerprint of what this head was shown of it."""
    rows = (
        notices.to_sign(head)
        .select(Decision, Case, Account.id, Account.name, StaffMember.id, StaffMember.name)
        .join(Account)
        .switch(Decision)
        .join(StaffMember, on=(Decision.prepared_by == StaffMember.id), attr="preparer")
        .order_by(Case.due_at, Decision.id)
        .limit(MOST)
    )
    return [
        ToSign(
            row,
            row.case,
            row.case.account.name,
            row.preparer.name,
            _still(head, row, read, now),
            child=str(row.case.answers.get("child_name") or ""),
        )
        for row in rows
    ]


def list_answers(head: StaffMember) -> list[Case]:
    """The complaints whose answers wait for a head, the most urgent first; each is signed on its own page."""
    rows = notices.answers_to_sign(head).select(Complaint, Case, Account.id, Account.name).join(Account)
    return [row.case for row in rows.order_by(Case.due_at, Case.id).limit(MOST)]


def _still(head: StaffMember, row: Decision, read: Mapping[str, str], now: dt.datetime) -> str:
    """What was read, where the paper still says that."""
    shown = read.get(str(row.id), "")
    if not shown:
        return ""
    desk = get_desk(head, row.case.number, now)
    if desk.decision is None or "sign" not in desk.actions:
        return ""
    return shown if drafts.draft_decision(desk, desk.decision, head, now).fingerprint == shown else ""


def sign_several(head: StaffMember, chosen: Mapping[str, tuple[int, str]], now: dt.datetime) -> Signed:
    """Sign each by itself: what one of them lacks stops no other. `chosen`: number -> decision id, what was read."""
    done, left = [], []
    for number, (decision_id, shown) in list(chosen.items())[:MOST]:
        try:
            decisions.sign(head, number, decision_id, now, shown=shown)
            done.append(number)
        except (NotAllowed, CaseNotFound):
            left.append(number)
    return Signed(tuple(done), tuple(left))
