"""Submission: one draft becomes one case, exactly once, with everything that belongs to it in one transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from ...gateways.registries import RegistryClient
from ...models import Account, Case, Consent, Draft, Organisation
from .. import numbers
from ..cases import contacts, register_checks
from ..cases import names as case_names
from ..cases.submissions import submit_once
from ..cases.timeline import add_event, find_by_draft
from ..files import documents
from ..journeys.answers import canonical_text, consents
from ..journeys.drafts import journey_of
from ..journeys.journey import Journey
from ..journeys.people import found_by
from ..local_time import local
from ..passports.schema import Passport, Text
from ..procedures.protocol import AlreadyUnderWay
from ..procedures.registry import procedure_of
from ..records import audit
from ..reference import directory as reference
from ..reference.provision import responsible_body
from ..signatures.signing import Signed, channel_for
from ..signatures.text_hash import text_hash
from ..terms import days_off as calendar
from ..terms.working_time import WeekHours, end_of_term, registration_moment
from ..terms.working_weeks import is_working_day
from .obstacles import broken_age, find_own
from .receipt import hand_over_receipt


class AnswersIncomplete(ValueError):
    """A step is still to be answered; nothing is sent before."""


class ChildTooOld(ValueError):
    """On the day of submission the child is past the service's age; `message` is the passport's word on it."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def submit_application(
    account: Account,
    draft: Draft,
    passport: Passport,
    lang: str,
    signature: Signed,
    registries: RegistryClient,
    now: dt.datetime,
) -> Case:
    """Sign and submit. A second call for the same draft returns the same case, whatever its code.

    Application, signature, consents, events, what the procedure does first, papers, messages and audit are one
    transaction; the registers are asked before it. Raises AnswersIncomplete, ChildTooOld, AlreadyUnderWay and the
    problems of a code.
    """
    sent = find_by_draft(account, draft.key)
    if sent is not None:
        return sent
    journey = journey_of(draft, passport, now)
    too_old = broken_age(journey, now)
    if too_old is not None:
        raise ChildTooOld(too_old)
    if not journey.is_complete:
        raise AnswersIncomplete(draft.key)
    text = canonical_text(journey, account, lang)
    findings = register_checks.ask_registers(account, journey, registries)
    return submit_once(
        account,
        draft,
        text,
        signature,
        now,
        lambda: _create(account, draft, journey, lang, text, findings, signature.method, now),
    )


def _create(
    account: Account,
    draft: Draft,
    journey: Journey,
    lang: str,
    text: str,
    findings: register_checks.Findings,
    method: str,
    now: dt.datetime,
) -> Case:
    passport, procedure = journey.passport, procedure_of(journey.passport)
    own = find_own(account, journey, journey.people)
    if own is not None and own.draft_key != draft.key:  # the same draft twice at once is one case
        raise AlreadyUnderWay(procedure.under_way, own.number)
    body = responsible_body(journey)
    registered = registration(passport, body, now)
    contacts.take_language(account, journey.relevant_answers())
    case = Case.create(
        number=numbers.new_case_number(),
        kind="application",
        draft_key=draft.key,
        account=account,
        service=passport.id,
        edition=passport.edition,
        channel=channel_for(passport, method, demo=True) or "portal",
        language=account.language,
        body=body,
        state="submitted",
        is_open=procedure.decided_by_officers,  # another one calls an officer only when it cannot help itself
        answers=journey.relevant_answers(),
        facts=draft.facts,
        unchecked=bool(findings.pending),
        receipt_code=numbers.new_code(8),
        contact_phone=contacts.named_phone(passport.fields(), journey.relevant_answers(), account),
        submitted_at=now,
        registered_at=registered.at,
        due_at=registered.due,
    )
    _write_beside(case, account, journey, lang, findings, registered, now)
    procedure.begin(case, journey, now)
    audit.record(f"account:{account.id}", "submit", f"case:{case.id}", now, service=passport.id, text=text_hash(text))
    return case


def _write_beside(
    case: Case,
    account: Account,
    journey: Journey,
    lang: str,
    findings: register_checks.Findings,
    registered: Registration,
    now: dt.datetime,
) -> None:
    """What a new case leaves beside itself: files, consents, events, checks, names, the receipt."""
    documents.attach(case, case.answers)
    for purpose, statement in consents(journey, lang).items():
        Consent.create(account=account, case=case, purpose=purpose, statement=statement, given_at=now)
    add_event(case, "submitted", now, "citizen")
    add_event(case, "registered", now, counts_from=registered.at.isoformat(), later=registered.later)
    register_checks.open_checks(case, findings, now)
    names, digits = found_by(journey.passport, case.answers, case.facts)
    case_names.write_names(case, (account.name, *names), digits)
    hand_over_receipt(case, journey, now)


@dataclass(frozen=True)
class Registration:
    """When an application counts as registered and when its answer is due.

    `later` says why it is not registered the moment it arrives: "day_off", "after_hours", or "" where it is.
    """

    at: dt.datetime
    due: dt.datetime
    later: Literal["", "day_off", "after_hours"]


def registration(passport: Passport, body: Organisation, now: dt.datetime) -> Registration:
    """What happens with an application that arrives now, by the body's hours, the terms and the calendar."""
    days_off = calendar.load_calendar(now)
    hours = reference.organisation_hours(body, passport) or WeekHours(always=True)
    at = registration_moment(hours, days_off, now, passport.terms.after_hours)
    today = local(now).date()
    later: Literal["", "day_off", "after_hours"] = ""
    if local(at).date() != today:
        later = "after_hours" if is_working_day(days_off, today) else "day_off"
    return Registration(at, end_of_term(days_off, at, passport.terms.service), later)
