"""The words of the kindergarten queue on papers and pages, in three languages. Pure."""

from __future__ import annotations

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
