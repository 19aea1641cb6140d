"""Everything for the court as one PDF: a cover sheet with what happened, then each paper of the case and complaints.

The papers' seals hold in their own files; in the print-out their codes lead to them.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pikepdf

from ...models import Case, Event, Organisation, Paper
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

MOVES = ("forwarded", "passed_up")  # events that bring a complaint to another body, under another number


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
            (f"{words['signed']} {_called(file, lang)}", texts[file.id].split("\n"))
            for file in files
            if file.id in texts
        ],
        "papers": words["papers"],
        "list": [
            f"{PAPERS.get(p.kind).title.in_(p.language)}, {_paper_number(p)}, {format_date(p.issued_at, lang)}, "
            f"{words['code']} {p.code}"
            for p in found
        ],
        "empty": words["empty"],
    }
    return typeset("court.typ", sheet)


def _called(file: Case, lang: str) -> str:
    """A number and whose it is: each body has its own series, so that two complaints may bear the same one."""
    return _with_body(file.incoming_number or file.number, getattr(file.body, f"name_{lang}"))


def _with_body(number: str, body: str) -> str:
    return f"{number} ({body})"


def _paper_number(paper: Paper) -> str:
    return _with_body(paper.data.get("incoming_number") or paper.data["number"], paper.data["body"])


def _chronology(files: list[Case], lang: str) -> list[tuple[str, str, str]]:
    """When, in which case, what happened; the oldest first. A complaint bears the number that it had then."""
    words = court_words()
    rows = Event.select().where(Event.case.in_(files), Event.kind.in_(list(words)))
    events = list(rows.order_by(Event.at, Event.id))
    called = {file.id: _called_at_first(file, events, lang) for file in files}
    lines = []
    for event in events:
        if event.kind in MOVES:
            called[event.case_id] = _with_body(event.data["number"], event.data["names"][lang])
        lines.append(
            (
                format_moment(event.at, lang),
                called[event.case_id],
                _said(event, words[event.kind].tell(lang, event.data)),
            )
        )
    return lines


def _called_at_first(file: Case, events: list[Event], lang: str) -> str:
    mine = [event for event in events if event.case_id == file.id]
    left = next((event.actor for event in mine if event.kind in MOVES), "")
    number = next((event.data["number"] for event in mine if event.kind == "complaint_registered"), "")
    body = Organisation.get_or_none(Organisation.code == left) if left else file.body
    return _with_body(number or file.incoming_number or file.number, getattr(body or file.body, f"name_{lang}"))


def _said(event: Any, said: str) -> str:
    text = event.data.get("text", "")
    return f"{said} «{text}»" if text else said
