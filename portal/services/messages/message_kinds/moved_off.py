"""The child is out of the queue."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="moved_off",
    sms=Words(
        kk="Qyzmet: {number}. Кезектен шығарылдыңыз. Себебі кабинетте.",
        ru="Qyzmet: {number}. Вы сняты с очереди. Причина в кабинете.",
        en="Qyzmet: {number}. You have been taken off the queue. The reason is in your cabinet.",
    ),
)
