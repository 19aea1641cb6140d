"""The complainant is asked a question."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="complaint_question",
    sms=Words(
        kk="Qyzmet: {number}. Шағым бойынша сұрақ бар. Кабинетті қараңыз.",
        ru="Qyzmet: {number}. Есть вопрос по жалобе. Ответьте в кабинете.",
        en="Qyzmet: {number}. A question on your complaint. See your cabinet.",
    ),
    by_day=True,
)
