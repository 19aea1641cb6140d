"""Everything is confirmed."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="case_checked",
    sms=Words(
        kk="Qyzmet: {number}. Деректеріңіз тексеріліп, расталды.",
        ru="Qyzmet: {number}. Ваши данные проверены и подтверждены.",
        en="Qyzmet: {number}. Your details have been checked and confirmed.",
    ),
)
