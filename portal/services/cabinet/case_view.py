"""Everything that the page of one's case shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...models import Account, Case, Complaint, Document, Draft, Event, Paper
from ..cases.correspondence import Letter, list_letters, newest_letters
from ..cases.timeline import DECIDED, OVER, awaits_answer, get_case, is_appealable, list_events
from ..files import documents
from ..files.slots import FILES_OF_A_LETTER
from ..journeys.people import read_people
from ..local_time import local
from ..messages.recipient import unproved_phone
from ..papers.issuing import list_papers
from ..passports.catalogue import get_passport
from ..passports.schema import Text
from ..procedures.protocol import STAGES, Action, KeyDate, NextStep, Shown, Stage
from ..procedures.registry import procedure_of_case
from . import next_steps
from .withdrawing import can_withdraw
from .writing import can_write


@dataclass(frozen=True)
class CaseView:
    """What a case's page shows: the case, its events (newest first), its papers, the files that were sent with it,
    what was written, what its procedure says of it and offers, the complaints about it, and what only complaints have.

    `child`: the name of whom it is about; `documents`: without those that came with letters; `stages`: each with the
    moment at which it was last reached, the first `reached` of them are behind.
    """

    case: Case
    child: str
    events: list[Event]
    papers: list[Paper]
    documents: list[Document]
    letters: list[Letter]
    shown: Shown
    next: NextStep
    dates: tuple[KeyDate, ...]
    stages: tuple[tuple[Text, dt.datetime | None], ...]
    reached: int
    offers: tuple[tuple[str, Action], ...]
    complaints: tuple[Case, ...]
    can_withdraw: bool
    can_write: bool
    complaint: Complaint | None
    is_appealable: bool
    unproved_phone: str  # named for messages, and nobody has read a code from it yet

    @property
    def is_unconfirmed(self) -> bool:
        """Whether something of it is still to be confirmed: of what is over nothing is."""
        return self.case.unchecked and self.case.state not in OVER

    @property
    def newest_letters(self) -> list[Letter]:
        """What the case's page shows of the letters: the last, and those before it that are as short as small talk."""
        return newest_letters(self.letters)

    @property
    def awaits_answer(self) -> bool:
        return awaits_answer(self.case.state)

    @property
    def registered_later(self) -> bool:
        """Whether it was registered on another day than it was sent; terms count from that day."""
        return local(self.case.registered_at).date() != local(self.case.submitted_at).date()

    @property
    def paper(self) -> Paper | None:
        """The paper that the next step is about, while it is in force."""
        live = [paper for paper in self.papers if paper.replaced_at is None]
        kinds = ("order", "certificate", "refusal") if self.next.paper == "decision" else (self.next.paper,)
        return next((paper for paper in live if paper.kind in kinds), None)


def view_case(account: Account, number: str, now: dt.datetime) -> CaseView:
    """Everything that the case's page shows. Raises CaseNotFound."""
    case = get_case(account, number)
    procedure = procedure_of_case(case) if case.kind == "application" else None
    shown = procedure.show(case, now) if procedure else Shown()
    files, events = documents.list_case_documents(case), list_events(case)
    stages = procedure.stages if procedure else STAGES
    reached = len(stages) if case.state in DECIDED else 1
    return CaseView(
        case=case,
        child=child_of(case),
        events=events,
        papers=list_papers(case),
        documents=[document for document in files if document.field != FILES_OF_A_LETTER.id],
        letters=list_letters(case, files),
        shown=shown,
        next=shown.next or next_steps.next_step(case, now),
        dates=shown.dates if shown.next else next_steps.dates(case, now),
        stages=_stages(stages, shown.reached or reached, events) if case.state not in OVER else (),
        reached=shown.reached or reached,
        offers=tuple((name, procedure.offers[name]) for name in shown.offers) if procedure else (),
        complaints=_complaints_about(case),
        can_withdraw=can_withdraw(case),
        can_write=can_write(case),
        complaint=Complaint.get_or_none(Complaint.case == case) if case.kind == "complaint" else None,
        is_appealable=is_appealable(case),
        unproved_phone=unproved_phone(case) if case.state not in OVER else "",
    )


def _complaints_about(case: Case) -> tuple[Case, ...]:
    """What the same person has complained of it, the newest first."""
    mine = Case.select().where(Case.kind == "complaint", Case.account == case.account_id, Case.about == case)
    return tuple(mine.order_by(Case.id.desc())) if case.kind == "application" else ()


def child_of(row: Case | Draft) -> str:
    """The name of the person whom an application, or a draft of one, is about; "" where it names nobody."""
    if row.kind != "application":
        return ""
    people = read_people(get_passport(row.service, row.edition), row.answers, row.facts)
    return people[0].name if people else ""


def _stages(
    stages: tuple[Stage, ...], reached: int, events: list[Event]
) -> tuple[tuple[Text, dt.datetime | None], ...]:
    """Those that are still to come bear no moment, though a case may have been there before."""
    moments = (next((event.at for event in events if event.kind in stage.events), None) for stage in stages)
    return tuple(
        (stage.label, at if place <= reached else None)
        for place, (stage, at) in enumerate(zip(stages, moments, strict=True))
    )
