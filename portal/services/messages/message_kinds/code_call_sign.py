"""The code that signs a complaint on the phone."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="code_call_sign",
    sms=Words(
        kk="Qyzmet: шағымға қол қою коды {code}. 1414 операторына айтыңыз.",
        ru="Qyzmet: код подписи жалобы {code}. Назовите оператору 1414.",
        en="Qyzmet: code to sign your complaint {code}. Tell it to the operator of 1414.",
    ),
)
