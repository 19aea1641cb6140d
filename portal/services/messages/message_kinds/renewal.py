"""A renewal is ready."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="renewal",
    sms=Words(
        kk="Qyzmet: {number}. Мерзімі бітеді. Ұзарту өтініші кабинетте дайын.",
        ru="Qyzmet: {number}. Срок заканчивается. Продление: см. кабинет.",
        en="Qyzmet: {number}. The term is ending. A renewal is ready in your cabinet.",
    ),
    by_day=True,
)
