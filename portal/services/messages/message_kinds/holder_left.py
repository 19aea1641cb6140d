"""Somebody who had cases no longer handles them: who stays in the body gives the cases to others."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="holder_left",
    letter=Letter(
        subject=Words(
            kk="Qyzmet: істердің жауаптысы жоқ",
            ru="Qyzmet: дела остались без исполнителя",
            en="Qyzmet: cases that nobody has",
        ),
        text=Words(
            kk="Жауапты қызметкер енді істермен айналыспайды. Иесіз қалған істер: {count}, ең жақын мерзім: {due}. "
            "«Бөлінбеген» тізімінен басқа қызметкерге беріңіз.",
            ru="Сотрудник больше не ведёт дела. Осталось без исполнителя: {count}, ближайший срок: {due}. "
            "Передайте их другим из списка «Ничьи».",
            en="A colleague no longer handles cases. Left with nobody: {count}, the earliest is due {due}. "
            "Give them to others from the list “Nobody's”.",
        ),
        to=("managers",),
    ),
)
