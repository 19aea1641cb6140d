"""What a paper says, and how it is laid on a sheet: kinds of papers, and the one shape that page and PDF draw. Pure.

Snapshots hold ready strings in the paper's language; dates and moments are ISO texts, moments with their zone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from . import languages
from .paper_texts import label, sentence, title

Line = tuple[str, str]


@dataclass(frozen=True)
class ReceiptData:
    """Қолхат: an application was received. `submitted_at`, `due_at`: ISO moments; `stated`: (label, value) pairs."""

    service: str
    number: str
    receipt_code: str
    submitted_at: str
    due_at: str
    applicant: str
    body: str
    stated: tuple[Line, ...] = ()


@dataclass(frozen=True)
class QueueNoticeData:
    """Хабарлама: a place in the kindergarten queue. `at`: ISO moment; `explanation`: a sentence about the number."""

    service: str
    number: str
    body: str
    child: str
    queue_number: int
    explanation: str
    locality: str
    birth_year: int
    instruction: str  # language of instruction
    priority: str  # class of the queue
    at: str


@dataclass(frozen=True)
class ReferralData:
    """Жолдама: a place in a kindergarten. `valid_until`: ISO date, its last day; `next`: what to do, sentences."""

    service: str
    number: str
    body: str
    child: str
    birth_year: int
    kindergarten: str
    group: str
    instruction: str
    valid_until: str
    next: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ComplaintReceiptData:
    """Талон: a complaint was received (the passport's confirmation).

    `arrived_at`: ISO moment; `registered_on`, `due_on`: ISO dates; `accepted_by`: surname and name.
    """

    number: str
    incoming_number: str
    arrived_at: str
    registered_on: str
    accepted_by: str
    due_on: str
    answer_place: str
    complainant: str
    body: str  # who registered it
    addressee: str
    subject: str
    next_instance: str
    receipt_code: str = ""


PaperData = ReceiptData | QueueNoticeData | ReferralData | ComplaintReceiptData
KINDS: dict[str, type[PaperData]] = {
    "receipt": ReceiptData,
    "queue_notice": QueueNoticeData,
    "referral": ReferralData,
    "complaint_receipt": ComplaintReceiptData,
}


@dataclass(frozen=True)
class Sheet:
    """A paper laid out, everything in its language and ready to draw. `headline` is the value people come for."""

    language: str
    title: str
    body: str
    number: Line
    issued: Line
    headline: Line | None
    lead: str
    lines: tuple[Line, ...]
    extra_title: str  # a second table or a list of sentences under its own title; "" when there is none
    extra_lines: tuple[Line, ...]
    extra_sentences: tuple[str, ...]
    notes: tuple[str, ...]
    code: Line
    verify: str
    verify_url: str
    qr_label: str


def snapshot(data: PaperData) -> dict[str, Any]:
    """The data as it is kept: JSON values only."""
    return asdict(data)


def read_snapshot(kind: str, kept: dict[str, Any]) -> PaperData:
    """The data of a kept snapshot."""
    values = {name: _tupled(value) for name, value in kept.items()}
    return KINDS[kind](**values)


def verify_url(base_url: str, language: str, code: str) -> str:
    """The address that the paper's QR opens."""
    return f"{base_url}/{language}/verify/{code}"


def lay(kind: str, kept: dict[str, Any], language: str, code: str, issued_at: dt.datetime, base_url: str) -> Sheet:
    """The sheet of a paper. `issued_at`: aware; `base_url`: the portal's public address, no slash at its end."""
    data = read_snapshot(kind, kept)
    parts = _LAYOUTS[type(data)](data, language, base_url)
    complaint = isinstance(data, ComplaintReceiptData)
    number = (label("complaint_number" if complaint else "application_number", language), data.number)
    return Sheet(
        language=language,
        title=title(kind, language),
        body=data.body,
        number=number,
        issued=(label("issued", language), languages.format_date(issued_at, language)),
        headline=parts.get("headline"),
        lead=parts.get("lead", ""),
        lines=_named(parts["lines"], language),
        extra_title=parts.get("extra_title", ""),
        extra_lines=parts.get("extra_lines", ()),
        extra_sentences=parts.get("extra_sentences", ()),
        notes=parts.get("notes", ()),
        code=(label("code", language), code),
        verify=sentence("verify", language),
        verify_url=verify_url(base_url, language, code),
        qr_label=label("qr", language),
    )


def _receipt(data: ReceiptData, language: str, base_url: str) -> dict[str, Any]:
    return {
        "headline": (label("receipt_code", language), data.receipt_code),
        "lines": {
            "service": data.service,
            "body": data.body,
            "applicant": data.applicant,
            "submitted_at": _moment(data.submitted_at, language),
            "due_at": _term(data.due_at, language),
        },
        "extra_title": label("stated", language) if data.stated else "",
        "extra_lines": data.stated,
        "notes": (sentence("status", language, url=f"{base_url}/{language}/status"),),
    }


def _queue_notice(data: QueueNoticeData, language: str, base_url: str) -> dict[str, Any]:
    return {
        "headline": (label("queue_number", language), str(data.queue_number)),
        "lead": data.explanation,
        "lines": {
            "service": data.service,
            "child": data.child,
            "birth_year": str(data.birth_year),
            "locality": data.locality,
            "instruction": data.instruction,
            "priority": data.priority,
            "queued_at": _moment(data.at, language),
        },
        "notes": (sentence("number_changes", language),),
    }


def _referral(data: ReferralData, language: str, base_url: str) -> dict[str, Any]:
    return {
        "headline": (label("kindergarten", language), data.kindergarten),
        "lines": {
            "child": data.child,
            "birth_year": str(data.birth_year),
            "address": data.address,
            "phone": data.phone,
            "group": data.group,
            "instruction": data.instruction,
            "valid_until": _date(data.valid_until, language),
            "service": data.service,
        },
        "extra_title": label("next", language) if data.next else "",
        "extra_sentences": data.next,
    }


def _complaint_receipt(data: ComplaintReceiptData, language: str, base_url: str) -> dict[str, Any]:
    return {
        "headline": (label("incoming_number", language), data.incoming_number),
        "lines": {
            "arrived_at": _moment(data.arrived_at, language),
            "registered_on": _date(data.registered_on, language),
            "accepted_by": data.accepted_by,
            "answer_due": _date(data.due_on, language),
            "answer_place": data.answer_place,
            "addressee": data.addressee,
            "complainant": data.complainant,
            "subject": data.subject,
            "receipt_code": data.receipt_code,
        },
        "extra_title": label("next_instance", language),
        "extra_sentences": (data.next_instance,),
    }


_LAYOUTS: dict[type, Any] = {
    ReceiptData: _receipt,
    QueueNoticeData: _queue_notice,
    ReferralData: _referral,
    ComplaintReceiptData: _complaint_receipt,
}


def _named(lines: dict[str, str], language: str) -> tuple[Line, ...]:
    return tuple((label(name, language), value) for name, value in lines.items() if value)


def _tupled(value: Any) -> Any:
    return tuple(_tupled(item) for item in value) if isinstance(value, list) else value


def _moment(iso: str, language: str) -> str:
    return languages.format_moment(dt.datetime.fromisoformat(iso), language)


def _term(iso: str, language: str) -> str:
    """A term in working days ends with its last day (at 23:59:59), one in minutes at a minute."""
    moment = dt.datetime.fromisoformat(iso)
    if languages.local(moment).time() == dt.time(23, 59, 59):
        return languages.format_date(moment, language)
    return languages.format_moment(moment, language)


def _date(iso: str, language: str) -> str:
    return languages.format_date(dt.date.fromisoformat(iso), language)
