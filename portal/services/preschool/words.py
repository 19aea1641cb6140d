"""The words of the kindergarten queue on papers and pages, in three languages."""

from __future__ import annotations

from ...models import Locality
from ..passports.schema import Text
from ..procedures.protocol import UnderWay

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
_FIRST = {
    "kk": "{locality}: {year} жылы туған балалардың кезегінде келесі орын сіздікі.",
    "ru": "{locality}: в очереди детей {year} года рождения следующее место ваше.",
    "en": "{locality}: among the children born in {year} the next place is yours.",
}
_AHEAD = {
    "kk": "{locality}: {year} жылы туған балалардың кезегінде нөміріңіз {number}. Алдыңызда тұрған балалар: {ahead}.",
    "ru": "{locality}: в очереди детей {year} года рождения ваш номер {number}. Детей впереди: {ahead}.",
    "en": "{locality}: your number among the children born in {year} is {number}. Children ahead of you: {ahead}.",
}
_PRIORITY = {
    "kk": " Оның ішінде кезектен тыс немесе бірінші кезекте орын алатындар: {count}.",
    "ru": " Из них с правом на внеочередное или первоочередное место: {count}.",
    "en": " Of those, children with priority: {count}.",
}
UNDER_WAY = UnderWay(
    title=Text(kk="Бұл бала кезекте тұр", ru="Этот ребёнок уже в очереди", en="This child is already in the queue"),
    mine=Text(
        kk="Бұл балаға өтініш беріп қойғансыз. Бір балаға кезекте бір орын беріледі.",
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
UNCHECKED = Text(
    kk="Кейбір деректеріңізді тізілімдер әлі растаған жоқ. Кезектегі орныңыз сақталады; жолдама тексеруден кейін ғана"
    " беріледі.",
    ru="Реестры ещё не подтвердили часть ваших данных. Место в очереди сохраняется; направление выдаётся только после"
    " проверки.",
    en="The registers have not confirmed all your details yet. Your place in the queue is kept; a referral is issued"
    " only after the check.",
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
        "Орын қажет болмаса, өтінішті жеке кабинетте қайтарып алыңыз: орын келесі балаға беріледі.",
    ),
    "ru": (
        "Придите в детский сад до конца срока направления, взяв удостоверение личности и свидетельство о рождении.",
        "Если место не нужно, отзовите заявление в личном кабинете: место получит следующий ребёнок.",
    ),
    "en": (
        "Go to the kindergarten before the referral ends, with the child's birth certificate and your identity card.",
        "If you do not need the place, withdraw the application in your cabinet: it goes to the next child.",
    ),
}


def explain(number: int, ahead_with_priority: int, locality: str, birth_year: int, lang: str) -> str:
    """Why the number in the queue is what it is, in a sentence or two."""
    if number == 1:
        return _FIRST[lang].format(locality=locality, year=birth_year)
    text = _AHEAD[lang].format(locality=locality, year=birth_year, number=number, ahead=number - 1)
    return text + (_PRIORITY[lang].format(count=ahead_with_priority) if ahead_with_priority else "")


def explain_number(number: int, ahead_with_priority: int, locality: Locality, birth_year: int) -> Text:
    """The same for a page that is read later: with why the number changes."""
    return Text(
        **{
            lang: explain(number, ahead_with_priority, getattr(locality, f"name_{lang}"), birth_year, lang) + changes
            for lang, changes in _CHANGES.items()
        }
    )
