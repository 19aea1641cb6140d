"""The application is refused."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="refused",
    sms=Words(
        kk="Qyzmet: {number}. Қызметтен бас тартылды. Себебі кабинетте.",
        ru="Qyzmet: {number}. В услуге отказано. Причина в кабинете.",
        en="Qyzmet: {number}. Refused. The reason and how to appeal are in your cabinet.",
    ),
    asks_rating=True,
)
