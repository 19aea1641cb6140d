"""An application was received. Қолхат. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ...kinds import Words
from ..labels import APPLICANT, BODY, RECEIPT_CODE, REGISTERED_ON, SERVICE
from ..paper_kind import PaperKind
from ..parts import Layout, Line, Part, iso_date, iso_moment, iso_term, lines

_SUBMITTED_AT = Words(
    kk="Өтініш берілген уақыт",
    ru="Заявление подано",
    en="Submitted",
)
_DUE_AT = Words(
    kk="Нәтиже беру мерзімі",
    ru="Срок выдачи результата",
    en="Result due by",
)
_STATED = Words(
    kk="Өтініште көрсетілгендер",
    ru="Указано в заявлении",
    en="Stated in the application",
)
_STATUS = Words(
    kk="Өтініштің мәртебесін жеке кабинеттен немесе {url} бетінен өтініштің нөмірі мен қолхат кодын енгізіп біле "
    "аласыз.",
    ru="Узнать состояние заявления можно в личном кабинете или на странице {url}, указав номер заявления и код "
    "расписки.",
    en="To see how the application stands, use your personal cabinet, or enter the application number and the receipt "
    "code at {url}",
)


@dataclass(frozen=True)
class ReceiptData:
    """Қолхат: an application was received. `submitted_at`, `due_at`: ISO moments; `stated`: (label, value) pairs.

    `registered_on`: ISO date, where it is another day than that of submission; the term counts from it. `proof`: what
    no register has confirmed, and the next step, "" where there is nothing.
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
    proof: str = ""


def lay(data: ReceiptData, language: str, base_url: str) -> Layout:
    """What was received from whom, when the result is due, how to ask how it stands."""
    return Layout(
        headline=(RECEIPT_CODE.in_(language), data.receipt_code),
        lines=lines(
            language,
            (SERVICE, data.service),
            (BODY, data.body),
            (APPLICANT, data.applicant),
            (_SUBMITTED_AT, iso_moment(data.submitted_at, language)),
            (REGISTERED_ON, iso_date(data.registered_on, language) if data.registered_on else ""),
            (_DUE_AT, iso_term(data.due_at, language)),
        ),
        parts=(Part(_STATED.in_(language), lines=data.stated),) if data.stated else (),
        notes=tuple(filter(None, (data.proof, _STATUS.say(language, url=f"{base_url}/{language}/status")))),
    )


KIND = PaperKind(
    id="receipt",
    title=Words(
        kk="Құжаттарды қабылдау туралы қолхат",
        ru="Расписка о приёме документов",
        en="Receipt for documents accepted",
    ),
    name=Words(
        kk="Қолхат",
        ru="Расписка",
        en="Receipt",
    ),
    data=ReceiptData,
    lay=lay,
)
