"""Everything that the page of one's case shows."""

from __future__ import annotations

from dataclasses import dataclass

from ...models import Account, Case, Complaint, Document, Event, Paper
from ..cases.timeline import get_case, list_events
from ..files import documents
from ..preschool import queue as preschool
from .withdrawing import can_withdraw


@dataclass(frozen=True)
class CaseView:
    """What a case's page shows: the case, its events (newest first), its papers, the files that were sent with it,
    its place in the queue, and what only complaints have."""

    case: Case
    events: list[Event]
    papers: list[Paper]
    documents: list[Document]
    position: preschool.Position | None
    can_withdraw: bool
    complaint: Complaint | None


def view_case(account: Account, number: str) -> CaseView:
    """Everything that the case's page shows. Raises CaseNotFound."""
    case = get_case(account, number)
    entry = preschool.find_entry(case) if case.kind == "application" else None
    return CaseView(
        case=case,
        events=list_events(case),
        papers=list(Paper.select().where(Paper.case == case).order_by(Paper.issued_at.desc(), Paper.id.desc())),
        documents=documents.list_case_documents(case),
        position=preschool.position(entry) if entry and entry.state == "waiting" else None,
        can_withdraw=can_withdraw(case, entry),
        complaint=Complaint.get_or_none(Complaint.case == case) if case.kind == "complaint" else None,
    )
