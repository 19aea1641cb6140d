"""The ways to complain, as sentences on a paper."""

from __future__ import annotations

from ..kinds import Words
from ..passports.schema import ComplaintRoute

_WITHIN = Words(
    kk="Жауап беру мерзімі: шағым тіркелген күннен кейін {days} жұмыс күні.",
    ru="Ответ дают в течение {days} рабочих дней после дня регистрации жалобы.",
    en="The answer comes within {days} working days after the day the complaint is registered.",
)
_IN_A_DAY = Words(
    kk="Жауап беру мерзімі: шағым тіркелген күннен кейін {days} жұмыс күні.",
    ru="Ответ дают в течение {days} рабочего дня после дня регистрации жалобы.",
    en="The answer comes within {days} working day after the day the complaint is registered.",
)


def way(route: ComplaintRoute, lang: str) -> str:
    """One way to complain as a sentence: to whom, about what, and in what time the answer comes."""
    when = route.when.in_(lang)
    text = f"{route.name.in_(lang)}: {when[:1].lower() + when[1:]}".rstrip(".") + "."
    days = route.term.working_days if route.term else None
    if days is None:
        return text
    return f"{text} {(_WITHIN if days > 1 else _IN_A_DAY).say(lang, days=days)}"
