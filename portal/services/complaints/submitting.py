"""Complaints by the passport's own routes: whom to write to, in what time the answer comes, and the confirmation of it.

A complaint names the body that considers it, the complainant's full name, IIN and postal address, whose decision or
action it is about, the circumstances, the date and a signature. The confirmation (талон) names the incoming number,
the date and time, who accepted it, and the term and place of the answer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ...db import db
from ...models import Account, Case, Complaint, Draft, Organisation, StaffMember
from .. import numbers
from ..cases import names as case_names
from ..cases.submissions import submit_once
from ..cases.timeline import add_event
from ..files import documents
from ..files.slots import FILES_OF_A_COMPLAINT
from ..journeys.answers import with_hash
from ..journeys.drafts import DraftNotFound
from ..languages import format_date
from ..local_time import local
from ..messages.notices import tell
from ..passports.schema import ComplaintRoute, Passport
from ..records import audit
from ..signatures.signing import Signed
from . import in_my_name, moving
from . import papers as complaint_papers
from .addressees import KEPT_AS, fitting, list_choices
from .history import quote_decision
from .registration import accepted_by, registration
from .signed_words import LABELS

FILES = FILES_OF_A_COMPLAINT.id


class ComplaintIncomplete(ValueError):
    """Something the law asks for is missing; nothing is sent before."""


class WrongAddressee(ValueError):
    """It is addressed to an instance that the passport does not have for it; it moves over before it is sent."""


@dataclass(frozen=True)
class Written:
    """A complaint as drafted. `about` is one of the complainant's own cases; `fits` says whether the passport has the
    chosen instance for it, `ways` which it has, the proposed one first."""

    passport: Passport
    route: ComplaintRoute
    body: Organisation
    about: Case | None
    address: str
    official: str
    text: str
    against: str
    ways: tuple[ComplaintRoute, ...]
    outcome: str = ""
    previous: Case | None = None
    files: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        return self.route.to in [way.to for way in self.ways]


def get_draft(account: Account, key: str) -> Draft:
    """The account's own complaint in the making. Raises DraftNotFound."""
    draft = Draft.get_or_none(Draft.key == key, Draft.account == account, Draft.kind == "complaint")
    if draft is None:
        raise DraftNotFound(key)
    return draft


def save_complaint(draft: Draft, values: dict[str, Any], now: dt.datetime) -> None:
    """Save what was written. What the draft has got meanwhile, files among it, stays."""
    with db.atomic():
        kept = Draft.get_by_id(draft.id).answers
        draft.answers, draft.saved_at = {**kept, **values}, now
        Draft.update(answers=draft.answers, saved_at=now).where(Draft.id == draft.id).execute()


def ways_of(draft: Draft, passport: Passport) -> list[ComplaintRoute]:
    """The instances that the passport has for the complaint of a draft, the proposed one first."""
    return fitting(passport, draft.answers.get("against", "provider"), *find_related(draft))


def find_related(draft: Draft) -> tuple[Case | None, Case | None]:
    """The complainant's own case that it is about, and the complaint that it follows."""
    numbers = [draft.answers.get(name) or "" for name in ("about", "previous")]
    own = Case.select().where(Case.number.in_(list(filter(None, numbers))), Case.account == draft.account)
    found = {case.number: case for case in own} if any(numbers) else {}
    return found.get(numbers[0]), found.get(numbers[1])


def read_complaint(draft: Draft, passport: Passport) -> Written:
    """The complaint that a draft holds. Raises ComplaintIncomplete."""
    answers = draft.answers
    about, previous = find_related(draft)
    chosen = [
        (route, body)
        for route, bodies in list_choices(passport, about)
        for body in bodies
        if body.code == answers.get("body")
    ]
    against = answers.get("against", "provider")
    if not chosen or not answers.get("address") or not answers.get("text"):
        raise ComplaintIncomplete(draft.key)
    route, body = chosen[0]
    return Written(
        passport, route, body, about, answers["address"], answers.get("official", ""), answers["text"], against,
        ways=tuple(fitting(passport, against, about, previous)),
        outcome=answers.get("outcome", ""),
        previous=previous,
        files=tuple(map(with_hash, documents.list_documents(draft.key, FILES))),
    )  # fmt: skip


def complaint_text(complaint: Written, account: Account, lang: str, now: dt.datetime) -> str:
    """The text that is shown, signed and kept: lines with LF between them."""
    words, about, previous = LABELS[lang], complaint.about, complaint.previous
    lines = [
        (words["to"], getattr(complaint.body, f"name_{lang}")),
        (words["complainant"], account.name),
        (words["iin"], account.iin),
        (words["phone"], account.stated_phone),
        (words["address"], complaint.address),
        (words["service"], complaint.passport.title.in_(lang)),
        (words["about"], about.number if about else ""),
        (words["decision"], quote_decision(about, lang) if about else ""),
        (words["previous"], previous.incoming_number if previous else ""),
        (words["official"], complaint.official),
        (words["text"], complaint.text),
        (words["outcome"], complaint.outcome),
        (words["files"], "; ".join(complaint.files)),
        (words["date"], format_date(now, lang)),
    ]
    return "\n".join([words["title"], *(f"{label}: {value}" for label, value in lines if value)])


def foresee(complaint: Written) -> tuple[ComplaintRoute, Organisation]:
    """The instance and the body that it really goes to once it is sent: not always the one that it is addressed to."""
    case = Case(kind="complaint", body=complaint.body, about=complaint.about)
    row = Complaint(to=complaint.route.to, official=complaint.official, previous=complaint.previous)
    return moving.foresee((complaint.route, complaint.body), case, row, complaint.passport)


def submit_complaint(
    account: Account,
    draft: Draft,
    passport: Passport,
    lang: str,
    signature: Signed,
    now: dt.datetime,
    *,
    channel: str = "portal",
    opened_by: StaffMember | None = None,
) -> Case:
    """Sign and register the complaint; a second call for the same draft returns the same case.

    `opened_by`: who of the contact centre wrote it for a caller. Raises ComplaintIncomplete, WrongAddressee and the
    problems of a code.
    """
    complaint = read_complaint(draft, passport)
    if not complaint.fits:
        raise WrongAddressee(draft.key)
    text = complaint_text(complaint, account, lang, now)

    def register() -> Case:
        return _register(account, draft, complaint, now, channel, opened_by)

    return submit_once(account, draft, text, signature, now, register)


def _register(
    account: Account,
    draft: Draft,
    complaint: Written,
    now: dt.datetime,
    channel: str,
    opened_by: StaffMember | None,
) -> Case:
    case = _create_case(account, draft, complaint, channel, now)
    documents.attach(case, case.answers)
    case_names.write_names(case, (account.name,))
    add_event(case, "submitted", now, "citizen")
    add_event(case, "complaint_registered", now, number=case.incoming_number, accepted_by=case.accepted_by)
    row = Complaint.create(
        case=case, to=complaint.route.to, against=KEPT_AS[complaint.against], official=complaint.official,
        outcome=complaint.outcome, previous=complaint.previous, opened_by=opened_by,
    )  # fmt: skip
    complaint_papers.issue_receipt(case, complaint.passport, complaint.route, now)
    tell(case, "complaint_received", now, number=case.incoming_number, due=local(case.due_at).strftime("%d.%m.%Y"))
    tell(case, "complaint_code", now, code=case.receipt_code)
    in_my_name.tell_owner(case, now)
    moving.pass_up(case, row, complaint.passport, now)
    audit.record(f"account:{account.id}", "complain", f"case:{case.id}", now, service=case.service)
    return case


def _create_case(account: Account, draft: Draft, complaint: Written, channel: str, now: dt.datetime) -> Case:
    body, passport = complaint.body, complaint.passport
    registered, due = registration(complaint.route, now)
    year = local(registered).year
    return Case.create(
        number=numbers.new_case_number(),
        kind="complaint",
        draft_key=draft.key,
        account=account,
        service=passport.id,
        edition=passport.edition,
        channel=channel,
        language=account.language,
        body=body,
        incoming_number=numbers.incoming_number(
            "complaint", year, numbers.next_in_series(body.code, "complaint", year)
        ),
        accepted_by=accepted_by(body, complaint.official),
        about=complaint.about,
        state="submitted",
        answers={**draft.answers, "to": complaint.route.to},
        receipt_code=numbers.new_code(8),
        submitted_at=now,
        registered_at=registered,
        due_at=due,
    )
