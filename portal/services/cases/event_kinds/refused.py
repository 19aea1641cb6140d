"""The application is refused."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="refused",
    citizen=Words(
        kk="Бас тартылды. Себебі мен шағымдану тәртібі құжаттардың арасындағы хатта жазылған.",
        ru="Отказано. Причина и порядок обжалования – в письме среди документов.",
        en="Refused. The reason and the way to appeal are in the letter among the papers.",
    ),
    office=Words(
        kk="Бас тартылды.",
        ru="Отказано.",
        en="Refused.",
    ),
    court=Words(
        kk="Қызмет көрсетуден бас тартылды.",
        ru="В услуге отказано.",
        en="Refused.",
    ),
)
