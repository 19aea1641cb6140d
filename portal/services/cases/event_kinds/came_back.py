"""The family came back after a referral that it did not use."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="came_back",
    citizen=Words(
        kk="Сіз кезекке қайттыңыз.",
        ru="Вы вернулись в очередь.",
        en="You came back to the queue.",
    ),
    office=Words(
        kk="Отбасы кезекке қайтты.",
        ru="Семья вернулась в очередь.",
        en="The family came back to the queue.",
    ),
)
