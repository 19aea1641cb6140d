"""The application is withdrawn."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="withdrawn",
    sms=Words(
        kk="Qyzmet: {number}. Өтінішіңіз қайтарып алынды.",
        ru="Qyzmet: {number}. Вы отозвали заявление.",
        en="Qyzmet: {number}. You have withdrawn your application.",
    ),
)
