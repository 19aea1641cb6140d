"""A prepared decision is taken back."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="dropped",
    citizen=None,
    office=Words(
        kk="Дайындалған шешімді қайтарып алған: {by}.",
        ru="Подготовленное решение отозвал(а): {by}.",
        en="Prepared decision taken back by {by}.",
    ),
)
