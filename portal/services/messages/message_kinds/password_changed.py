"""The password of a member of staff has changed."""

from ...kinds import Words
from ..account_letters import account_letter
from ..message_kind import MessageKind

KIND = MessageKind(
    id="password_changed",
    letter=account_letter(
        Words(
            kk="Құпиясөзіңіз өзгертілді.",
            ru="Ваш пароль изменён.",
            en="Your password has been changed.",
        )
    ),
)
