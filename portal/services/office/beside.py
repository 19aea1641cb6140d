"""What stands beside a case on its officer's page: papers, notes, other cases, ready texts, what was written before.

Rows of several tables, read in one query: a page that is opened a hundred times a day asks the database ten times.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from dataclasses import dataclass
from typing import Any

from peewee import SQL, Value, fn

from ...db import db
from ...models import Account, Case, CaseName, CaseNote, Decision, Locality, Paper, ReadyText, StaffMember
from ..cases.names import name_key
from ..journeys.people import read_people
from ..languages import LANGUAGES
from ..procedures.rules import HEAD
from ..review.desk import Desk
from ..review.drafts import Around
from ..review.papers import is_town_of
from . import notices

TAGS = ("paper", "note", "earlier", "ready", "head", "town")
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
_Row = tuple[str, int, str, str, str, str, str, dt.datetime, dt.datetime | None]


@dataclass(frozen=True)
class IssuedPaper:
    """`replaced_at`: since when it does not hold any more."""

    code: str
    kind: str
    issued_at: dt.datetime
    replaced_at: dt.datetime | None


@dataclass(frozen=True)
class Note:
    """A note of the office's own."""

    text: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class OtherCase:
    """Another case of the same body: of the same applicant, or about the same person (`same_person`), which
    somebody else may have sent (`other_applicant`)."""

    number: str
    service: str
    state: str
    kind: str
    applicant: str
    submitted_at: dt.datetime
    same_person: bool
    other_applicant: bool


@dataclass(frozen=True)
class Ready:
    """Words that the body keeps ready; `kind`: message, refusal, correction."""

    kind: str
    title: str
    text: str
    id: int


@dataclass(frozen=True)
class Earlier:
    """A decision that was prepared and came to nothing: what it said, and why a head handed it back, if one did."""

    kind: str
    ground: str
    explanation: str
    returned: str


@dataclass(frozen=True)
class Beside:
    """Newest first, but for ready texts, which stand by title."""

    papers: tuple[IssuedPaper, ...]
    notes: tuple[Note, ...]
    others: tuple[OtherCase, ...]
    ready: tuple[Ready, ...]
    earlier: Earlier | None
    body: Around
    notices: notices.Notices


def read(desk: Desk, staff: StaffMember, now: dt.datetime) -> Beside:
    """All of it; one query."""
    case = desk.case
    selects = [
        _papers(case),
        _notes(case),
        *_other_cases(desk),
        _earlier(case),
        _ready(case),
        _heads(case),
        _towns(case),
    ]
    selects += [_counted(staff, kind, column) for kind, column in notices.counters(staff, now).items()]
    rows: list[_Row] = list(functools.reduce(operator.add, selects).bind(db).tuples())
    rows.sort(key=lambda row: (row[7] or _LONG_AGO, row[1]), reverse=True)
    of = {
        tag: [row for row in rows if row[0] == tag]
        for tag in ("paper", "note", "other", "earlier", "ready", "head", "town")
    }
    persons = {row[2] for row in rows if row[0] == "person"}
    own = {row[2] for row in of["other"]}
    others = {row[2]: row for row in rows if row[0] in ("other", "person")}
    return Beside(
        papers=tuple(IssuedPaper(row[2], row[3], row[7], row[8]) for row in of["paper"]),
        notes=tuple(Note(row[2], row[3], row[7]) for row in of["note"]),
        others=tuple(
            OtherCase(*row[2:8], same_person=number in persons, other_applicant=number not in own)
            for number, row in others.items()
        ),
        ready=tuple(sorted((Ready(*row[2:5], id=row[1]) for row in of["ready"]), key=lambda ready: ready.title)),
        earlier=next((Earlier(*row[2:6]) for row in of["earlier"]), None),
        body=Around(tuple(row[2] for row in of["head"]), _town(of["town"])),
        notices={row[0][1:]: row[1] for row in rows if row[0].startswith("=")},
    )


def _papers(case: Case) -> Any:
    """First of all: its columns say what those of the others are."""
    columns = _columns("paper", Paper.id, (Paper.code, Paper.kind), Paper.issued_at, Paper.replaced_at)
    return Paper.select(*columns).where(Paper.case == case)


def _notes(case: Case) -> Any:
    columns = _columns("note", CaseNote.id, (CaseNote.text, StaffMember.name), CaseNote.at)
    return CaseNote.select(*columns).join(StaffMember).where(CaseNote.case == case)


def _other_cases(desk: Desk) -> list[Any]:
    """Of the same body: what the same applicant sent, and what is about the same people; nothing of a complaint's."""
    if desk.standing.may_be_about_them:
        return []
    near = (Case.body == desk.case.body_id) & (Case.id != desk.case.id)
    texts = (Case.number, Case.service, Case.state, Case.kind, Account.name)
    other = Case.select(*_columns("other", Case.id, texts, Case.submitted_at)).join(Account)
    person = Case.select(*_columns("person", Case.id, texts, Case.submitted_at)).join(Account)
    people = read_people(desk.passport, desk.case.answers, desk.case.facts) if desk.complaint is None else ()
    keys = [name_key(someone.iin) for someone in people if someone.iin]
    named = CaseName.select(CaseName.case).where(CaseName.body == desk.case.body_id, CaseName.name.in_(keys))
    same = [person.where(near, Case.id.in_(named))] if keys else []
    return [other.where(near, Case.account == desk.case.account_id), *same]


def _earlier(case: Case) -> Any:
    texts = (Decision.kind, Decision.ground, Decision.explanation, fn.COALESCE(Decision.returned, ""))
    columns = _columns("earlier", Decision.id, texts, Decision.prepared_at)
    return Decision.select(*columns).where(Decision.case == case, Decision.state.in_(("returned", "dropped")))


def _ready(case: Case) -> Any:
    columns = _columns("ready", ReadyText.id, (ReadyText.kind, ReadyText.title, ReadyText.text), ReadyText.changed_at)
    return ReadyText.select(*columns).where(ReadyText.body == case.body_id)


def _heads(case: Case) -> Any:
    of_body = (StaffMember.organisation == case.body_id) & StaffMember.is_active & (StaffMember.role == HEAD)
    return StaffMember.select(*_columns("head", StaffMember.id, (StaffMember.name,), StaffMember.created_at)).where(
        of_body
    )


def _towns(case: Case) -> Any:
    names = (Locality.name_kk, Locality.name_ru, Locality.name_en)
    return Locality.select(*_columns("town", Locality.id, names, SQL("NULL"))).where(is_town_of(case.body))


def _town(rows: list[_Row]) -> dict[str, str]:
    """The first of them, in each language."""
    first = min(rows, key=lambda row: row[1], default=None)
    return dict(zip(LANGUAGES, first[2:5], strict=True)) if first is not None else {}


def _counted(staff: StaffMember, kind: str, column: Any) -> Any:
    me = StaffMember.select(*_columns(f"={kind}", column, (), StaffMember.created_at))
    return me.where(StaffMember.id == staff.id)


def _columns(tag: str, id: Any, texts: tuple[Any, ...], at: Any, until: Any = None) -> tuple[Any, ...]:
    blank = [Value("")] * (5 - len(texts))
    return (Value(tag), id, *texts, *blank, at, SQL("NULL") if until is None else until)
