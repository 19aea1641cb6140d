"""A reasoned refusal. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ...kinds import Words
from ..labels import APPLICANT, OUTGOING_NUMBER, SERVICE
from ..paper_kind import PaperKind
from ..parts import Layout, Line, Part, lines, paragraphs

_GROUND = Words(
    kk="Бас тарту негізі",
    ru="Основание для отказа",
    en="Ground for refusal",
)
_GROUNDS = Words(
    kk="Бас тарту негіздері",
    ru="Основания для отказа",
    en="Grounds for refusal",
)
_EXPLANATION = Words(
    kk="Түсіндірме",
    ru="Пояснение",
    en="Explanation",
)
_APPEAL = Words(
    kk="Шешіммен келіспесеңіз",
    ru="Если вы не согласны с решением",
    en="If you disagree with the decision",
)
_REFUSED = Words(
    kk="Өтінішіңіз қаралды. Мемлекеттік қызметті көрсетуден бас тартылды.",
    ru="Ваше заявление рассмотрено. В оказании государственной услуги отказано.",
    en="Your application has been considered. The public service is refused.",
)
_APPEAL_SENTENCE = Words(
    kk="Бұл шешімге шағым беруге құқығыңыз бар. Шағымды осы порталда да беруге болады.",
    ru="Вы вправе обжаловать это решение. Жалобу можно подать и на этом портале.",
    en="You have the right to complain about this decision. You can complain on this portal too.",
)


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


def lay(data: RefusalData, language: str, base_url: str) -> Layout:
    """What was refused to whom; the grounds with their law; why they hold here; where to complain and by when."""
    grounds = tuple(f"{text} ({law})" if law else text for text, law in data.grounds)
    one = len(grounds) == 1
    return Layout(
        registered=(OUTGOING_NUMBER.in_(language), data.letter_number),
        lines=lines(
            language,
            (APPLICANT, data.applicant),
            (SERVICE, data.service),
        ),
        text=(_REFUSED.in_(language),),
        parts=(
            Part(
                (_GROUND if one else _GROUNDS).in_(language),
                text=grounds if one else (),
                numbered=() if one else grounds,
            ),
            Part(_EXPLANATION.in_(language), text=paragraphs(data.explanation)),
            Part(
                _APPEAL.in_(language),
                text=(_APPEAL_SENTENCE.in_(language), *filter(None, [data.filing])),
                numbered=data.appeal,
            ),
        ),
        signer=(data.signer_post, data.signer_name),
        notes=(data.appeal_note,) if data.appeal_note else (),
    )


KIND = PaperKind(
    id="refusal",
    title=Words(
        kk="Мемлекеттік қызметті көрсетуден бас тарту туралы дәлелді жауап",
        ru="Мотивированный отказ в оказании государственной услуги",
        en="Reasoned refusal of a public service",
    ),
    name=Words(
        kk="Бас тарту туралы дәлелді жауап",
        ru="Мотивированный отказ",
        en="Reasoned refusal",
    ),
    data=RefusalData,
    lay=lay,
    sealed_at_once=True,
    decides=True,
)
