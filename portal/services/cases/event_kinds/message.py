"""An officer wrote to the citizen."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="message",
    citizen=Words(
        kk="Қызметкер сізге жазды.",
        ru="Сотрудник написал вам.",
        en="An officer wrote to you.",
    ),
    office=Words(
        kk="Азаматқа хабарлама жазған – {by}:",
        ru="Сообщение гражданину, автор – {by}:",
        en="Message to the citizen from {by}:",
    ),
)
