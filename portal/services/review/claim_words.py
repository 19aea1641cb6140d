"""What an officer may confirm where no register did: whose child it is, and what of it the applicant wrote."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..journeys.people import Person
from ..languages import format_date
from ..passports.schema import Text

_SUBJECTS = {
    "child": {
        "kk": "Бала өтініш берушінікі екені",
        "ru": "Что ребёнок – заявителя",
        "en": "That the child is the applicant's",
    },
    "privilege": {"kk": "Жеңілдік", "ru": "Льгота", "en": "The privilege"},
}
_OTHER = {"kk": "Өтініштегі дерек", "ru": "Сведения заявления", "en": "A statement of the application"}
_BORN = {"kk": "туған күні {day}", "ru": "дата рождения {day}", "en": "born on {day}"}
_STATED = {
    "kk": " (аты-жөнін, туған күнін өтініш беруші жазған)",
    "ru": " (имя и дату рождения написал сам заявитель)",
    "en": " (name and birth date are as the applicant wrote them)",
}


def name_claim(subject: str, stated: Sequence[Person]) -> Text:
    """The claim; of a child also the name and the birth date that no register gave."""
    words = _SUBJECTS.get(subject, _OTHER)
    return _in_three(lambda lang: words[lang] + (_about(stated, lang) if subject == "child" else ""))


def _about(stated: Sequence[Person], lang: str) -> str:
    known = [", ".join(filter(None, (one.name, _born(one, lang)))) for one in stated]
    said = "; ".join(filter(None, known))
    return f": {said}{_STATED[lang]}" if said else ""


def _born(person: Person, lang: str) -> str:
    return _BORN[lang].format(day=format_date(person.birth_date, lang)) if person.birth_date else ""


def _in_three(say: Callable[[str], str]) -> Text:
    return Text(kk=say("kk"), ru=say("ru"), en=say("en"))
