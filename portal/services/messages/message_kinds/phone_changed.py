"""The phone of an account has changed."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="phone_changed",
    sms=Words(
        kk="Qyzmet: телефон нөміріңіз ауыстырылды. Сіз емес пе? Қоңырау: 1414",
        ru="Qyzmet: ваш номер телефона изменён. Это не вы? Звоните 1414.",
        en="Qyzmet: your phone number has been changed. Was it not you? Call 1414.",
    ),
)
