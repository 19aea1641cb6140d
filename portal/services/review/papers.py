"""Orders and letters of a reviewed case: the words of its passport, the decision of its officers, numbered and issued.

Every function belongs inside the transaction of the decision it puts on paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from peewee import Expression

from ...models import Case, Locality, Organisation, Paper, StaffMember
from .. import numbers
from ..journeys.answers import in_sentences
from ..journeys.conditions import holds
from ..journeys.journey import Journey
from ..local_time import local
from ..papers.appeals import filing, way
from ..papers.issuing import issue_paper
from ..papers.labels import post
from ..papers.paper_kinds.certificate import CertificateData
from ..papers.paper_kinds.correction_request import CorrectionRequestData, TermEffect
from ..papers.paper_kinds.order import OrderData
from ..papers.paper_kinds.refusal import RefusalData
from ..passports import orders
from ..passports.schema import Passport


class GroundUnknown(ValueError):
    """A refusal needs a ground of the passport's own list."""


def issue_result(
    case: Case, passport: Passport, signed_by: StaffMember, now: dt.datetime, responsible: str = ""
) -> Paper:
    """The paper of a granted case, with the next number of the body's yearly series: an order or a certificate.

    `responsible`: post and name of who carries it out; the body's duty officer if nobody is named.
    """
    kind = orders.paper_kind(passport)
    series = str(numbers.next_in_series(case.body.code, kind, local(now).year))
    data = word_result(case, passport, signer(signed_by, case.language), series, responsible)
    return issue_paper(case, kind, data, now, case.language)


def signer(staff: StaffMember, lang: str) -> tuple[str, str]:
    """Post and name of who signs."""
    return post(staff.role, lang), staff.name


def word_result(
    case: Case,
    passport: Passport,
    signed_by: tuple[str, str],
    series: str,
    responsible: str = "",
    town: str | None = None,
) -> OrderData | CertificateData:
    """What the paper of a granted case says. `signed_by`: post and name; `series`: its number in the body's books;
    `town`: where the body is, where that is known already."""
    lang, body = case.language, case.body
    values = in_sentences(Journey(passport, case.answers, case.facts), lang) | {
        "number": case.number,
        "applicant": case.account.name,
        "body": _name(body, lang),
        "responsible": responsible or body.duty_officer,
        "legal_basis": "; ".join(law.in_(lang) for law in passport.legal_basis),
    }
    words = orders.write_order(passport, lang, values, lambda clause: holds(clause.when, case.answers, case.facts))
    said: dict[str, str] = {
        "number": case.number,
        "body": _name(body, lang),
        "place": _town(body, lang) if town is None else town,
        "subject": words.subject,
        "preamble": words.preamble,
        "signer_post": signed_by[0],
        "signer_name": signed_by[1],
        "title": words.title,
    }
    if orders.paper_kind(passport) == "certificate":
        return CertificateData(certificate_number=series, statements=words.clauses, **said)
    return OrderData(order_number=series, clauses=words.clauses, **said)


def issue_refusal(
    case: Case,
    passport: Passport,
    ground_ids: Sequence[str],
    explanation: str,
    signed_by: StaffMember,
    now: dt.datetime,
) -> Paper:
    """The letter of a refused case: grounds in the passport's words, the explanation, the way to complain.

    Raises GroundUnknown when there is no ground, or one that is not the passport's.
    """
    number, by = numbers.next_letter_number(case.body.code, now), signer(signed_by, case.language)
    data = word_refusal(case, passport, ground_ids, explanation, by, number)
    return issue_paper(case, "refusal", data, now, case.language)


def word_refusal(
    case: Case,
    passport: Passport,
    ground_ids: Sequence[str],
    explanation: str,
    signed_by: tuple[str, str],
    letter_number: str,
) -> RefusalData:
    """What the letter of a refused case says. `signed_by`: post and name. Raises GroundUnknown."""
    lang = case.language
    grounds = [ground for ground in passport.refusal_grounds if ground.id in ground_ids]
    if not grounds or len(grounds) != len(set(ground_ids)):
        raise GroundUnknown(", ".join(ground_ids))
    return RefusalData(
        service=passport.title.in_(lang),
        number=case.number,
        body=_name(case.body, lang),
        letter_number=letter_number,
        applicant=case.account.name,
        grounds=tuple((ground.text.in_(lang), ground.law.in_(lang) if ground.law else "") for ground in grounds),
        explanation=explanation,
        appeal=tuple(way(route, lang) for route in passport.complaints),
        filing=filing(passport.complaints, lang),
        appeal_note=passport.complaints_law.in_(lang) if passport.complaints_law else "",
        signer_post=signed_by[0],
        signer_name=signed_by[1],
    )


def issue_correction_request(
    case: Case,
    passport: Passport,
    wanted: Sequence[tuple[str, str]],
    asked_by: StaffMember,
    now: dt.datetime,
    *,
    text: str = "",
    until: dt.date | None = None,
    term: TermEffect = "runs_on",
) -> Paper:
    """The letter that asks for corrections. `wanted`: (field id, reason) pairs; `text`: the officer's own words;
    `until`: the last day to answer; `term`: what happens to the term of the service meanwhile."""
    lang = case.language
    labels = {field.id: field.label.in_(lang) for field in passport.fields()}
    data = CorrectionRequestData(
        service=passport.title.in_(lang),
        number=case.number,
        body=_name(case.body, lang),
        letter_number=numbers.next_letter_number(case.body.code, now),
        applicant=case.account.name,
        wanted=tuple((labels[field], reason) for field, reason in wanted),
        term=term,
        due_at=case.due_at.isoformat(),
        signer_post=post(asked_by.role, lang),
        signer_name=asked_by.name,
        text=text,
        until=until.isoformat() if until else "",
    )
    return issue_paper(case, "correction_request", data, now, lang)


def _name(body: Organisation, lang: str) -> str:
    return getattr(body, f"name_{lang}")


def is_town_of(body: Organisation) -> Expression:
    """Which towns the body is in, or serves."""
    return (Locality.code == body.locality_code) if body.locality_code else (Locality.body == body)


def _town(body: Organisation, lang: str) -> str:
    """Where the body is, if the reference data say so: a school's own town, or the first of those a body serves."""
    town = Locality.select().where(is_town_of(body)).order_by(Locality.id).first()
    return getattr(town, f"name_{lang}") if town else ""
