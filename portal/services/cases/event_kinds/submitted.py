"""The citizen signed and sent it."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="submitted",
    citizen=Words(
        kk="Сіз қол қойып, жібердіңіз.",
        ru="Вы подписали и отправили.",
        en="You signed and sent it.",
    ),
    office=Words(
        kk="Азамат қол қойып, жіберді.",
        ru="Гражданин подписал и отправил.",
        en="Signed and sent by the citizen.",
    ),
    court=Words(
        kk="Қол қойылып, жіберілді.",
        ru="Подписано и отправлено.",
        en="Signed and sent.",
    ),
)
