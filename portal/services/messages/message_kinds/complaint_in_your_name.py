"""Somebody complained in this person's name."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="complaint_in_your_name",
    sms=Words(
        kk="Qyzmet: атыңыздан шағым түсті, {number}. Сіз емес пе? 1414",
        ru="Qyzmet: от вашего имени подана жалоба {number}. Не вы? 1414",
        en="Qyzmet: complaint {number} was sent in your name. Not you? Call 1414.",
    ),
)
