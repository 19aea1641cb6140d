"""The body that is complained of is asked to explain."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="other_side_asked",
    letter=Letter(
        subject=Words(
            kk="{number}: түсініктеме керек",
            ru="{number}: нужны пояснения",
            en="{number}: please explain",
        ),
        text=Words(
            kk="Шағым бойынша түсініктеме беріңіз: {number}. Мерзімі: {due}.",
            ru="Дайте пояснения по жалобе {number}. Срок ответа по ней: {due}.",
            en="Please explain your side of complaint {number}. It is due: {due}.",
        ),
        to=("named_body",),
    ),
)
