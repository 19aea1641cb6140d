"""What went before a complaint: the decision it is about, the answers of the instances before, as it is quoted."""

from __future__ import annotations

import datetime as dt

from ...models import Case, Complaint, Event, Paper
from ..kinds import Words
from ..languages import format_date
from ..papers.issuing import decisions
from ..papers.paper_kinds import PAPERS
from .signed_words import HISTORY

_PRIVILEGE_DENIED = Words(
    kk="Жеңілдікті растамау туралы шешім",
    ru="Решение не подтверждать льготу",
    en="Decision not to confirm the privilege",
)


def quote_decision(case: Case, lang: str) -> str:
    """The decision of a case by its kind, number and date, with the reason that it gives; "" where there is none."""
    found = (Paper.case == case) & Paper.kind.in_(decisions()) & Paper.replaced_at.is_null()
    paper = Paper.select().where(found).order_by(Paper.id.desc()).first()
    denied = _denied_privilege(case, lang, paper.issued_at if paper else None)
    if paper is None or denied:
        return denied
    number = paper.data.get("letter_number") or paper.data.get("order_number") or paper.data["number"]
    reason = paper.data.get("explanation", "")
    said = f"{PAPERS.get(paper.kind).title.in_(lang)}, {number}, {format_date(paper.issued_at, lang)}"
    return f"{said}: «{reason}»" if reason else said


def _denied_privilege(case: Case, lang: str, since: dt.datetime | None) -> str:
    """An officer's no to a privilege, where no paper is newer: the queue's notice comes with it; "" for none."""
    no = Event.select().where(Event.case == case, Event.kind == "claim_turned_down").order_by(Event.id.desc()).first()
    if no is None or (since is not None and no.at < since):
        return ""
    said = f"{_PRIVILEGE_DENIED.in_(lang)}, {case.number}, {format_date(no.at, lang)}"
    return f"{said}: «{no.data['text']}»" if no.data.get("text") else said


def may_go_on(case: Case, now: dt.datetime) -> bool:
    """Whether the next instance is open: the complaint is answered, or its term is over."""
    if case.kind != "complaint" or case.state == "withdrawn":
        return False
    return not case.is_open or case.due_at <= now


def find_following(case: Case) -> Case | None:
    """The complaint to the next instance, if it was sent."""
    details = (
        Complaint.select(Complaint, Case)
        .join(Case, on=(Complaint.case == Case.id))
        .where(Complaint.previous == case, Case.state != "withdrawn")
    )
    found = details.order_by(Complaint.id.desc()).first()
    return found.case if found is not None else None


def list_chain(case: Case) -> list[tuple[Case, Complaint]]:
    """This complaint and those of the instances before it, oldest first."""
    chain: list[tuple[Case, Complaint]] = []
    step: Case | None = case
    while step is not None and len(chain) < 10:
        details = Complaint.get(Complaint.case == step)
        chain.append((step, details))
        step = details.previous
    return chain[::-1]


def tell_history(case: Case, lang: str, now: dt.datetime) -> str:
    """The way so far as text for the next instance: each complaint, its answer or its silence, the first text."""
    words = HISTORY[lang]
    lines = [words["why"], "", ""]
    chain = list_chain(case)
    for step, details in chain:
        body = getattr(step.body, f"name_{lang}")
        lines.append(
            words["sent"].format(number=step.incoming_number, date=format_date(step.submitted_at, lang), body=body)
        )
        if details.answer and step.answered_at:
            date = format_date(step.answered_at, lang)
            lines.append(words[details.answer].format(date=date, reasons=details.reasons))
        else:
            lines.append(words["silent"].format(date=format_date(step.due_at, lang)))
    return "\n".join([*lines, "", words["first"], chain[0][0].answers.get("text", "")])
