"""The application is granted."""

from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_ORDER = Words(
    kk="Оң шешім шықты. Бұйрық құжаттардың арасында.",
    ru="Решение положительное. Приказ – среди документов.",
    en="Granted. The order is among the papers.",
)
_CERTIFICATE = Words(
    kk="Оң шешім шықты. Анықтама құжаттардың арасында.",
    ru="Решение положительное. Справка – среди документов.",
    en="Granted. The certificate is among the papers.",
)


def _citizen(data: Mapping[str, Any]) -> Words:
    return _CERTIFICATE if data.get("paper") == "certificate" else _ORDER


KIND = EventKind(
    id="granted",
    citizen=_citizen,
    office=Words(
        kk="Қанағаттандырылды.",
        ru="Удовлетворено.",
        en="Granted.",
    ),
    court=Words(
        kk="Оң шешім қабылданды.",
        ru="Принято положительное решение.",
        en="Granted.",
    ),
)
