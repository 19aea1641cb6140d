"""Complaints by the passport's own routes: whom to write to, in what time the answer comes, and the confirmation of it.

A complaint names the body that considers it, the complainant's full name, IIN and postal address, whose decision or
action it is about, the circumstances, the date and a signature. The confirmation (талон) names the incoming number,
the date and time, who accepted it, and the term and place of the answer.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from ..db import db
from ..models import Account, Case, Complaint, Draft, Organisation
from . import audit, calendar, case_names, complaint_papers, numbers
from .cases import add_event
from .complaint_routes import routes
from .complaint_texts import LABELS
from .drafts import DraftNotFound
from .languages import format_date, local
from .notices import tell
from .passport_schema import ComplaintRoute, Passport
from .signing import Signed
from .submissions import submit_once
from .working_time import WeekHours, end_of_term, registration_moment


class ComplaintIncomplete(ValueError):
    """Something the law asks for is missing; nothing is sent before."""


@dataclass(frozen=True)
class Written:
    """A complaint as drafted. `about` is one of the complainant's own cases."""

    passport: Passport
    route: ComplaintRoute
    body: Organisation
    about: Case | None
    address: str
    official: str
    text: str


def list_bodies(passport: Passport, to: str, about: Case | None) -> list[Organisation]:
    """The bodies a complaint may be addressed to; of the case itself where it is about one."""
    if to == "provider" and about is not None:
        return [about.body]
    rows = Organisation.select().where(Organisation.kind.in_(_kinds(passport, to))).order_by(Organisation.id)
    return list(rows)


def _kinds(passport: Passport, to: str) -> tuple[str, ...]:
    if to != "provider":
        return (to,)
    in_queue = passport.procedure == "preschool_queue"
    return ("provider",) if in_queue or not _schools_serve(passport) else ("school",)


def _schools_serve(passport: Passport) -> bool:
    schools = Organisation.select().where(Organisation.kind == "school")
    return any(passport.id in school.hours for school in schools)


def start_complaint(account: Account, passport: Passport, to: str, about: Case | None, now: dt.datetime) -> Draft:
    """A draft of a complaint along one of the passport's routes; the one that was begun the same way goes on."""
    begun = {"to": to, "about": about.number if about else ""}
    with db.atomic():
        for draft in _drafts(account, passport):
            if {name: draft.answers.get(name) for name in begun} == begun:
                return draft
        return Draft.create(
            key=secrets.token_urlsafe(9),
            account=account,
            kind="complaint",
            service=passport.id,
            edition=passport.edition,
            answers=begun,
            started_at=now,
            saved_at=now,
        )


def _drafts(account: Account, passport: Passport) -> list[Draft]:
    mine = (Draft.account == account) & (Draft.kind == "complaint") & (Draft.service == passport.id)
    return list(Draft.select().where(mine).order_by(Draft.saved_at.desc()))


def get_draft(account: Account, key: str) -> Draft:
    """The account's own complaint in the making. Raises DraftNotFound."""
    draft = Draft.get_or_none(Draft.key == key, Draft.account == account, Draft.kind == "complaint")
    if draft is None:
        raise DraftNotFound(key)
    return draft


def save_complaint(draft: Draft, values: dict[str, Any], now: dt.datetime) -> None:
    """Save what was written."""
    draft.answers, draft.saved_at = {**draft.answers, **values}, now
    Draft.update(answers=draft.answers, saved_at=now).where(Draft.id == draft.id).execute()


def read_complaint(draft: Draft, passport: Passport) -> Written:
    """The complaint that a draft holds. Raises ComplaintIncomplete."""
    answers = draft.answers
    route = next((route for route in routes(passport) if route.to == answers.get("to")), None)
    about = Case.get_or_none(Case.number == answers.get("about"), Case.account == draft.account)
    bodies = list_bodies(passport, route.to, about) if route else []
    body = next((body for body in bodies if body.code == answers.get("body")), None)
    if route is None or body is None or not answers.get("address") or not answers.get("text"):
        raise ComplaintIncomplete(draft.key)
    return Written(passport, route, body, about, answers["address"], answers.get("official", ""), answers["text"])


def complaint_text(complaint: Written, account: Account, lang: str, now: dt.datetime) -> str:
    """The text that is shown, signed and kept: lines with LF between them."""
    words = LABELS[lang]
    lines = [
        (words["to"], getattr(complaint.body, f"name_{lang}")),
        (words["complainant"], account.name),
        (words["iin"], account.iin),
        (words["address"], complaint.address),
        (words["service"], complaint.passport.title.in_(lang)),
        (words["about"], complaint.about.number if complaint.about else ""),
        (words["official"], complaint.official),
        (words["text"], complaint.text),
        (words["date"], format_date(now, lang)),
    ]
    return "\n".join([words["title"], *(f"{label}: {value}" for label, value in lines if value)])


def submit_complaint(
    account: Account, draft: Draft, passport: Passport, lang: str, signature: Signed, now: dt.datetime
) -> Case:
    """Sign and register the complaint; a second call for the same draft returns the same case.

    Raises ComplaintIncomplete and the problems of a code.
    """
    complaint = read_complaint(draft, passport)
    text = complaint_text(complaint, account, lang, now)
    return submit_once(account, draft, text, signature, now, lambda: _register(account, draft, complaint, now))


def registration(route: ComplaintRoute, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """When a complaint counts as registered, and when its answer is due.

    What arrives on a day that is not a working day is registered on the next one; the term counts from the day after.
    """
    days_off = calendar.load_calendar(now)
    registered = registration_moment(WeekHours(always=True), days_off, now, "next_working_day")
    assert route.term is not None, "only a court has no term, and no complaint is brought to court here"
    return registered, end_of_term(days_off, registered, route.term)


def accepted_by(body: Organisation) -> str:
    """Who accepts what arrives by itself: the duty officer on the body's behalf, never nobody."""
    return body.duty_officer or body.name_kk


def _register(account: Account, draft: Draft, complaint: Written, now: dt.datetime) -> Case:
    body, passport = complaint.body, complaint.passport
    registered, due = registration(complaint.route, now)
    year = local(registered).year
    case = Case.create(
        number=numbers.new_case_number(),
        kind="complaint",
        draft_key=draft.key,
        account=account,
        service=passport.id,
        edition=passport.edition,
        language=account.language,
        body=body,
        incoming_number=numbers.incoming_number(
            "complaint", year, numbers.next_in_series(body.code, "complaint", year)
        ),
        accepted_by=accepted_by(body),
        about=complaint.about,
        state="submitted",
        answers=draft.answers,
        receipt_code=numbers.new_code(8),
        submitted_at=now,
        registered_at=registered,
        due_at=due,
    )
    case_names.write_names(case, account.name, {})
    add_event(case, "submitted", now, "citizen")
    add_event(case, "complaint_registered", now, number=case.incoming_number, accepted_by=case.accepted_by)
    Complaint.create(case=case, to=complaint.route.to, against="body", official=complaint.official)
    complaint_papers.issue_receipt(case, passport, complaint.route, now)
    tell(case, "complaint_received", now, number=case.incoming_number, due=local(due).strftime("%d.%m.%Y"))
    audit.record(f"account:{account.id}", "complain", f"case:{case.id}", now, service=passport.id)
    return case
