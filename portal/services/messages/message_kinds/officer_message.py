"""An officer wrote."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="officer_message",
    sms=Words(
        kk="Qyzmet: {number}. Сізге хабарлама келді. Кабинетті қараңыз.",
        ru="Qyzmet: {number}. Вам сообщение от специалиста: см. кабинет.",
        en="Qyzmet: {number}. An officer has written to you. See your cabinet.",
    ),
    by_day=True,
)
