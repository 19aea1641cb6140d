"""An application was closed by a rule of its procedure."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="closed",
    sms=Words(
        kk="Qyzmet: {number}. Өтінішіңіз жабылды. Себебі кабинетте.",
        ru="Qyzmet: {number}. Заявление закрыто. Причина в кабинете.",
        en="Qyzmet: {number}. Your application was closed. The reason is in your cabinet.",
    ),
)
