"""A complaint was received (the passport's confirmation). Талон. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ...kinds import Words
from ..labels import (
    ANSWER_DUE,
    CHECK_CODE,
    COMPLAINANT,
    COMPLAINT_NUMBER,
    INCOMING_NUMBER,
    NEXT_INSTANCE,
    REGISTERED_ON,
    SUBJECT,
)
from ..paper_kind import PaperKind
from ..parts import Layout, Part, iso_date, iso_moment, lines

_ARRIVED_AT = Words(
    kk="Шағым келіп түскен уақыт",
    ru="Жалоба поступила",
    en="Complaint received",
)
_ACCEPTED_BY = Words(
    kk="Шағымды қабылдаған адамның тегі, аты-жөні",
    ru="Жалобу принял(а) (фамилия, имя)",
    en="Accepted by (surname, name)",
)
_ANSWER_PLACE = Words(
    kk="Жауап алатын орын",
    ru="Место получения ответа",
    en="Where to get the answer",
)
_NUMBERED_BY = Words(
    kk="Кіріс нөмірін берген орган",
    ru="Кем присвоен входящий номер",
    en="Whose incoming number it is",
)
_ADDRESSEE = Words(
    kk="Шағым жолданған орган",
    ru="Кому направлена жалоба",
    en="Addressed to",
)


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


def lay(data: ComplaintReceiptData, language: str, base_url: str) -> Layout:
    """The talon: number, when, who accepted it, when and where the answer comes, where to turn next."""
    return Layout(
        headline=(INCOMING_NUMBER.in_(language), data.incoming_number),
        lines=lines(
            language,
            (_NUMBERED_BY, data.body),
            (_ARRIVED_AT, iso_moment(data.arrived_at, language)),
            (REGISTERED_ON, iso_date(data.registered_on, language)),
            (_ACCEPTED_BY, data.accepted_by),
            (ANSWER_DUE, iso_date(data.due_on, language)),
            (_ANSWER_PLACE, data.answer_place),
            (_ADDRESSEE, data.addressee),
            (COMPLAINANT, data.complainant),
            (SUBJECT, data.subject),
            (CHECK_CODE, data.receipt_code),
        ),
        parts=(Part(NEXT_INSTANCE.in_(language), text=(data.next_instance,)),),
    )


KIND = PaperKind(
    id="complaint_receipt",
    title=Words(
        kk="Шағымның қабылданғаны туралы талон",
        ru="Талон о приёме жалобы",
        en="Confirmation that a complaint was received",
    ),
    name=Words(
        kk="Шағымның қабылданғаны туралы талон",
        ru="Талон о приёме жалобы",
        en="Confirmation of the complaint",
    ),
    data=ComplaintReceiptData,
    lay=lay,
    number_label=COMPLAINT_NUMBER,
)
