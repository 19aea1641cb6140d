"""The citizen withdrew it."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="withdrawn",
    citizen=Words(
        kk="Сіз қайтарып алдыңыз.",
        ru="Вы отозвали заявление.",
        en="You withdrew it.",
    ),
    office=Words(
        kk="Азамат қайтарып алды.",
        ru="Отозвано гражданином.",
        en="Withdrawn by the citizen.",
    ),
    court=Words(
        kk="Қайтарып алынды.",
        ru="Отозвано.",
        en="Withdrawn.",
    ),
)
