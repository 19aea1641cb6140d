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
    kk="Келіп түсті. Демалыс күні келгендіктен, келесі жұмыс күні тіркеледі.",
    ru="Поступило. В выходной день, поэтому регистрируется на следующий рабочий день.",
    en="Received. It came on a day off and is registered on the next working day.",
)
_LATE = Words(
    kk="Келіп түсті. Жұмыс уақытынан кейін келгендіктен, келесі жұмыс күні тіркеледі.",
    ru="Поступило. После рабочего времени, поэтому регистрируется на следующий рабочий день.",
    en="Received. It came after working time and is registered on the next working day.",
)


def _why_later(data: Mapping[str, Any]) -> Words:
    later = data.get("later")
    return _NOW if not later else _DAY_OFF if later == "day_off" else _LATE


KIND = EventKind(
    id="registered",
    citizen=_why_later,
    office=_why_later,
    court=Words(
        kk="Тіркелді.",
        ru="Зарегистрировано.",
        en="Registered.",
    ),
)
