"""The application is granted."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="granted",
    citizen=Words(
        kk="Оң шешім шықты. Бұйрық құжаттардың арасында.",
        ru="Решение положительное. Приказ – среди документов.",
        en="Granted. The order is among the papers.",
    ),
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
