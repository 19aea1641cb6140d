"""Everything that the page of one's case shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...models import Account, Case, Complaint, Document, Event, Paper
from ..cases.timeline import OVER, awaits_answer, get_case, is_appealable, list_events
from ..files import documents
from ..local_time import local
from ..messages.recipient import unproved_phone
from ..procedures.protocol import Action, Shown
from ..procedures.registry import procedure_of_case
from .withdrawing import can_withdraw


@dataclass(frozen=True)
class CaseView:
    """What a case's page shows: the case, its events (newest first), its papers, the files that were sent with it,
    what its procedure says of it and offers, and what only complaints have."""

    case: Case
    events: list[Event]
    papers: list[Paper]
    documents: list[Document]
    shown: Shown
    offers: tuple[tuple[str, Action], ...]
    can_withdraw: bool
    complaint: Complaint | None
    is_appealable: bool
    unproved_phone: str  # named for messages, and nobody has read a code from it yet

    @property
    def is_unconfirmed(self) -> bool:
        """Whether something of it is still to be confirmed: of what is over nothing is."""
        return self.case.unchecked and self.case.state not in OVER

    @property
    def awaits_answer(self) -> bool:
        return awaits_answer(self.case.state)

    @property
    def registered_later(self) -> bool:
        """Whether it was registered on another day than it was sent; terms count from that day."""
        return local(self.case.registered_at).date() != local(self.case.submitted_at).date()


def view_case(account: Account, number: str, now: dt.datetime) -> CaseView:
    """Everything that the case's page shows. Raises CaseNotFound."""
    case = get_case(account, number)
    procedure = procedure_of_case(case) if case.kind == "application" else None
    shown = procedure.show(case, now) if procedure else Shown()
    return CaseView(
        case=case,
        events=list_events(case),
        papers=list(Paper.select().where(Paper.case == case).order_by(Paper.issued_at.desc(), Paper.id.desc())),
        documents=documents.list_case_documents(case),
        shown=shown,
        offers=tuple((name, procedure.offers[name]) for name in shown.offers) if procedure else (),
        can_withdraw=can_withdraw(case),
        complaint=Complaint.get_or_none(Complaint.case == case) if case.kind == "complaint" else None,
        is_appealable=is_appealable(case),
        unproved_phone=unproved_phone(case) if case.state not in OVER else "",
    )
