"""A colleague gave somebody a case."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="case_assigned",
    letter=Letter(
        subject=Words(
            kk="{number}: іс сізге берілді",
            ru="{number}: дело передано вам",
            en="{number}: the case is yours",
        ),
        text=Words(
            kk="{number} ісі сізге берілді. Жауап беру мерзімі: {due}.",
            ru="Дело {number} передано вам. Срок ответа: {due}.",
            en="Case {number} was given to you. The answer is due: {due}.",
        ),
        to=("member",),
    ),
)
