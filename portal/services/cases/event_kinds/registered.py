"""The application is registered."""

from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_NOW = Words(
    kk="Тіркелді.",
    ru="Зарегистрировано.",
    en="Registered.",
)
_DAY_OFF = Words(
    kk="Тіркелді. Демалыс күні келді, келесі жұмыс күнінен бастап есептеледі.",
    ru="Зарегистрировано. Поступило в выходной, срок считается со следующего рабочего дня.",
    en="Registered. It came on a day off and counts from the next working day.",
)
_LATE = Words(
    kk="Тіркелді. Жұмыс уақытынан кейін келді, келесі жұмыс күнінен бастап есептеледі.",
    ru="Зарегистрировано. Поступило после рабочего времени, срок считается со следующего рабочего дня.",
    en="Registered. It came after working time and counts from the next working day.",
)


def _why_later(data: Mapping[str, Any]) -> Words:
    later = data.get("later")
    return _NOW if not later else _DAY_OFF if later == "day_off" else _LATE


KIND = EventKind(
    id="registered",
    citizen=_why_later,
    office=_NOW,
    court=Words(
        kk="Тіркелді.",
        ru="Зарегистрировано.",
        en="Registered.",
    ),
)
