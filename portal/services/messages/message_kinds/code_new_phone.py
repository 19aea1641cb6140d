"""The code that proves a new phone."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="code_new_phone",
    sms=Words(
        kk="Qyzmet: жаңа нөмірді растау коды {code}. Ешкімге айтпаңыз.",
        ru="Qyzmet: код для нового номера {code}. Никому не сообщайте.",
        en="Qyzmet: code to confirm your new phone {code}. Do not tell it to anyone.",
    ),
)
