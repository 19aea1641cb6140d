"""A decision signed after working time waits for the next working day."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="decision_waits",
    citizen=Words(
        kk="Шешім қабылданды. Нәтиже тек жұмыс уақытында беріледі: оны келесі жұмыс күні басталғанда аласыз.",
        ru="Решение принято. Результаты выдают только в рабочее время: вы получите его, когда начнётся следующий "
        "рабочий день.",
        en="It is decided. Results are issued in working time only: you get it when the next working day opens.",
    ),
    office=Words(
        kk="Шешімге жұмыс уақытынан кейін қол қойылды: келесі жұмыс күнінің басында беріледі.",
        ru="Решение подписано после рабочего времени: его выдадут в начале следующего рабочего дня.",
        en="Decision signed after working time: it is issued when the next working day opens.",
    ),
)
