"""The words of the kindergarten queue on papers and pages, in three languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping

from ..languages import date_from, date_until, format_date
from ..passports.schema import Text
from ..procedures.protocol import Action, UnderWay
from .allocation import AHEAD_DAYS
from .position import Position

INSTRUCTION = {
    "kk": {"kk": "қазақ тілі", "ru": "орыс тілі", "any": "кез келген тіл"},
    "ru": {"kk": "казахский", "ru": "русский", "any": "любой"},
    "en": {"kk": "Kazakh", "ru": "Russian", "any": "either language"},
}
CLASSES = {
    "kk": ("кезектен тыс", "бірінші кезекте", "жалпы кезек"),
    "ru": ("внеочередное", "первоочередное", "общая очередь"),
    "en": ("extraordinary", "first-priority", "general queue"),
}
CLAIMED = {"kk": " (әлі расталған жоқ)", "ru": " (ещё не подтверждено)", "en": " (not confirmed yet)"}
_FIRST = {
    "kk": "{locality}: {year} жылы туған балалардың кезегінде алдыңызда ешкім жоқ, нөміріңіз 1.",
    "ru": "{locality}: в очереди детей {year} года рождения перед вами никого нет, ваш номер 1.",
    "en": "{locality}: among the children born in {year} nobody is ahead of you, your number is 1.",
}
_NEXT_PLACE = {
    "kk": " Қолайлы орын босаса, бірінші болып сізге беріледі.",
    "ru": " Первое подходящее свободное место – ваше.",
    "en": " The next free place that suits is yours.",
}
_LATER = {
    "kk": " Орын {from_day} сұралған: оған дейін бір ай қалғанда ғана беріле бастайды.",
    "ru": " Место нужно {from_day}: его дадут не раньше чем за месяц до этого дня.",
    "en": " A place is wanted {from_day}: none is given earlier than a month before.",
}
_AHEAD = {
    "kk": "{locality}: {year} жылы туған балалардың кезегінде нөміріңіз {number}. Алдыңызда тұрған балалар: {ahead}"
    " (кезектен тыс: {extraordinary}, бірінші кезекте: {first}, жалпы кезекте: {general}).",
    "ru": "{locality}: в очереди детей {year} года рождения ваш номер {number}. Детей впереди: {ahead}"
    " (внеочередных: {extraordinary}, первоочередных: {first}, из общей очереди: {general}).",
    "en": "{locality}: your number among the children born in {year} is {number}. Children ahead of you: {ahead}"
    " (extraordinary: {extraordinary}, first-priority: {first}, general queue: {general}).",
}
UNDER_WAY = UnderWay(
    title=Text(kk="Бұл бала кезекте тұр", ru="Этот ребёнок уже в очереди", en="This child is already in the queue"),
    mine=Text(
        kk="Бұл бала үшін өтініш беріп қойғансыз. Бір балаға кезекте бір орын беріледі.",
        ru="Вы уже подали заявление на этого ребёнка. У одного ребёнка одно место в очереди.",
        en="You have applied for this child already. One child has one place in the queue.",
    ),
    others=Text(
        kk="Бұл балаға әкесі, анасы немесе қамқоршысы өтініш беріп қойған. Бір балаға кезекте бір орын беріледі, сізге"
        " ештеңе істеудің қажеті жоқ.",
        ru="Заявление уже подал второй родитель или опекун. У одного ребёнка одно место в очереди, вам ничего делать"
        " не нужно.",
        en="The other parent or a guardian has applied already. One child has one place in the queue; you need not do"
        " anything.",
    ),
)
PLACE_GIVEN = Text(
    kk="Орын берілді: жолдама дайын", ru="Место есть: направление готово", en="Place given: the referral is ready"
)
IN_QUEUE = Text(kk="Кезекте тұр", ru="В очереди", en="In the queue")
NUMBER_NOW = Text(kk="Кезектегі қазіргі нөмірі", ru="Номер в очереди сейчас", en="Number in the queue now")
_CHANGES = {
    "kk": " Нөмір өзгеріп отырады: алдыңыздағы балалар орын алса – кемиді, жеңілдігі бар бала кезекке тұрса – артуы"
    " мүмкін.",
    "ru": " Номер меняется: уменьшается, когда дети впереди получают места, и может вырасти, когда в очередь встаёт"
    " ребёнок со льготой.",
    "en": " The number changes: it falls when children ahead get a place, and can rise when a child with priority"
    " applies.",
}
_NOT_CONFIRMED = {
    "kk": "Тізілімдер әлі растамаған деректер:",
    "ru": "Реестры ещё не подтвердили:",
    "en": "The registers have not confirmed yet:",
}
_CLAIMS = {
    "child": {
        "kk": " бала сіздің балаңыз екенін;",
        "ru": " что ребёнок ваш;",
        "en": " that the child is yours;",
    },
    "privilege": {
        "kk": " кезектен тыс немесе бірінші кезекте орын алу құқығыңызды;",
        "ru": " право на внеочередное или первоочередное место;",
        "en": " the right to a place out of turn or first;",
    },
}
_KEPT = {
    "kk": " нөміріңіз әзірге соған қарай есептеледі, бірақ жолдама расталған соң ғана беріледі. Растайтын құжат керек:"
    " {paper}. Суретін осы істің бетінен жіберіңіз немесе өзін апарыңыз: {place}.",
    "ru": " номер пока считается с учётом этого, но направление дадут только после подтверждения. Нужен документ:"
    " {paper}. Пришлите фото на странице этого дела или принесите его: {place}.",
    "en": " your number counts it for now, but a referral is issued only after the confirmation. A paper that proves it"
    " is needed: {paper}. Send a photo of it from the page of this case, or bring it to: {place}.",
}
_CHILD_PAPER = Text(
    kk="баланың туу туралы куәлігі (қамқоршыға – қорғаншылық туралы құжат)",
    ru="свидетельство о рождении ребёнка (опекуну – документ об опеке)",
    en="the child's birth certificate (a guardian: the guardianship paper)",
)
PRIVILEGE_PAPER = Text(
    kk="жеңілдікті растайтын құжат",
    ru="документ, подтверждающий льготу",
    en="the document that proves the privilege",
)
_CHECKED_BY = {
    "kk": " құжатыңыз келді, оны маман тексереді.",
    "ru": " ваш документ у нас, его проверяет специалист.",
    "en": " we have your document, an officer checks it.",
}
_UNTIL = {
    "kk": " Соңғы күні: {day}.",
    "ru": " Последний день: {day}.",
    "en": " The last day: {day}.",
}
_TO_CONFIRM = {  # as the officer reads it
    "child": {
        "kk": "Бала өтініш берушінікі екені",
        "ru": "Что ребёнок – заявителя",
        "en": "That the child is the applicant's",
    },
    "privilege": {"kk": "Жеңілдік", "ru": "Льгота", "en": "The privilege"},
}
_LAST = {"kk": " (соңғы күні: {day})", "ru": " (последний день: {day})", "en": " (last day: {day})"}
_AFTERWARDS = {
    "child": {
        "kk": " Одан кейін бала расталғанша орын берілмейді, өтініш берген уақытыңыз сақталады.",
        "ru": " После этого места не дают, пока ребёнок не подтверждён; время подачи заявления сохраняется.",
        "en": " After that no place is kept back until the child is confirmed; the time of your application stands.",
    },
    "privilege": {
        "kk": " Одан кейін бала жалпы кезекке өтеді, өтініш берген уақытыңыз сақталады.",
        "ru": " После этого ребёнок переходит в общую очередь, время подачи заявления сохраняется.",
        "en": " After that the child goes on in the general queue; the time of your application stands.",
    },
}
NOBODY_CONFIRMED = Text(
    kk="Баланың сіздікі екенін ешкім мерзімінде растамады, сондықтан әзірге орын берілмейді. Расталса, бала бұрынғы"
    " уақытымен кезекке қайта қойылады.",
    ru="Никто не подтвердил в срок, что ребёнок ваш, поэтому мест пока не дают. После подтверждения ребёнок вернётся в"
    " очередь с прежним временем.",
    en="Nobody confirmed in time that the child is yours, so no place is given for now. Once it is confirmed, the child"
    " is back in the queue with the time of your application.",
)
_INACTIVE = {
    "kk": "Жолдама мерзімінде пайдаланылмады, орын келесі балаға берілді. {until_day} кезекке бір рет қайтуға болады,"
    " өтініш берген уақытыңыз сақталады.",
    "ru": "Направлением не воспользовались в срок, место получил следующий ребёнок. Один раз можно вернуться в очередь"
    " с прежним временем, {until_day}.",
    "en": "The referral was not used in time, and the place went to the next child. You may come back to the queue,"
    " once, {until_day}, with the time of your application.",
}
KINDERGARTEN = Text(kk="Балабақша", ru="Детский сад", en="Kindergarten")
USE_UNTIL = Text(kk="Жолдаманың соңғы күні", ru="Последний день направления", en="Last day of the referral")
COME_BACK = Action(
    title=Text(kk="Кезекке қайту", ru="Вернуться в очередь", en="Come back to the queue"),
    hint=Text(
        kk="Бала кезектегі бұрынғы орнына қайтады.",
        ru="Ребёнок вернётся на прежнее место в очереди.",
        en="The child is back at its old place in the queue.",
    ),
    button=Text(kk="Кезекке қайтару", ru="Вернуть в очередь", en="Come back"),
    done=Text(kk="Бала кезекте.", ru="Ребёнок в очереди.", en="The child is in the queue."),
)
_REASON = Text(kk="Себебі; оны ата-ана оқиды", ru="Причина; её прочтёт родитель", en="The reason; the parent reads it")
TURN_DOWN_PRIVILEGE = Action(
    title=Text(kk="Жеңілдік расталмады", ru="Льгота не подтвердилась", en="The privilege is not confirmed"),
    hint=Text(
        kk="Бала жалпы кезекке өтеді, өтініш берген уақыты сақталады. Ата-анаға себебі айтылады, ол шағымдана алады.",
        ru="Ребёнок перейдёт в общую очередь с прежним временем. Родителю сообщат причину, он может пожаловаться.",
        en="The child goes on in the general queue with its old time. The parent is told why, and may complain.",
    ),
    button=Text(kk="Жеңілдікті растамау", ru="Не подтверждать льготу", en="Turn the privilege down"),
    done=Text(kk="Бала жалпы кезекте.", ru="Ребёнок в общей очереди.", en="The child is in the general queue."),
    text=_REASON,
)
TURN_DOWN_CHILD = Action(
    title=Text(kk="Бала өтініш берушінікі емес", ru="Ребёнок не заявителя", en="The child is not the applicant's"),
    hint=Text(
        kk="Өтініш жабылады, бала осы өтініш бойынша кезектен шығады. Ата-анаға себебі айтылады, ол шағымдана алады.",
        ru="Заявление закроется, ребёнок по нему выйдет из очереди. Заявителю сообщат причину, он может пожаловаться.",
        en="The application is closed and its entry leaves the queue. The applicant is told why, and may complain.",
    ),
    button=Text(kk="Өтінішті жабу", ru="Закрыть заявление", en="Close the application"),
    done=Text(kk="Өтініш жабылды.", ru="Заявление закрыто.", en="The application is closed."),
    text=_REASON,
)
ENROLLED = Action(
    title=Text(kk="Бала қабылданды ма?", ru="Ребёнок зачислен?", en="Has the child been enrolled?"),
    hint=Text(
        kk="Балабақша қабылдағанын хабарласа, белгілеңіз: әйтпесе жолдама мерзімі біткен соң орын басқаға беріледі.",
        ru="Отметьте, когда детский сад сообщит о зачислении: иначе по окончании срока место получит другой.",
        en="Mark it when the kindergarten says so: otherwise the place goes to the next child when the referral ends.",
    ),
    button=Text(kk="Қабылданды деп белгілеу", ru="Отметить зачисление", en="Mark as enrolled"),
    done=Text(kk="Белгіленді.", ru="Отмечено.", en="Marked."),
)
LOST_NUMBER = Text(
    kk="Бала кезектегі орнынан айырылады. Кейін қайта өтініш берсеңіз, кезектің соңына тұрады.",
    ru="Ребёнок потеряет место в очереди. Если подать заявление снова, он встанет в конец.",
    en="The child loses the place in the queue. If you apply again later, the child joins at the end.",
)
LOST_PLACE = Text(
    kk="Балабақшадағы орын келесі балаға беріледі.",
    ru="Место в детском саду достанется следующему ребёнку.",
    en="The place in the kindergarten goes to the next child.",
)
NEXT = {
    "kk": (
        "Жолдама мерзімі бітпей тұрып, баланың туу туралы куәлігі мен жеке куәлігіңізді алып, балабақшаға барыңыз.",
        "Орыннан бас тартсаңыз, өтінішті жеке кабинетте қайтарып алыңыз: орын келесі балаға беріледі, бала кезектен"
        " шығады; кейін қайта өтініш берсеңіз, кезектің соңына тұрады.",
    ),
    "ru": (
        "Придите в детский сад до конца срока направления, взяв удостоверение личности и свидетельство о рождении.",
        "Если отказываетесь от места, отзовите заявление в личном кабинете: место получит следующий ребёнок, а ваш"
        " выйдет из очереди; при новом заявлении он встанет в конец.",
    ),
    "en": (
        "Go to the kindergarten before the referral ends, with the child's birth certificate and your identity card.",
        "If you turn the place down, withdraw the application in your cabinet: it goes to the next child, and yours"
        " leaves the queue; with a new application the child joins at the end.",
    ),
}


_NOT_GOING = {
    "kk": "Мерзімінде бармасаңыз, орын келесі балаға беріледі; бір рет, {days} күн ішінде, бұрынғы уақытыңызбен кезекке"
    " қайта аласыз, әйтпесе өтініш жабылады.",
    "ru": "Если не прийти, место получит следующий ребёнок; один раз, за {days} дней, можно вернуться в очередь с"
    " прежним временем, иначе заявление закроется.",
    "en": "If you do not go in time, the next child gets the place; once, within {days} days, you may come back to the"
    " queue with the time of your application, otherwise the application is closed.",
}
_WAITING_ON = {
    "kk": "Мерзімінде бармасаңыз, орын келесі балаға беріледі, балаңыз бұрынғы уақытымен кезекте қалады.",
    "ru": "Если не прийти в срок, место получит следующий ребёнок, а ваш останется в очереди с прежним временем.",
    "en": "If you do not go in time, the next child gets the place, and yours waits on with its old time.",
}
NO_WAY_BACK = Text(
    kk="Мерзімінде бармасаңыз, орын келесі балаға беріледі, өтініш жабылады.",
    ru="Если не прийти в срок, место получит следующий ребёнок, а заявление закроется.",
    en="If you do not go in time, the next child gets the place, and the application is closed.",
)
_RATIO = {
    "kk": " Кезек реті: алдымен кезектен тыс балалар; содан кейін әр {all} орыннан 1 орын бірінші кезектегі"
    " балаға, {general} орын жалпы кезекке беріледі.",
    "ru": " Порядок: сначала внеочередные; затем из каждых {all} мест 1 – первоочередному, {general} – общей очереди.",
    "en": " The order: first the children out of turn; then 1 of each {all} places goes to a first-priority child and"
    " {general} to the general queue.",
}
WISHES = Text(kk="Күтіп тұрған балабақшалар", ru="Каких садов ждёте", en="Kindergartens waited for")


def not_going(days: int | None) -> Text:
    """What happens when a referral is not used. `days`: in which the family may come back; None: it waits on."""
    return _in_three(lambda lang: _WAITING_ON[lang] if days is None else _NOT_GOING[lang].format(days=days))


def explain(at: Position, wanted_from: dt.date, day: dt.date, lang: str) -> str:
    """Why the number in the queue is what it is on a day, in a sentence or two."""
    facts = {"locality": getattr(at.locality, f"name_{lang}"), "year": at.birth_year, "number": at.number}
    if at.number > 1:
        text = _AHEAD[lang].format(
            **facts, ahead=at.number - 1, extraordinary=at.extraordinary, first=at.first, general=at.general
        )
    else:
        text = _FIRST[lang].format(**facts)
    if wanted_from > day + dt.timedelta(days=AHEAD_DAYS):
        return text + _LATER[lang].format(from_day=date_from(wanted_from, lang))
    return text + (_NEXT_PLACE[lang] if at.number == 1 else "")


def explain_number(at: Position, wanted_from: dt.date, day: dt.date, ratio: int) -> Text:
    """The same for a page that is read later: with the order of the queue and why the number changes.

    `ratio`: how many of the general queue come for each first-priority child; 0: all of those come first.
    """

    def order(lang: str) -> str:
        return _RATIO[lang].format(all=ratio + 1, general=ratio) if ratio and at.number > 1 else ""

    return _in_three(lambda lang: explain(at, wanted_from, day, lang) + order(lang) + _CHANGES[lang])


def being_checked(subjects: Collection[str], last: dt.date | None) -> Text:
    """What is not confirmed yet, though its document has come; and what happens when it is not confirmed in time."""
    return _in_three(
        lambda lang: "".join(
            (
                _NOT_CONFIRMED[lang],
                *(_CLAIMS[subject][lang] for subject in ("child", "privilege") if subject in subjects),
                _CHECKED_BY[lang],
                _UNTIL[lang].format(day=format_date(last, lang)) if last else "",
                *(_AFTERWARDS[subject][lang] for subject in ("child", "privilege") if subject in subjects and last),
            )
        )
    )


def unconfirmed(
    subjects: Collection[str], last: dt.date | None, place: Text, privilege: Text = PRIVILEGE_PAPER
) -> Text:
    """What is not confirmed yet, which paper proves it and how it comes to the office, until when, and what happens
    then. `privilege`: the passport's name for its paper."""

    def papers(lang: str) -> str:
        named = {"child": _CHILD_PAPER, "privilege": privilege}
        return "; ".join(named[subject].in_(lang) for subject in ("child", "privilege") if subject in subjects)

    return _in_three(
        lambda lang: "".join(
            (
                _NOT_CONFIRMED[lang],
                *(_CLAIMS[subject][lang] for subject in ("child", "privilege") if subject in subjects),
                _KEPT[lang].format(place=place.in_(lang), paper=papers(lang)),
                _UNTIL[lang].format(day=format_date(last, lang)) if last else "",
                *(_AFTERWARDS[subject][lang] for subject in ("child", "privilege") if subject in subjects and last),
            )
        )
    )


def to_confirm(subject: str, privilege: Text | None, last: dt.date | None) -> Text:
    """What an officer may confirm: the child, or the privilege by its name; and until when."""

    def say(lang: str) -> str:
        name = f": {privilege.in_(lang)}" if subject == "privilege" and privilege else ""
        return _TO_CONFIRM[subject][lang] + name + (_LAST[lang].format(day=format_date(last, lang)) if last else "")

    return _in_three(say)


def number(number: int) -> Text:
    """A number, the same in every language."""
    return _in_three(lambda _: str(number))


def used_until(last: dt.date) -> Text:
    """A day on which something ends, in three languages."""
    return _in_three(lambda lang: format_date(last, lang))


def inactive(until: dt.date | None) -> Text:
    """Why a child gets no place now: the family may come back until a day, or nobody has confirmed the child."""
    if until is None:
        return NOBODY_CONFIRMED
    return _in_three(lambda lang: _INACTIVE[lang].format(until_day=date_until(until, lang)))


def _in_three(make: Callable[[str], str]) -> Text:
    return Text(kk=make("kk"), ru=make("ru"), en=make("en"))


_FREE = {
    "kk": {"kk": "Қазақ тілді топтағы бос орын: {free}.", "ru": "Орыс тілді топтағы бос орын: {free}."},
    "ru": {"kk": "Свободно в казахской группе: {free}.", "ru": "Свободно в русской группе: {free}."},
    "en": {"kk": "Free in the Kazakh group: {free}.", "ru": "Free in the Russian group: {free}."},
}
_NO_GROUP = {
    "kk": "{year} жылы туған балаларға топ жоқ.",
    "ru": "Группы для детей {year} года рождения нет.",
    "en": "No group for children born in {year}.",
}
_WISHED_BY = {"kk": "Күтіп тұрғандар: {waiting}.", "ru": "Ждут: {waiting}.", "en": "Waiting: {waiting}."}


def outlook(free: Mapping[str, int], waiting: int, year: int) -> Text:
    """Places free by the language of the group, and how many who wait wish this kindergarten."""
    said = {}
    for lang in ("kk", "ru", "en"):
        groups = [_FREE[lang][group].format(free=left) for group, left in free.items()]
        said[lang] = " ".join(
            [*(groups or [_NO_GROUP[lang].format(year=year)]), _WISHED_BY[lang].format(waiting=waiting)]
        )
    return Text(**said)
