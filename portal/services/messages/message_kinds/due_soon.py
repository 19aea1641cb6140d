"""The deadline is near."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="due_soon",
    letter=Letter(
        subject=Words(
            kk="{number}: мерзімі бітіп барады",
            ru="{number}: срок заканчивается",
            en="{number}: due soon",
        ),
        text=Words(
            kk="{number}. Жауап беру мерзімі: {due}.",
            ru="{number}. Срок ответа: {due}.",
            en="{number}. The answer is due: {due}.",
        ),
        to=("holder",),
    ),
)
