"""The answer to a complaint takes longer. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ...kinds import Words
from ..labels import ANSWER_DUE, COMPLAINANT, COMPLAINT_NUMBER, INCOMING_NUMBER, OUTGOING_NUMBER, REASONS
from ..paper_kind import PaperKind
from ..parts import Layout, Part, iso_date, lines, paragraphs

_COMPLAINT_EXTENDED = Words(
    kk="Шағымыңызды қарауға қосымша уақыт керек болды. Мерзім бір рет қана ұзартылады.",
    ru="Для рассмотрения вашей жалобы нужно больше времени. Срок продлевается только один раз.",
    en="Your complaint needs more time to be considered. The term is extended only once.",
)


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


def lay(data: ComplaintExtensionData, language: str, base_url: str) -> Layout:
    """Until when the answer comes now, and why not before."""
    due = iso_date(data.due_on, language)
    return Layout(
        registered=(OUTGOING_NUMBER.in_(language), data.letter_number),
        lines=lines(
            language,
            (INCOMING_NUMBER, data.incoming_number),
            (COMPLAINANT, data.complainant),
            (ANSWER_DUE, due),
        ),
        text=(_COMPLAINT_EXTENDED.in_(language),),
        parts=(Part(REASONS.in_(language), text=paragraphs(data.reason)),),
        signer=(data.signer_post, data.signer_name),
    )


KIND = PaperKind(
    id="complaint_extension",
    title=Words(
        kk="Шағымды қарау мерзімін ұзарту туралы хабарлама",
        ru="Уведомление о продлении срока рассмотрения жалобы",
        en="Notice that the answer to a complaint takes longer",
    ),
    name=Words(
        kk="Мерзімді ұзарту туралы хабарлама",
        ru="Уведомление о продлении срока",
        en="Notice of more time",
    ),
    data=ComplaintExtensionData,
    lay=lay,
    sealed_at_once=True,
    number_label=COMPLAINT_NUMBER,
)
