"""A head handed prepared work back."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="handed_back",
    letter=Letter(
        subject=Words(
            kk="{number}: басшы қайтарды",
            ru="{number}: возвращено руководителем",
            en="{number}: handed back by the head",
        ),
        text=Words(
            kk="Басшы дайындалған шешімді қайтарды: {number}. Себебі істің бетінде жазылған. "
            "Жауап беру мерзімі: {due}.",
            ru="Руководитель вернул подготовленное решение: {number}. Причина указана на странице дела. "
            "Срок ответа: {due}.",
            en="The head handed back what was prepared for {number}. The page of the case says why. "
            "The answer is due: {due}.",
        ),
        to=("member",),
    ),
)
