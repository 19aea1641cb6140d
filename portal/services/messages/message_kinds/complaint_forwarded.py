"""A complaint is passed on: the complainant and the new body are told."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="complaint_forwarded",
    sms=Words(
        kk="Qyzmet: {number}. Шағым басқа органға өтті. Мерзімі: {due}.",
        ru="Qyzmet: {number}. Жалоба передана. Ответ до {due}.",
        en="Qyzmet: {number}. Your complaint was passed on. Answer by {due}.",
    ),
    letter=Letter(
        subject=Words(
            kk="{number}: шағым сізге берілді",
            ru="{number}: жалоба передана вам",
            en="{number}: a complaint for you",
        ),
        text=Words(
            kk="Шағым сіздің органға жіберілді: {number}. Жауап мерзімі: {due}.",
            ru="Жалоба {number} передана вашему органу. Срок ответа: {due}.",
            en="Complaint {number} was passed on to you. The answer is due: {due}.",
        ),
        to=("holder",),
    ),
)
