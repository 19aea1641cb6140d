"""Nobody impartial is left: the complaint went to the body above."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="complaint_passed_up",
    letter=Letter(
        subject=Words(
            kk="{number}: шағым жоғары органға өтті",
            ru="{number}: жалоба ушла выше",
            en="{number}: a complaint went up",
        ),
        text=Words(
            kk="Бейтарап маман жоқ, шағым жоғары органға өтті: {number}.",
            ru="Беспристрастного сотрудника нет, жалоба {number} ушла в орган выше.",
            en="Nobody impartial is left: complaint {number} went to the body above.",
        ),
        to=("managers",),
    ),
)
