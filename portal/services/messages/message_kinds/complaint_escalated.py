"""A complaint went up to the head."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="complaint_escalated",
    letter=Letter(
        subject=Words(
            kk="{number}: шағымға жауап кешікті",
            ru="{number}: ответ на жалобу просрочен",
            en="{number}: complaint unanswered",
        ),
        text=Words(
            kk="Шағым басшыға берілді: {number}. Мерзімі өтті: {due}.",
            ru="Жалоба {number} передана руководителю. Срок был: {due}.",
            en="Complaint {number} has gone up to the head. It was due: {due}.",
        ),
        to=("managers",),
    ),
)
