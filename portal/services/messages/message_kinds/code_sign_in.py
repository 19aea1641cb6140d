"""The code to sign in with."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="code_sign_in",
    sms=Words(
        kk="Qyzmet: кіру коды {code}. Ешкімге айтпаңыз.",
        ru="Qyzmet: код для входа {code}. Никому не сообщайте.",
        en="Qyzmet: sign-in code {code}. Do not tell it to anyone.",
    ),
)
