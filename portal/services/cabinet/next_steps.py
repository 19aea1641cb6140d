"""What happened to a case and what to do next, in one sentence, where its procedure has no words of its own."""

from __future__ import annotations

import datetime as dt

from ...models import Case
from ..cases.timeline import awaits_answer
from ..kinds import Words
from ..languages import LANGUAGES, format_day
from ..local_time import local
from ..passports.schema import Text
from ..procedures.protocol import KeyDate, Mood, NextStep

_WAIT = Words(
    kk="Өтінішіңіз қабылданды, жауаптың соңғы күні: {day}",
    ru="Заявление принято: ответ будет до {day}",
    en="Your application is in: the answer comes by {day}",
)
_WAIT_MORE = Words(
    kk="Әзірге ештеңе істеудің қажеті жоқ. Жауап дайын болғанда SMS жібереміз.",
    ru="Пока ничего делать не нужно. Когда ответ будет готов, пришлём SMS.",
    en="You need not do anything for now. We send an SMS when the answer is there.",
)
_LATE = Words(
    kk="Жауап мерзімі өтіп кетті: шағымдануға құқығыңыз бар",
    ru="Срок ответа прошёл: вы вправе пожаловаться",
    en="The answer is late: you may complain",
)
_CORRECT = Words(
    kk="Өтінішті түзетіңіз: маман төмендегі жауаптарды сұрап отыр",
    ru="Исправьте заявление: специалист просит ответить заново на вопросы ниже",
    en="Correct the application: the officer asks for the answers below",
)
_GRANTED = Words(
    kk="Оң шешім шықты: құжатыңыз дайын",
    ru="Решение положительное: документ готов",
    en="It is granted: your paper is ready",
)
_GRANTED_MORE = Words(
    kk="Оны ашып, сақтап алыңыз. Мөрін кез келген адам QR-код арқылы тексере алады.",
    ru="Откройте и сохраните его. Подлинность любой может проверить по QR-коду.",
    en="Open it and keep it. Anybody can check it by its QR code.",
)
_REFUSED = Words(
    kk="Бас тартылды: себебін құжаттан оқыңыз, келіспесеңіз, шағымданыңыз",
    ru="Отказано: причина в документе; если не согласны, пожалуйтесь",
    en="It is refused: the paper says why; if you disagree, complain",
)
_REFUSED_MORE = Words(
    kk="Кемшілігін түзетсеңіз, қайта өтініш бере аласыз.",
    ru="Если устранить причину, можно подать заявление снова.",
    en="Once the reason is mended you may apply again.",
)
_WITHDRAWN = Words(
    kk="Сіз өтінішті қайтарып алдыңыз, ол енді қаралмайды",
    ru="Вы отозвали заявление, его больше не рассматривают",
    en="You withdrew the application, it is not looked at any more",
)
_CLOSED = Words(
    kk="Өтініш жабылды: себебі төмендегі тарихта",
    ru="Заявление закрыто: причина ниже, в истории",
    en="The application is closed: the history below says why",
)
_COMPLAINT_WAIT = Words(
    kk="Шағымыңыз тіркелді, жауаптың соңғы күні: {day}",
    ru="Жалоба принята: ответ будет до {day}",
    en="Your complaint is registered: the answer comes by {day}",
)
_COMPLAINT_LATE = Words(
    kk="Мерзімінде жауап келмеді: келесі органға шағым бере аласыз",
    ru="В срок не ответили: можно пожаловаться выше",
    en="No answer came in time: you may complain to the next instance",
)
_COMPLAINT_ASKED = Words(
    kk="Маман сұрақ қойды: жауап беріңіз",
    ru="Специалист задал вопрос: ответьте на него",
    en="The officer asked you a question: reply to it",
)
_COMPLAINT_ANSWERED = Words(
    kk="Шағымыңызға жауап берілді: төменде оқыңыз",
    ru="На жалобу ответили: читайте ниже",
    en="Your complaint is answered: read it below",
)
_COMPLAINT_WITHDRAWN = Words(
    kk="Сіз шағымды қайтарып алдыңыз",
    ru="Вы отозвали жалобу",
    en="You withdrew the complaint",
)
_ANSWER_DUE = Words(kk="Жауап мерзімі", ru="Срок ответа", en="The answer is due")


def next_step(case: Case, now: dt.datetime, asked: bool = False) -> NextStep:
    """The sentence for the top of the case's page. `asked`: a question to the complainant waits for an answer."""
    if case.kind == "complaint":
        return _of_complaint(case, now, asked)
    match case.state:
        case "granted":
            return _step("good", _GRANTED, _GRANTED_MORE, paper="decision")
        case "refused":
            return _step("bad", _REFUSED, _REFUSED_MORE, paper="decision")
        case "withdrawn":
            return _step("wait", _WITHDRAWN)
        case "closed":
            return _step("bad", _CLOSED)
        case "needs_correction":
            return _step("act", _CORRECT)
    return _waiting(case, now, _WAIT, _LATE)


def dates(case: Case, now: dt.datetime, paused: bool = False) -> tuple[KeyDate, ...]:
    """The day on which the answer is due, while it is still to come and does not wait for the citizen."""
    day = local(case.due_at).date()
    if paused or not awaits_answer(case.state) or day <= local(now).date():
        return ()
    return (KeyDate("answer", _text(_ANSWER_DUE), day),)


def _of_complaint(case: Case, now: dt.datetime, asked: bool) -> NextStep:
    if case.state in ("granted", "refused"):
        return _step("good" if case.state == "granted" else "bad", _COMPLAINT_ANSWERED)
    if case.state in ("withdrawn", "closed"):
        return _step("wait", _COMPLAINT_WITHDRAWN)
    if asked:
        return _step("act", _COMPLAINT_ASKED)
    return _waiting(case, now, _COMPLAINT_WAIT, _COMPLAINT_LATE)


def _waiting(case: Case, now: dt.datetime, wait: Words, late: Words) -> NextStep:
    if case.due_at <= now:
        return _step("bad", late)
    said = Text(**{lang: wait.say(lang, day=format_day(case.due_at, lang)) for lang in LANGUAGES})
    return NextStep("wait", said, _text(_WAIT_MORE))


def _step(mood: Mood, said: Words, more: Words | None = None, paper: str = "") -> NextStep:
    return NextStep(mood, _text(said), _text(more) if more else None, paper)


def _text(words: Words) -> Text:
    return Text(kk=words.kk, ru=words.ru, en=words.en)
