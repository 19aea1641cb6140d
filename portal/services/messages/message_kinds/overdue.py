"""The deadline has passed: the citizen, who has the case and the managers are told."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="overdue",
    sms=Words(
        kk="Qyzmet: {number}. Мерзімнен кешіктік. Басшылыққа хабарланды.",
        ru="Qyzmet: {number}. Мы нарушили срок. Руководитель извещён.",
        en="Qyzmet: {number}. We have missed the deadline. The manager has been told.",
    ),
    letter=Letter(
        subject=Words(
            kk="{number}: мерзімі өтті",
            ru="{number}: срок нарушен",
            en="{number}: overdue",
        ),
        text=Words(
            kk="{number}. Жауап беру мерзімі өтіп кетті: {due}. Азаматқа хабарланды.",
            ru="{number}. Срок ответа прошёл: {due}. Заявителю об этом сообщено.",
            en="{number}. The answer was due: {due}. The citizen has been told.",
        ),
        to=("holder", "managers"),
    ),
    by_day=True,
)
