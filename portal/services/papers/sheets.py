"""How papers are laid on a sheet: the one shape that page and PDF draw; receipts and notices laid out. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import languages
from .complaint_layouts import lay_answer, lay_extension, lay_receipt
from .decision_layouts import lay_correction_request, lay_order, lay_refusal
from .kinds import (
    ComplaintAnswerData,
    ComplaintExtensionData,
    ComplaintReceiptData,
    CorrectionRequestData,
    Line,
    OrderData,
    PaperData,
    QueueNoticeData,
    ReceiptData,
    ReferralData,
    RefusalData,
    read_snapshot,
)
from .parts import Layout, Part, iso_date, iso_moment, iso_term, named
from .words import label, sentence, title


@dataclass(frozen=True)
class Sheet:
    """A paper laid out, everything in its language and ready to draw. `layout` holds what its kind says."""

    language: str
    title: str
    body: str
    number: Line  # of the case
    issued: Line
    layout: Layout
    code: Line
    verify: str
    verify_url: str
    qr_label: str


def verify_url(base_url: str, language: str, code: str) -> str:
    """The address that the paper's QR opens."""
    return f"{base_url}/{language}/verify/{code}"


def lay(kind: str, kept: dict[str, Any], language: str, code: str, issued_at: dt.datetime, base_url: str) -> Sheet:
    """The sheet of a paper. `issued_at`: aware; `base_url`: the portal's public address, no slash at its end."""
    data = read_snapshot(kind, kept)
    complaint = isinstance(data, ComplaintReceiptData | ComplaintAnswerData | ComplaintExtensionData)
    return Sheet(
        language=language,
        title=title(kind, language),
        body=data.body,
        number=(label("complaint_number" if complaint else "application_number", language), data.number),
        issued=(label("issued", language), languages.format_date(issued_at, language)),
        layout=_LAYOUTS[type(data)](data, language, base_url),
        code=(label("code", language), code),
        verify=sentence("verify", language),
        verify_url=verify_url(base_url, language, code),
        qr_label=label("qr", language),
    )


def _lay_receipt(data: ReceiptData, language: str, base_url: str) -> Layout:
    return Layout(
        headline=(label("receipt_code", language), data.receipt_code),
        lines=named(
            language,
            service=data.service,
            body=data.body,
            applicant=data.applicant,
            submitted_at=iso_moment(data.submitted_at, language),
            registered_on=iso_date(data.registered_on, language) if data.registered_on else "",
            due_at=iso_term(data.due_at, language),
        ),
        parts=(Part(label("stated", language), lines=data.stated),) if data.stated else (),
        notes=(sentence("status", language, url=f"{base_url}/{language}/status"),),
    )


def _lay_queue_notice(data: QueueNoticeData, language: str, base_url: str) -> Layout:
    return Layout(
        headline=(label("queue_number", language), str(data.queue_number)),
        lead=data.explanation,
        lines=named(
            language,
            service=data.service,
            child=data.child,
            birth_year=str(data.birth_year),
            locality=data.locality,
            instruction=data.instruction,
            priority=data.priority,
            queued_at=iso_moment(data.at, language),
        ),
        notes=(sentence("number_changes", language),),
    )


def _lay_referral(data: ReferralData, language: str, base_url: str) -> Layout:
    return Layout(
        headline=(label("kindergarten", language), data.kindergarten),
        lines=named(
            language,
            child=data.child,
            birth_year=str(data.birth_year),
            address=data.address,
            phone=data.phone,
            group=data.group,
            instruction=data.instruction,
            valid_until=iso_date(data.valid_until, language),
            service=data.service,
        ),
        parts=(Part(label("next", language), text=data.next),) if data.next else (),
    )


_LAYOUTS: dict[type[PaperData], Callable[[Any, str, str], Layout]] = {
    ReceiptData: _lay_receipt,
    QueueNoticeData: _lay_queue_notice,
    ReferralData: _lay_referral,
    ComplaintReceiptData: lay_receipt,
    ComplaintAnswerData: lay_answer,
    ComplaintExtensionData: lay_extension,
    OrderData: lay_order,
    RefusalData: lay_refusal,
    CorrectionRequestData: lay_correction_request,
}
