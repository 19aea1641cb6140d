"""The answer to a complaint. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...kinds import Words
from ..labels import COMPLAINANT, COMPLAINT_NUMBER, INCOMING_NUMBER, NEXT_INSTANCE, OUTGOING_NUMBER, REASONS, SUBJECT
from ..paper_kind import PaperKind
from ..parts import Layout, Part, lines, paragraphs

Outcome = Literal["satisfied", "partly", "refused"]

_REMEDY = Words(
    kk="Қабылданған шара",
    ru="Принятые меры",
    en="What was ordered",
)
_OUTCOMES: dict[Outcome, Words] = {
    "satisfied": Words(
        kk="Шағымыңыз қаралды және толық қанағаттандырылды.",
        ru="Ваша жалоба рассмотрена и удовлетворена полностью.",
        en="Your complaint has been considered and is satisfied in full.",
    ),
    "partly": Words(
        kk="Шағымыңыз қаралды және ішінара қанағаттандырылды.",
        ru="Ваша жалоба рассмотрена и удовлетворена частично.",
        en="Your complaint has been considered and is satisfied in part.",
    ),
    "refused": Words(
        kk="Шағымыңыз қаралды. Оны қанағаттандырудан бас тартылды.",
        ru="Ваша жалоба рассмотрена. В её удовлетворении отказано.",
        en="Your complaint has been considered. It is not satisfied.",
    ),
}


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
    answer: Outcome
    reasons: str
    remedy: str
    appeal: tuple[str, ...]
    signer_post: str
    signer_name: str
    appeal_note: str = ""
    filing: str = ""


def lay(data: ComplaintAnswerData, language: str, base_url: str) -> Layout:
    """How it was answered, why, what was ordered, where to turn next."""
    return Layout(
        registered=(OUTGOING_NUMBER.in_(language), data.letter_number),
        lines=lines(
            language,
            (INCOMING_NUMBER, data.incoming_number),
            (COMPLAINANT, data.complainant),
            (SUBJECT, data.subject),
        ),
        text=(_OUTCOMES[data.answer].in_(language),),
        parts=(
            Part(REASONS.in_(language), text=paragraphs(data.reasons)),
            *((Part(_REMEDY.in_(language), text=paragraphs(data.remedy)),) if data.remedy else ()),
            *(
                (Part(NEXT_INSTANCE.in_(language), text=tuple(filter(None, [data.filing])), numbered=data.appeal),)
                if data.appeal
                else ()
            ),
        ),
        signer=(data.signer_post, data.signer_name),
        notes=(data.appeal_note,) if data.appeal_note else (),
    )


KIND = PaperKind(
    id="complaint_answer",
    title=Words(
        kk="Шағымға жауап",
        ru="Ответ на жалобу",
        en="Answer to a complaint",
    ),
    name=Words(
        kk="Шағымға жауап",
        ru="Ответ на жалобу",
        en="Answer to the complaint",
    ),
    data=ComplaintAnswerData,
    lay=lay,
    sealed_at_once=True,
    number_label=COMPLAINT_NUMBER,
)
