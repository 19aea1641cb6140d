"""The number in the queue."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="queued",
    sms=Words(
        kk="Qyzmet: {number}. Балабақша кезегіндегі нөміріңіз: {place}.",
        ru="Qyzmet: {number}. Ваш номер в очереди в детсад: {place}.",
        en="Qyzmet: {number}. Your number in the kindergarten queue: {place}.",
    ),
)
