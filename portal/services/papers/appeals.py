"""The ways to complain, as sentences on a paper."""

from __future__ import annotations

from collections.abc import Sequence

from ..kinds import Words
from ..passports.schema import ComplaintRoute

_WITHIN = Words(
    kk="Жауап шағым тіркелген күнінен бастап {days} жұмыс күні ішінде беріледі.",
    ru="Ответ дают в течение {days} рабочих дней со дня регистрации жалобы.",
    en="The answer comes within {days} working days from the day the complaint is registered.",
)
_IN_A_DAY = Words(
    kk="Жауап шағым тіркелген күнінен бастап {days} жұмыс күні ішінде беріледі.",
    ru="Ответ дают в течение {days} рабочего дня со дня регистрации жалобы.",
    en="The answer comes within {days} working day from the day the complaint is registered.",
)
_FILING = Words(
    kk="Шағымды шешім немесе жауап туралы білген күннен бастап үш ай ішінде беруге болады: {bodies} (Қазақстан "
    "Республикасының Әкімшілік рәсімдік-процестік кодексі, 92-бап).",
    ru="Жалобу можно подать в течение трёх месяцев со дня, когда вы узнали о решении или ответе: {bodies} (статья 92 "
    "Административного процедурно-процессуального кодекса Республики Казахстан).",
    en="A complaint may be filed within three months of the day you learned of the decision or the answer: {bodies} "
    "(Article 92 of the Administrative Procedural and Process-Related Code of the Republic of Kazakhstan).",
)


def way(route: ComplaintRoute, lang: str) -> str:
    """One way to complain as a sentence: to whom, about what, and in what time the answer comes."""
    when = route.when.in_(lang)
    text = f"{route.name.in_(lang)}: {when[:1].lower() + when[1:]}".rstrip(".") + "."
    days = route.term.working_days if route.term else None
    if days is None:
        return text
    return f"{text} {(_WITHIN if days > 1 else _IN_A_DAY).say(lang, days=days)}"


def filing(routes: Sequence[ComplaintRoute], lang: str) -> str:
    """Until when one may complain to these instances, by their names; the court is none of them, whose term is its own
    law's: "" where it alone is left."""
    names = [route.name.in_(lang) for route in routes if route.to != "court"]
    return _FILING.say(lang, bodies=", ".join(name[:1].lower() + name[1:] for name in names)) if names else ""
