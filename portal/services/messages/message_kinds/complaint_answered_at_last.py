"""A complaint is answered by the last instance."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="complaint_answered_at_last",
    sms=Words(
        kk="Qyzmet: {number}. Шағымға жауап дайын. Кабинетті қараңыз.",
        ru="Qyzmet: {number}. Ответ на жалобу готов. Он в кабинете.",
        en="Qyzmet: {number}. Your complaint is answered. See your cabinet.",
    ),
    asks_rating=True,
)
