"""The term of a complaint is extended."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="complaint_extended",
    sms=Words(
        kk="Qyzmet: {number}. Мерзім ұзартылды. Жаңа мерзім: {due}.",
        ru="Qyzmet: {number}. Срок продлён. Ответ до {due}.",
        en="Qyzmet: {number}. More time is needed. Answer by {due}.",
    ),
    by_day=True,
)
