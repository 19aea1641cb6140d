"""Everything that the page of one's case shows."""

from __future__ import annotations

from dataclasses import dataclass

from ...models import Account, Case, Complaint, Document, Event, Paper
from ..cases.timeline import awaits_answer, get_case, is_appealable, list_events
from ..files import documents
from ..local_time import local
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
    is_appealable: bool

    @property
    def awaits_answer(self) -> bool:
        return awaits_answer(self.case.state)

    @property
    def registered_later(self) -> bool:
        """Whether it was registered on another day than it was sent; terms count from that day."""
        return local(self.case.registered_at).date() != local(self.case.submitted_at).date()


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
        is_appealable=is_appealable(case),
    )
