"""Somebody who has cases is away and nobody stands in: a head gives them to others, or an officer takes them."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="holder_away",
    letter=Letter(
        subject=Words(
            kk="Qyzmet: қызметкер жұмыста жоқ, істері иесіз",
            ru="Qyzmet: сотрудник отсутствует, дела без исполнителя",
            en="Qyzmet: a colleague is away, and nobody has their cases",
        ),
        text=Words(
            kk="Бір қызметкер жұмыста болмайды. Болмайтын соңғы күні: {until}. Иесіз қалған істер: {count}, "
            "ең жақын мерзім: {due}. Олар «Бөлінбеген» тізімінде тұр: "
            "басшы басқа қызметкерге береді немесе қызметкердің өзі алады.",
            ru="Сотрудник отсутствует. Последний день: {until}. Осталось без исполнителя: {count}, "
            "ближайший срок: {due}. Они в списке «Ничьи»: руководитель передаёт их другим, или сотрудник берёт сам.",
            en="A colleague is away; the last day of it: {until}. Left with nobody: {count}, "
            "the earliest is due {due}. They stand in the list “Nobody's”: "
            "a head gives them to others, or an officer takes them.",
        ),
        to=("managers",),
    ),
)
