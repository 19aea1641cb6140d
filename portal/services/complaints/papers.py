"""The papers of a complaint: its confirmation (талон), the notice of more time, the answer.

Every function belongs inside the transaction of what it puts on paper.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ...models import Case, Paper, StaffMember
from .. import numbers
from ..local_time import local
from ..papers.appeals import filing, way
from ..papers.drafts import NO_NUMBER, PaperDraft
from ..papers.issuing import issue_paper
from ..papers.labels import post
from ..papers.paper_kinds.complaint_answer import ComplaintAnswerData
from ..papers.paper_kinds.complaint_extension import ComplaintExtensionData
from ..papers.paper_kinds.complaint_receipt import ComplaintReceiptData
from ..passports.complaint_routes import next_routes
from ..passports.schema import ComplaintRoute, Passport
from .signed_words import ANSWER_PLACE, ANSWER_PLACE_STATED, AS_STATED, COURT

Outcome = Literal["satisfied", "partly", "refused"]


def issue_receipt(case: Case, passport: Passport, route: ComplaintRoute, now: dt.datetime) -> Paper:
    """The confirmation, of this registration: who accepted it, when the answer comes, where to turn next."""
    lang, place = case.language, ANSWER_PLACE_STATED if case.account.stated_phone else ANSWER_PLACE
    body = getattr(case.body, f"name_{lang}")
    data = ComplaintReceiptData(
        number=case.number,
        incoming_number=case.incoming_number,
        arrived_at=case.submitted_at.isoformat(),
        registered_on=local(case.registered_at).date().isoformat(),
        accepted_by=case.accepted_by,
        due_on=local(case.due_at).date().isoformat(),
        answer_place=place[lang].format(address=getattr(case.body, f"address_{lang}")).strip(),
        complainant=_complainant(case),
        body=body,
        addressee=body,
        subject=passport.title.in_(lang),
        next_instance=" ".join(way(after, lang) for after in next_routes(passport, route.to)) or COURT[lang],
        receipt_code=case.receipt_code,
    )
    return issue_paper(case, "complaint_receipt", data, now, lang)


def issue_extension(case: Case, reason: str, signed_by: StaffMember, now: dt.datetime) -> Paper:
    """The notice that the answer takes longer; `case.due_at` is the new last day."""
    lang = case.language
    data = ComplaintExtensionData(
        number=case.number,
        incoming_number=case.incoming_number,
        body=getattr(case.body, f"name_{lang}"),
        letter_number=numbers.next_letter_number(case.body.code, now),
        complainant=_complainant(case),
        reason=reason,
        due_on=local(case.due_at).date().isoformat(),
        signer_post=post(signed_by.role, lang),
        signer_name=signed_by.name,
    )
    return issue_paper(case, "complaint_extension", data, now, lang)


def issue_answer(
    case: Case,
    passport: Passport,
    to: str,
    answer: Outcome,
    reasons: str,
    remedy: str,
    signed_by: StaffMember,
    now: dt.datetime,
) -> Paper:
    """The answer of the instance `to`, with the instances that are left."""
    letter = numbers.next_letter_number(case.body.code, now)
    data = word_answer(case, passport, to, answer, reasons, remedy, signed_by, letter)
    return issue_paper(case, "complaint_answer", data, now, case.language)


def draft_answer(
    case: Case,
    passport: Passport,
    to: str,
    answer: Outcome,
    reasons: str,
    remedy: str,
    signed_by: StaffMember,
    now: dt.datetime,
) -> PaperDraft:
    """The same paper before it is issued."""
    data = word_answer(case, passport, to, answer, reasons, remedy, signed_by, NO_NUMBER)
    return PaperDraft("complaint_answer", case.language, data, now)


def word_answer(
    case: Case,
    passport: Passport,
    to: str,
    answer: Outcome,
    reasons: str,
    remedy: str,
    signed_by: StaffMember,
    letter_number: str,
) -> ComplaintAnswerData:
    """What the answer of the instance `to` says."""
    lang = case.language
    return ComplaintAnswerData(
        number=case.number,
        incoming_number=case.incoming_number,
        body=getattr(case.body, f"name_{lang}"),
        letter_number=letter_number,
        complainant=_complainant(case),
        subject=passport.title.in_(lang),
        answer=answer,
        reasons=reasons,
        remedy=remedy,
        appeal=tuple(way(route, lang) for route in next_routes(passport, to)),
        filing=filing(next_routes(passport, to), lang),
        appeal_note=passport.complaints_law.in_(lang) if passport.complaints_law else "",
        signer_post=post(signed_by.role, lang),
        signer_name=signed_by.name,
    )


def _complainant(case: Case) -> str:
    """The name, and that it is as stated where nothing but a phone was proved."""
    name = case.account.name
    return f"{name} ({AS_STATED[case.language]})" if case.account.stated_phone else name
