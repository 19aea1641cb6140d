"""A citizen gave a low mark."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="low_rating",
    letter=Letter(
        subject=Words(
            kk="{number}: төмен баға",
            ru="{number}: низкая оценка",
            en="{number}: a low mark",
        ),
        text=Words(
            kk="Азамат қызметке төмен баға берді: {number}.",
            ru="Гражданин поставил низкую оценку: {number}.",
            en="A citizen gave a low mark: {number}.",
        ),
        to=("managers",),
    ),
)
