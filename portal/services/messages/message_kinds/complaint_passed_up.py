"""Nobody impartial is left: the complaint went to the body above."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="complaint_passed_up",
    letter=Letter(
        subject=Words(
            kk="{number}: шағым басқа органға берілді",
            ru="{number}: жалоба передана",
            en="{number}: a complaint went on",
        ),
        text=Words(
            kk="Бейтарап маман жоқ, шағым басқа органға берілді: {number}.",
            ru="Беспристрастного сотрудника нет, жалоба {number} передана в другой орган.",
            en="Nobody impartial is left: complaint {number} went to another body.",
        ),
        to=("managers",),
    ),
)
