"""The code to sign a document with."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="code_sign",
    sms=Words(
        kk="Qyzmet: құжатқа қол қою коды {code}. Ешкімге айтпаңыз.",
        ru="Qyzmet: код для подписи {code}. Никому не сообщайте.",
        en="Qyzmet: code to sign your document {code}. Do not tell it to anyone.",
    ),
)
