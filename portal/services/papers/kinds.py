"""What papers of each kind say: one data class a kind, and the snapshot that is kept of it. Pure.

Snapshots hold ready strings in the paper's language; dates and moments are ISO texts, moments with their zone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Line = tuple[str, str]
TermEffect = Literal["runs_on", "pauses", "restarts"]


@dataclass(frozen=True)
class ReceiptData:
    """Қолхат: an application was received. `submitted_at`, `due_at`: ISO moments; `stated`: (label, value) pairs.

    `registered_on`: ISO date, where it is another day than that of submission; the term counts from it.
    """

    service: str
    number: str
    receipt_code: str
    submitted_at: str
    due_at: str
    applicant: str
    body: str
    stated: tuple[Line, ...] = ()
    registered_on: str = ""


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


@dataclass(frozen=True)
class OrderData:
    """Бұйрық: what a body orders after it granted an application.

    `order_number`: of the body's yearly series; `place`: the town; `subject`: «Үйде жеке тегін оқыту туралы»;
    `preamble`: on what grounds; `clauses` are numbered as they stand.
    """

    number: str  # of the case
    body: str
    order_number: str
    place: str
    subject: str
    preamble: str
    clauses: tuple[str, ...]
    signer_post: str
    signer_name: str


@dataclass(frozen=True)
class RefusalData:
    """A reasoned refusal. `grounds`: in the passport's own words, each with its law ("" where none is named).

    `appeal`: where to complain, in the order of the passport's routes, each with its term; `filing`: until when;
    `appeal_note`: whose law gives these routes, where the passport's own text does not.
    """

    service: str
    number: str
    body: str
    letter_number: str
    applicant: str
    grounds: tuple[Line, ...]
    explanation: str
    appeal: tuple[str, ...]
    signer_post: str
    signer_name: str
    appeal_note: str = ""
    filing: str = ""


@dataclass(frozen=True)
class CorrectionRequestData:
    """What the applicant is asked to mend. `wanted`: (question, reason) pairs; `text`: the officer's own words.

    `until`: ISO date, the last day to answer, "" where none is set; `term`: what happens to the term of the service
    meanwhile; `due_at`: ISO moment when the result is due, as things stand.
    """

    service: str
    number: str
    body: str
    letter_number: str
    applicant: str
    wanted: tuple[Line, ...]
    term: TermEffect
    due_at: str
    signer_post: str
    signer_name: str
    text: str = ""
    until: str = ""


@dataclass(frozen=True)
class ComplaintAnswerData:
    """The answer to a complaint. `appeal`: where to turn next, the passport's instances that are left; `filing`: until
    when."""

    number: str
    incoming_number: str
    body: str
    letter_number: str
    complainant: str
    subject: str
    answer: Literal["satisfied", "partly", "refused"]
    reasons: str
    remedy: str
    appeal: tuple[str, ...]
    signer_post: str
    signer_name: str
    appeal_note: str = ""
    filing: str = ""


@dataclass(frozen=True)
class ComplaintExtensionData:
    """The notice that the answer takes longer. `due_on`: ISO date, the new last day."""

    number: str
    incoming_number: str
    body: str
    letter_number: str
    complainant: str
    reason: str
    due_on: str
    signer_post: str
    signer_name: str


PaperData = (
    ReceiptData
    | QueueNoticeData
    | ReferralData
    | ComplaintReceiptData
    | ComplaintAnswerData
    | ComplaintExtensionData
    | OrderData
    | RefusalData
    | CorrectionRequestData
)
KINDS: dict[str, type[PaperData]] = {
    "receipt": ReceiptData,
    "queue_notice": QueueNoticeData,
    "referral": ReferralData,
    "complaint_receipt": ComplaintReceiptData,
    "complaint_answer": ComplaintAnswerData,
    "complaint_extension": ComplaintExtensionData,
    "order": OrderData,
    "refusal": RefusalData,
    "correction_request": CorrectionRequestData,
}


def snapshot(data: PaperData) -> dict[str, Any]:
    """The data as it is kept: JSON values only."""
    return asdict(data)


def read_snapshot(kind: str, kept: dict[str, Any]) -> PaperData:
    """The data of a kept snapshot."""
    values = {name: _tupled(value) for name, value in kept.items()}
    return KINDS[kind](**values)


def _tupled(value: Any) -> Any:
    return tuple(_tupled(item) for item in value) if isinstance(value, list) else value
