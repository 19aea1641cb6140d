"""Who had the case was disabled, or changed organisation or role: nobody has it."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="holder_left",
    citizen=None,
    office=Words(
        kk="Тізімге қайтарылды: {name} енді мұнда істермен айналыспайды.",
        ru="Возвращено в список: {name} здесь больше не ведёт дела.",
        en="Back on the list: {name} no longer handles cases here.",
    ),
)
