"""The kindergarten has taken the child."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="enrolled",
    citizen=Words(
        kk="Балабақша баланы қабылдады.",
        ru="Детский сад принял ребёнка.",
        en="The kindergarten has taken the child.",
    ),
    office=Words(
        kk="Қабылданды, белгілеген: {by}.",
        ru="Зачислен, отметил(а) {by}.",
        en="Enrolled, as marked by {by}.",
    ),
)
