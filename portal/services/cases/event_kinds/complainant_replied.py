"""The complainant replied."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="complainant_replied",
    citizen=Words(
        kk="Сіз жауап бердіңіз.",
        ru="Вы ответили.",
        en="You replied.",
    ),
    office=Words(
        kk="Шағымданушы жауап берді:",
        ru="Заявитель жалобы ответил:",
        en="The complainant replied:",
    ),
    court=Words(
        kk="Шағым беруші жауап берді.",
        ru="Заявитель ответил.",
        en="The complainant replied.",
    ),
)
