"""Somebody who had cases no longer handles them: a head gives them to others, or an officer takes them."""

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
            "Олар «Бөлінбеген» тізімінде тұр: басшы басқа қызметкерге береді немесе қызметкердің өзі алады.",
            ru="Сотрудник больше не ведёт дела. Осталось без исполнителя: {count}, ближайший срок: {due}. "
            "Они в списке «Ничьи»: руководитель передаёт их другим, или сотрудник берёт сам.",
            en="A colleague no longer handles cases. Left with nobody: {count}, the earliest is due {due}. "
            "They stand in the list “Nobody's”: a head gives them to others, or an officer takes them.",
        ),
        to=("managers",),
    ),
)
