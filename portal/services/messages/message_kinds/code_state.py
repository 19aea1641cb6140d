"""The code to write a complaint without signing in."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="code_state",
    sms=Words(
        kk="Qyzmet: шағым жазу коды {code}. Ешкімге айтпаңыз.",
        ru="Qyzmet: код для подачи жалобы {code}. Никому не сообщайте.",
        en="Qyzmet: code to write a complaint {code}. Do not tell it to anyone.",
    ),
)
