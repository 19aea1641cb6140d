"""The application is refused."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="refused",
    sms=Words(
        kk="Qyzmet: {number}. Бас тартылды, себебі кабинетте. Шағым: 3 ай.",
        ru="Qyzmet: {number}. Отказано, письмо в кабинете. Жалоба – 3 месяца.",
        en="Qyzmet: {number}. Refused: see your cabinet. You may complain within three months.",
    ),
    asks_rating=True,
)
