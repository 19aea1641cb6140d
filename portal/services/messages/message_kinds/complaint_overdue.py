"""The answer to a complaint is late."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="complaint_overdue",
    sms=Words(
        kk="Qyzmet: {number}. Жауап кешікті. Келесі органға жүгіне аласыз.",
        ru="Qyzmet: {number}. Срок ответа нарушен. Можно обратиться выше.",
        en="Qyzmet: {number}. The answer is late. You may go to the next instance.",
    ),
    by_day=True,
)
