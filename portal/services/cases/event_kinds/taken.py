"""An officer took the case."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="taken",
    citizen=Words(
        kk="Қызметкер қарауға алды.",
        ru="Сотрудник взял в работу.",
        en="An officer has taken it up.",
    ),
    office=Words(
        kk="Жұмысқа алған: {by}.",
        ru="Взял(а) в работу: {by}.",
        en="Taken by {by}.",
    ),
)
