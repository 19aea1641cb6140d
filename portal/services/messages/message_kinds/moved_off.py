"""The child is out of the queue."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="moved_off",
    sms=Words(
        kk="Qyzmet: {number}. Кезектен шығарылдыңыз: кабинетте. Шағым: 3 ай.",
        ru="Qyzmet: {number}. Вы сняты с очереди: кабинет. Жалоба: 3 месяца.",
        en="Qyzmet: {number}. You were taken off the queue: see your cabinet. Complaints: within three months.",
    ),
)
