"""Everything for the court as one PDF: a cover sheet with what happened, then each paper of the case and complaints.

The papers' seals hold in their own files; in the print-out their codes lead to them.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pikepdf

from ...models import Case, Event, Paper
from ..cases.event_words import court_words
from ..cases.submissions import signed_texts
from ..languages import format_date, format_moment
from ..papers import issuing, sealed_files
from ..papers.paper_kinds import PAPERS
from ..papers.sealed_files import SealingDesk
from ..papers.typesetting import typeset
from ..passports.schema import Passport
from ..records import audit
from .court_sheet_words import COURT_SHEET
from .history import list_chain, may_go_on


class TooEarly(ValueError):
    """The complaint is not answered, and its term runs."""


def print_for_court(case: Case, passport: Passport, lang: str, desk: SealingDesk, now: dt.datetime) -> bytes:
    """Not inside a transaction. Raises TooEarly and what sealed_papers.get_pdf does."""
    if not may_go_on(case, now):
        raise TooEarly(case.number)
    files = list_files(case)
    found = [paper for file in files for paper in reversed(issuing.list_papers(file))]
    with pikepdf.new() as whole:
        for pdf in (_cover(files, found, passport, lang, now), *(sealed_files.get_pdf(p, desk, now) for p in found)):
            with pikepdf.open(io.BytesIO(pdf)) as part:
                whole.add_pages_from(part, forms="strip")  # seals hold in their own files only
        out = io.BytesIO()
        whole.save(out)
    audit.record(f"account:{case.account_id}", "print_for_court", f"case:{case.id}", now)
    return out.getvalue()


def list_files(case: Case) -> list[Case]:
    """The case that the complaint is about, and the complaints of all instances, oldest first."""
    return [*([case.about] if case.about else []), *(step for step, _ in list_chain(case))]


def _cover(files: list[Case], found: list[Paper], passport: Passport, lang: str, now: dt.datetime) -> bytes:
    words, last, texts = COURT_SHEET[lang], files[-1], signed_texts(files)
    route = next((route for route in passport.complaints if route.to == "court"), None)
    sheet: dict[str, Any] = {
        "language": lang,
        "title": words["title"],
        "court": f"{route.name.in_(lang)}: {route.when.in_(lang)}" if route else "",
        "facts": [
            (words["complainant"], last.account.name),
            (words["iin"], last.account.iin),
            (words["address"], last.answers.get("address", "")),
            (words["service"], passport.title.in_(lang)),
            (words["printed"], format_moment(now, lang)),
        ],
        "happened": words["happened"],
        "lines": _chronology(files, lang),
        "signed": [
            (words["signed"] + f" {file.incoming_number or file.number}", texts[file.id].split("\n"))
            for file in files
            if file.id in texts
        ],
        "papers": words["papers"],
        "list": [
            f"{PAPERS.get(p.kind).title.in_(p.language)}, {format_date(p.issued_at, lang)}, {words['code']} {p.code}"
            for p in found
        ],
        "empty": words["empty"],
    }
    return typeset("court.typ", sheet)


def _chronology(files: list[Case], lang: str) -> list[tuple[str, str, str]]:
    """When, in which case, what happened; the oldest first."""
    numbers, words = {file.id: file.incoming_number or file.number for file in files}, court_words()
    events = Event.select().where(Event.case.in_(files), Event.kind.in_(list(words)))
    return [
        (format_moment(event.at, lang), numbers[event.case_id], _said(event, words[event.kind].tell(lang, event.data)))
        for event in events.order_by(Event.at, Event.id)
    ]


def _said(event: Any, said: str) -> str:
    text = event.data.get("text", "")
    return f"{said} «{text}»" if text else said
