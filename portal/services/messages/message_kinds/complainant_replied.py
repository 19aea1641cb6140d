"""The complainant replied."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="complainant_replied",
    letter=Letter(
        subject=Words(
            kk="{number}: шағым беруші жауап берді",
            ru="{number}: заявитель ответил",
            en="{number}: the complainant replied",
        ),
        text=Words(
            kk="Шағым беруші жауап берді: {number}. Мерзімі: {due}.",
            ru="Заявитель ответил по жалобе {number}. Срок ответа: {due}.",
            en="The complainant replied: {number}. The answer is due: {due}.",
        ),
        to=("holder",),
    ),
)
