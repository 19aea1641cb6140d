"""Was it good? Asked once, a day after the result."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="rate",
    sms=Words(
        kk="Qyzmet: {number}. Қызмет ұнады ма? Бағаңызды кабинетте қойыңыз.",
        ru="Qyzmet: {number}. Всё ли было хорошо? Оцените в кабинете.",
        en="Qyzmet: {number}. How was the service? Tell us in your cabinet, one question.",
    ),
    by_day=True,
)
