"""A case as its officer reads it: everything for one screen, in few queries; opening it is on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from ...gateways.storage import Storage
from ...models import Case, Document, Event, StaffMember
from ..cases.correspondence import Letter, list_letters
from ..cases.event_words import for_citizens
from ..complaints import file as complaint_files
from ..complaints.file import ComplaintFile
from ..files import documents
from ..iin import mask
from ..journeys.answer_checks import find_broken
from ..journeys.answers import DescribedAnswer, describe, display
from ..journeys.journey import Journey
from ..local_time import local
from ..papers.drafts import PaperDraft
from ..passports.schema import FieldSpec, Passport, Section
from ..procedures.protocol import Claim
from ..procedures.rules import NotImpartial
from ..records import audit
from ..reference import directory as reference
from ..review.corrections import correctable
from ..review.desk import Desk, get_desk
from ..terms import days_off
from ..terms.working_time import TimeLeft, WeekHours, time_left
from . import beside, case_papers
from .beside import Beside

# How the law's standard titles of a passport's rows name what an officer decides by: the term, the grounds.
LAW_ROWS = ("мерзімі", "бас тарту")


@dataclass(frozen=True)
class AnswerLine:
    """One answer; `known` says that a register gave it."""

    line: DescribedAnswer
    known: bool


@dataclass(frozen=True)
class CaseFile:
    """Everything that an officer sees of a case. `iin` is masked unless it was asked for.

    `events_before`: what happened to the complaint that this one
    follows.
    """

    desk: Desk
    iin: str
    is_revealed: bool
    lines: list[AnswerLine]
    warnings: tuple[str, ...]  # answers that do not fit together, in the reader's language
    events: list[Event]
    beside: Beside
    documents: list[Document]
    letters: list[Letter]
    left: TimeLeft
    correctable: tuple[FieldSpec, ...]
    law: tuple[Section, ...]
    complaint: ComplaintFile | None = None
    unconfirmed: tuple[Claim, ...] = ()
    events_before: tuple[Event, ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)  # field id -> before the corrections
    draft: PaperDraft | None = None  # of the decision under way, while it is not issued

    @property
    def case(self) -> Case:
        return self.desk.case

    @property
    def registered_later(self) -> bool:
        """Whether it was registered on another day than it was sent."""
        return local(self.case.registered_at).date() != local(self.case.submitted_at).date()


def open_file(staff: StaffMember, number: str, lang: str, now: dt.datetime, reveal: bool = False) -> CaseFile:
    """The case with all that belongs to it. That it was opened, or its IINs were shown (`reveal`), is on record.

    Raises CaseNotFound, and NotImpartial for who asks for the IIN of somebody who complains of them.
    """
    desk = get_desk(staff, number, now)
    if reveal and desk.standing.may_be_about_them:
        raise NotImpartial(number)
    case, passport = desk.case, desk.passport
    audit.record(f"staff:{staff.id}", "reveal_iin" if reveal else "view", f"case:{case.id}", now)
    journey = Journey(passport, case.answers, case.facts)
    events, before = _events(desk)
    around = beside.read(desk, staff, now)
    files = documents.list_case_documents(case)
    return CaseFile(
        desk=desk,
        iin=case.account.iin if reveal else mask(case.account.iin),
        is_revealed=reveal,
        lines=_lines(journey, lang, reveal) if case.kind == "application" else [],
        warnings=_warnings(case, passport, lang) if case.kind == "application" else (),
        events=events,
        events_before=before,
        beside=around,
        documents=files,
        letters=list_letters(case, files),
        left=left_of(case, staff, passport, now),
        correctable=correctable(journey) if case.kind == "application" else (),
        law=law_rows(passport),
        complaint=complaint_files.open_complaint(desk, now) if desk.complaint else None,
        changes=_changes(events, passport, lang, reveal),
        draft=case_papers.find_draft(desk, staff, now, around.body) if desk.has_draft else None,
        unconfirmed=desk.procedure.list_unconfirmed(case, passport, now) if case.unchecked else (),
    )


def _changes(events: list[Event], passport: Passport, lang: str, reveal: bool) -> dict[str, str]:
    """What the answers were before the citizen's corrections: of several to one answer, before the first."""
    were: dict[str, str] = {}
    for event in events:
        for name, value in (event.data.get("before") or {}).items() if event.kind == "corrected" else ():
            spec = passport.field(name)
            if spec is not None and spec.type != "upload":
                said = display(spec, value, lang, {})
                were[name] = mask(said) if spec.type == "iin" and not reveal else said
    return were


def _warnings(case: Case, passport: Passport, lang: str) -> tuple[str, ...]:
    """What of the answers does not fit together, as the applicant was told; some of it they confirmed."""
    broken = find_broken(passport, case.answers, case.facts, local(case.submitted_at).date())
    return tuple(one.check.message.in_(lang) for one in broken)


def _events(desk: Desk) -> tuple[list[Event], tuple[Event, ...]]:
    """The timeline of the case, and that of the complaint before it without what was its office's own; one query."""
    previous = desk.complaint.previous_id if desk.complaint else None
    cases = [id for id in (desk.case.id, previous) if id is not None]
    rows = list(Event.select().where(Event.case.in_(cases)).order_by(Event.at.desc(), Event.id.desc()))
    mine = [event for event in rows if event.case_id == desk.case.id]
    before = (event for event in rows if event.case_id == previous and event.kind in for_citizens())
    return mine, tuple(before)


def open_document(
    staff: StaffMember, number: str, key: str, storage: Storage, now: dt.datetime
) -> tuple[Document, bytes]:
    """A file of the case and what is in it. That it was looked at is on record.

    Raises CaseNotFound, and what documents.get_document() and read_document() raise.
    """
    document = documents.get_document(get_desk(staff, number, now).case, key)
    content = documents.read_document(document, storage)
    audit.record(f"staff:{staff.id}", "view_document", f"document:{document.id}", now)
    return document, content


def left_of(case: Case, staff: StaffMember, passport: Passport, now: dt.datetime) -> TimeLeft:
    """The working time to the deadline, by the hours of the officer's own body."""
    hours = reference.organisation_hours(staff.organisation, passport) or WeekHours(always=True)
    return time_left(hours, days_off.load_calendar(now), now, case.due_at)


def law_rows(passport: Passport) -> tuple[Section, ...]:
    """The passport's own rows on the term and on the grounds for refusal."""
    return tuple(
        section
        for section in passport.text
        if section.number and section.title and any(word in section.title.kk.casefold() for word in LAW_ROWS)
    )


def field_name(passport: Passport, id: str, lang: str) -> str:
    """How officers call an answer: the passport's short word for it, else the question."""
    spec = passport.field(id)
    return (spec.short or spec.label).in_(lang) if spec is not None else id


def _lines(journey: Journey, lang: str, reveal: bool) -> list[AnswerLine]:
    """The answers but for files, which stand beside them as pictures, and consents, without which nothing is sent."""
    types = {spec.id: spec.type for spec in journey.passport.fields()}
    said = {name: value for name, value in journey.answers.items() if types.get(name) not in ("upload", "consent")}
    shown = []
    for line in describe(Journey(journey.passport, said, journey.facts), lang):
        hidden = types.get(line.field) == "iin" and not reveal
        label = line.label and field_name(journey.passport, line.field, lang)
        line = DescribedAnswer(line.step, line.field, label, mask(line.value) if hidden else line.value)
        shown.append(AnswerLine(line, line.field in journey.facts))
    return shown
