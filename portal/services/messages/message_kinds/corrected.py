"""The citizen corrected the application."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="corrected",
    letter=Letter(
        subject=Words(
            kk="{number}: өтініш түзетілді",
            ru="{number}: заявление исправлено",
            en="{number}: corrected",
        ),
        text=Words(
            kk="Азамат түзетті: {number}. Жауап беру мерзімі: {due}.",
            ru="Заявитель внёс исправления: {number}. Срок ответа: {due}.",
            en="The citizen has corrected {number}. The answer is due: {due}.",
        ),
        to=("holder",),
    ),
)
