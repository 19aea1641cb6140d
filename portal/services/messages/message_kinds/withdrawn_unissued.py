"""An application was withdrawn before its signed decision was issued."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="withdrawn_unissued",
    letter=Letter(
        subject=Words(
            kk="{number}: өтініш қайтарып алынды",
            ru="{number}: заявление отозвано",
            en="{number}: withdrawn",
        ),
        text=Words(
            kk="Өтініш қайтарып алынды, қол қойылған шешім берілмейді: {number}.",
            ru="Заявление {number} отозвано, подписанное решение не выдаётся.",
            en="{number} was withdrawn: the decision that was signed is not issued.",
        ),
        to=("holder",),
    ),
)
