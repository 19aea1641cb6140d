"""The application is granted."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="granted",
    sms=Words(
        kk="Qyzmet: {number}. Шешім қабылданды, бұйрық кабинетте.",
        ru="Qyzmet: {number}. Решение принято, приказ в кабинете.",
        en="Qyzmet: {number}. Granted: the order is in your cabinet.",
    ),
    asks_rating=True,
)
