"""A security key is removed."""

from ...kinds import Words
from ..account_letters import account_letter
from ..message_kind import MessageKind

KIND = MessageKind(
    id="key_removed",
    letter=account_letter(
        Words(
            kk="Тіркелгіңізден қауіпсіздік кілті алынып тасталды.",
            ru="Из вашей учётной записи удалён ключ безопасности.",
            en="A security key was removed from your account.",
        )
    ),
)
