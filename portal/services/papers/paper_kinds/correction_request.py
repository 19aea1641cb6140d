"""The applicant is asked to mend answers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...kinds import Words
from ..labels import APPLICANT, OUTGOING_NUMBER, SERVICE
from ..paper_kind import PaperKind
from ..parts import Layout, Line, Part, iso_date, iso_term, lines, paragraphs

TermEffect = Literal["runs_on", "pauses", "restarts"]

_WANTED = Words(
    kk="Нені түзету керек",
    ru="Что нужно исправить",
    en="What to correct",
)
_UNTIL = Words(
    kk="Түзетуді жіберудің соңғы күні",
    ru="Исправить до (включительно)",
    en="To be corrected by the end of",
)
_WHERE = Words(
    kk="Қайда түзетіледі",
    ru="Где исправить",
    en="Where to correct it",
)
_TERM = Words(
    kk="Қызмет көрсету мерзімі",
    ru="Срок оказания услуги",
    en="Term of the service",
)
_CORRECT = Words(
    kk="Өтінішіңізді қарау үшін төменде көрсетілгенді түзету керек. Басқа жауаптарыңыз сақталды, оларды қайта "
    "толтырмайсыз.",
    ru="Чтобы рассмотреть ваше заявление, нужно исправить указанное ниже. Остальные ответы сохранены, заполнять их "
    "заново не нужно.",
    en="To go on with your application we need the corrections below. Your other answers are kept: you do not fill "
    "them in again.",
)
_CORRECT_WHERE = Words(
    kk="Жеке кабинеттегі өтініш бетінде: {url}",
    ru="В личном кабинете, на странице заявления: {url}",
    en="In your personal cabinet, on the page of the application: {url}",
)
_EFFECTS: dict[TermEffect, Words] = {
    "runs_on": Words(
        kk="Қызмет көрсету мерзімі тоқтатылмайды.",
        ru="Срок оказания услуги не приостанавливается.",
        en="The term of the service runs on.",
    ),
    "pauses": Words(
        kk="Түзетуіңіз келгенше қызмет көрсету мерзімі тоқтатыла тұрады.",
        ru="До получения исправлений срок оказания услуги приостановлен.",
        en="The term of the service pauses until your corrections arrive.",
    ),
    "restarts": Words(
        kk="Түзетуіңіз келген соң қызмет көрсету мерзімі басынан бастап есептеледі.",
        ru="После получения исправлений срок оказания услуги исчисляется заново.",
        en="The term of the service starts anew when your corrections arrive.",
    ),
}
_DUE = Words(
    kk="Нәтиже беру мерзімі: {due}.",
    ru="Срок выдачи результата: {due}.",
    en="The result is due by {due}.",
)


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


def lay(data: CorrectionRequestData, language: str, base_url: str) -> Layout:
    """What to mend and why; until when and where; what happens to the term of the service."""
    address = f"{base_url}/{language}/cabinet/{data.number}"
    term = (_EFFECTS[data.term].in_(language), _DUE.say(language, due=iso_term(data.due_at, language)))
    until = iso_date(data.until, language) if data.until else ""
    return Layout(
        registered=(OUTGOING_NUMBER.in_(language), data.letter_number),
        lines=lines(
            language,
            (APPLICANT, data.applicant),
            (SERVICE, data.service),
            (_UNTIL, until),
        ),
        text=(_CORRECT.in_(language), *paragraphs(data.text)),
        parts=(
            Part(_WANTED.in_(language), lines=data.wanted),
            Part(_WHERE.in_(language), text=(_CORRECT_WHERE.say(language, url=address),)),
            Part(_TERM.in_(language), text=term if data.term == "runs_on" else term[:1]),
        ),
        signer=(data.signer_post, data.signer_name),
    )


KIND = PaperKind(
    id="correction_request",
    title=Words(
        kk="Өтінішті түзету туралы хабарлама",
        ru="Уведомление об исправлении заявления",
        en="Request to correct an application",
    ),
    name=Words(
        kk="Өтінішті түзету туралы хабарлама",
        ru="Уведомление об исправлении",
        en="Request for corrections",
    ),
    data=CorrectionRequestData,
    lay=lay,
    sealed_at_once=True,
)
