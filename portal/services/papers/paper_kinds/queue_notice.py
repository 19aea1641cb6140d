"""A place in the kindergarten queue. Хабарлама. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ...kinds import Words
from ..labels import BIRTH_YEAR, CHILD, INSTRUCTION, SERVICE
from ..paper_kind import PaperKind
from ..parts import Layout, iso_moment, lines

_QUEUE_NUMBER = Words(
    kk="Кезектілік нөмірі",
    ru="Номер очередности",
    en="Queue number",
)
_LOCALITY = Words(
    kk="Елді мекен",
    ru="Населённый пункт",
    en="Locality",
)
_PRIORITY = Words(
    kk="Кезек санаты",
    ru="Категория очереди",
    en="Queue category",
)
_QUEUED_AT = Words(
    kk="Кезекке қойылған уақыт",
    ru="Поставлен в очередь",
    en="Placed in the queue",
)
_NUMBER_CHANGES = Words(
    kk="Кезектілік нөмірі өзгеріп отырады: алдағы балаларға орын берілгенде кемиді, ал бірінші кезекте немесе кезектен "
    "тыс орын алуға құқығы бар балалар кезекке тұрғанда артуы мүмкін. Жыл сайын балалар келесі жас тобына ауысқанда "
    "да өзгереді. Қазіргі нөмір жеке кабинетте көрсетіледі.",
    ru="Номер очередности меняется: он уменьшается, когда детям впереди дают места, и может вырасти, когда в очередь "
    "встают дети с правом на первоочередное или внеочередное место. Меняется он и каждый год, когда дети переходят "
    "в следующую возрастную группу. Нынешний номер виден в личном кабинете.",
    en="The queue number changes: it falls as children ahead get places, and may rise when children entitled to a "
    "first-priority or extraordinary place join the queue. It also changes every year, when children move up to the "
    "next age group. Your personal cabinet shows the present number.",
)


@dataclass(frozen=True)
class QueueNoticeData:
    """Хабарлама: a place in the kindergarten queue. `at`: ISO moment; `explanation`: a sentence about the number;
    `proof`: what is still to be proved, by when and where, "" where nothing is."""

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
    proof: str = ""


def lay(data: QueueNoticeData, language: str, base_url: str) -> Layout:
    """The number, why it is so, whose place it is."""
    return Layout(
        headline=(_QUEUE_NUMBER.in_(language), str(data.queue_number)),
        headline_id="queue-number",
        lead=data.explanation,
        lines=lines(
            language,
            (SERVICE, data.service),
            (CHILD, data.child),
            (BIRTH_YEAR, str(data.birth_year)),
            (_LOCALITY, data.locality),
            (INSTRUCTION, data.instruction),
            (_PRIORITY, data.priority),
            (_QUEUED_AT, iso_moment(data.at, language)),
        ),
        notes=tuple(filter(None, (data.proof, _NUMBER_CHANGES.in_(language)))),
    )


KIND = PaperKind(
    id="queue_notice",
    title=Words(
        kk="Кезекке қою туралы хабарлама",
        ru="Уведомление о постановке в очередь",
        en="Notice of a place in the queue",
    ),
    name=Words(
        kk="Кезекке қою туралы хабарлама",
        ru="Уведомление о постановке в очередь",
        en="Notice of the place in the queue",
    ),
    data=QueueNoticeData,
    lay=lay,
    ends_with_case=True,
)
