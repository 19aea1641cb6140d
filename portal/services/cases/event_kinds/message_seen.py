"""An officer has read what the citizen wrote, and it needs no answer."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="message_seen",
    citizen=Words(
        kk="Маман хабарламаңызды оқыды.",
        ru="Специалист прочитал ваше сообщение.",
        en="An officer has read your message.",
    ),
    office=Words(
        kk="Хабарламаны оқыған – {by}.",
        ru="Сообщение прочитано: {by}.",
        en="The message was read by {by}.",
    ),
)
