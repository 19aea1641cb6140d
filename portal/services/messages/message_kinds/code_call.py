"""The code that a caller reads out to the operator."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="code_call",
    sms=Words(
        kk="Qyzmet: код {code}. Оны тек 1414 операторына айтыңыз.",
        ru="Qyzmet: код {code}. Назовите его только оператору 1414.",
        en="Qyzmet: code {code}. Tell it to the operator of 1414 only.",
    ),
)
