"""A complaint is answered."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="complaint_answered",
    sms=Words(
        kk="Qyzmet: {number}. Шағымға жауап кабинетте. Келіспесеңіз: 3 ай.",
        ru="Qyzmet: {number}. Ответ в кабинете. Не согласны: 3 месяца.",
        en="Qyzmet: {number}. Your complaint is answered. If you disagree: three months.",
    ),
    asks_rating=True,
)
