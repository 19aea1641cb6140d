"""A claim was not confirmed."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="claim_ended",
    sms=Words(
        kk="Qyzmet: {number}. Дерек расталмады. Не өзгергені кабинетте.",
        ru="Qyzmet: {number}. Данные не подтверждены: см. кабинет.",
        en="Qyzmet: {number}. What you claimed was not confirmed. See your cabinet.",
    ),
)
