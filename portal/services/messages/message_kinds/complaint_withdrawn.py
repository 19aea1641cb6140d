"""The complaint is withdrawn."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="complaint_withdrawn",
    sms=Words(
        kk="Qyzmet: {number}. Шағымыңыз қайтарып алынды.",
        ru="Qyzmet: {number}. Вы отозвали жалобу.",
        en="Qyzmet: {number}. You have withdrawn your complaint.",
    ),
)
