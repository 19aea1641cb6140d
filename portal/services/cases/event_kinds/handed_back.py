"""A head hands prepared work back, with a reason."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="handed_back",
    citizen=None,
    office=Words(
        kk="Дайындалған шешімді пысықтауға қайтарған: {by}.",
        ru="Подготовленное решение вернул(а) на доработку: {by}.",
        en="Prepared decision handed back by {by}.",
    ),
)
