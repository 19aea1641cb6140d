"""A security key is added."""

from ...kinds import Words
from ..account_letters import account_letter
from ..message_kind import MessageKind

KIND = MessageKind(
    id="key_added",
    letter=account_letter(
        Words(
            kk="Тіркелгіңізге қауіпсіздік кілті қосылды.",
            ru="К вашей учётной записи добавлен ключ безопасности.",
            en="A security key was added to your account.",
        )
    ),
)
