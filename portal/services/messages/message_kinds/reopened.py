"""The application is decided anew."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="reopened",
    sms=Words(
        kk="Qyzmet: {number}. Өтініш қайта қаралады. Мерзімі: {due}.",
        ru="Qyzmet: {number}. Решение пересматривают. Срок: {due}.",
        en="Qyzmet: {number}. Your application is decided anew by {due}.",
    ),
)
