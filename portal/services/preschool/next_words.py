"""What a family has to do next, in one sentence, in three languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from ..kinds import Words
from ..languages import LANGUAGES, format_day
from ..passports.schema import Text
from ..procedures.protocol import KeyDate, NextStep, Stage

STAGES = (
    Stage("sent", Text(kk="Жіберілді", ru="Отправлено", en="Sent"), frozenset({"submitted"})),
    Stage("queue", Text(kk="Кезекте", ru="В очереди", en="In the queue"), frozenset({"queued", "came_back"})),
    Stage("place", Text(kk="Жолдама берілді", ru="Направление выдано", en="Referral issued"), frozenset({"referral"})),
    Stage("enrolled", Text(kk="Балабақшада", ru="В детском саду", en="At kindergarten"), frozenset({"enrolled"})),
)
_CHECKED = Words(
    kk="Деректеріңізді тексеріп жатырмыз, әзірге ештеңе істеудің қажеті жоқ",
    ru="Мы проверяем ваши данные, пока ничего делать не нужно",
    en="We are checking your details, you need not do anything for now",
)
_WAITS = Words(
    kk="Бала кезекте тұр, енді ештеңе істеудің қажеті жоқ",
    ru="Ребёнок в очереди, больше ничего делать не нужно",
    en="The child is in the queue, you need not do anything more",
)
_WAITS_MORE = Words(
    kk="Орын босағанда SMS жібереміз. Сол кезде құжаттарды балабақшаға {days} жұмыс күні ішінде апару керек.",
    ru="Когда место появится, пришлём SMS. Тогда нужно за {days} рабочих дней отнести документы в детский сад.",
    en="When there is a place we send an SMS. Then take the documents to the kindergarten within {days} working days.",
)
_PROVE = {
    "child": Words(
        kk="Баланың сіздікі екенін растайтын құжатты жіберіңіз, соңғы күні: {day}",
        ru="До {day} пришлите документ о том, что ребёнок ваш",
        en="Send a document that proves the child is yours by {day}",
    ),
    "privilege": Words(
        kk="Жеңілдікті растайтын құжатты жіберіңіз, соңғы күні: {day}",
        ru="До {day} пришлите документ, подтверждающий льготу",
        en="Send a document that proves the privilege by {day}",
    ),
}
_PROVE_ANY_DAY = {
    "child": Words(
        kk="Баланың сіздікі екенін растайтын құжатты жіберіңіз",
        ru="Пришлите документ о том, что ребёнок ваш",
        en="Send a document that proves the child is yours",
    ),
    "privilege": Words(
        kk="Жеңілдікті растайтын құжатты жіберіңіз",
        ru="Пришлите документ, подтверждающий льготу",
        en="Send a document that proves the privilege",
    ),
}
_HAVE_DOCUMENT = Words(
    kk="Құжатыңыз бізде: оны маман тексереді, әзірге ештеңе істеудің қажеті жоқ",
    ru="Ваш документ у нас: его проверяет специалист, пока ничего делать не нужно",
    en="We have your document: an officer checks it, you need not do anything for now",
)
_NOT_CONFIRMED = Words(
    kk="Жеңілдік расталмады: бала енді жалпы кезекте",
    ru="Льготу не подтвердили: ребёнок теперь в общей очереди",
    en="The privilege was not confirmed: the child is in the general queue now",
)
_WHY = Words(kk="Себебі: {why} ", ru="Причина: {why} ", en="The reason: {why} ")
_MOVED = Words(
    kk="Нөміріңіз {was} еді, {number} болды. ", ru="Номер был {was}, стал {number}. ",
    en="Your number was {was}, it became {number}. ",
)  # fmt: skip
_MAY_COMPLAIN = Words(
    kk="Келіспесеңіз, осы шешімге шағымданыңыз. Бала кезекте тұра береді: орын босаса, SMS жібереміз.",
    ru="Не согласны – пожалуйтесь на это решение. Ребёнок ждёт места дальше: когда оно появится, пришлём SMS.",
    en="If you do not agree, complain of this decision. The child waits on: we send an SMS when there is a place.",
)
_GO = Words(
    kk="Орын табылды: құжаттарды балабақшаға апарыңыз, соңғы күні: {day}",
    ru="Место найдено: до {day} отнесите документы в детский сад",
    en="There is a place: take the documents to the kindergarten by {day}",
)
_GO_MORE = Words(
    kk="Баланың туу туралы куәлігі мен жеке куәлігіңізді ала барыңыз.",
    ru="Возьмите свидетельство о рождении и удостоверение.",
    en="Bring the birth certificate and your identity card.",
)
_ENROLLED = Words(
    kk="Бала балабақшаға қабылданды",
    ru="Ребёнок зачислен в детский сад",
    en="The child has been enrolled",
)
_COME_BACK = Words(
    kk="Жолдаманың мерзімі өтті: кезекке қайта аласыз, соңғы күні: {day}",
    ru="Срок направления прошёл: до {day} можно вернуться в очередь",
    en="The referral has ended: you may come back to the queue until {day}",
)
_LAST_DAY = Words(kk="Жолдаманың соңғы күні", ru="Последний день направления", en="Last day of the referral")
_LAST_RETURN = Words(
    kk="Кезекке қайтудың соңғы күні", ru="Последний день, чтобы вернуться", en="Last day to come back to the queue"
)
_LAST_PROOF = Words(
    kk="Құжат жіберудің соңғы күні", ru="Последний день, чтобы прислать документ", en="Last day to send the document"
)

CHECKED = NextStep("wait", Text(kk=_CHECKED.kk, ru=_CHECKED.ru, en=_CHECKED.en))
ENROLLED = NextStep("good", Text(kk=_ENROLLED.kk, ru=_ENROLLED.ru, en=_ENROLLED.en), paper="referral")


def waits(days: int) -> NextStep:
    """In the queue. `days`: working days in which a referral is to be used."""
    return NextStep("wait", _say(_WAITS), _say(_WAITS_MORE, days=days), paper="queue_notice")


def prove(subjects: Collection[str], last: dt.date | None, more: Text | None) -> NextStep:
    """Something that no register confirmed: a document shows it; the child before the privilege."""
    subject = "child" if "child" in subjects else "privilege"
    said = _on(_PROVE[subject], last) if last else _say(_PROVE_ANY_DAY[subject])
    return NextStep("act", said, more, writes=True)


def document_there(more: Text | None) -> NextStep:
    """A document has come for what no register confirmed."""
    return NextStep("wait", _say(_HAVE_DOCUMENT), more, writes=True)


def not_confirmed(why: str, was: object, number: object) -> NextStep:
    """The privilege ended. `why`: an officer's own words, "" for none; `was`, `number`: before and after, if known."""
    said = {
        lang: (_WHY.say(lang, why=_as_sentence(why)) if why else "")
        + (_MOVED.say(lang, was=was, number=number) if was and number else "")
        + _MAY_COMPLAIN.say(lang)
        for lang in LANGUAGES
    }
    return NextStep("bad", _say(_NOT_CONFIRMED), Text(**said), complains=True)


def _as_sentence(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else words + "."


def go(last: dt.date | None, otherwise: Text) -> NextStep:
    """A place is given: go there. `otherwise`: what becomes of the child's place in the queue."""
    more = Text(**{lang: f"{_GO_MORE.say(lang)} {otherwise.in_(lang)}" for lang in LANGUAGES})
    return NextStep("good", _on(_GO, last) if last else _say(_ENROLLED), more, "referral")


def come_back(last: dt.date, more: Text) -> NextStep:
    """The referral was not used: there is still a way back."""
    return NextStep("act", _on(_COME_BACK, last), more)


def last_day(day: dt.date) -> KeyDate:
    """Until when the referral is to be used."""
    return KeyDate("referral", _say(_LAST_DAY), day)


def last_return(day: dt.date) -> KeyDate:
    """Until when one may come back to the queue."""
    return KeyDate("return", _say(_LAST_RETURN), day)


def last_proof(day: dt.date) -> KeyDate:
    """Until when a claim may be confirmed."""
    return KeyDate("proof", _say(_LAST_PROOF), day)


def _on(words: Words, day: dt.date) -> Text:
    return Text(**{lang: words.say(lang, day=format_day(day, lang)) for lang in LANGUAGES})


def _say(words: Words, **values: object) -> Text:
    return Text(**{lang: words.say(lang, **values) for lang in LANGUAGES})
