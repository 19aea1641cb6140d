"""A colleague is away: their cases are the deputy's."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="stands_in",
    letter=Letter(
        subject=Words(
            kk="Qyzmet: әріптесіңіздің істері сізге берілді",
            ru="Qyzmet: вам переданы дела коллеги",
            en="Qyzmet: a colleague's cases are yours",
        ),
        text=Words(
            kk="Әріптесіңіз жұмыста болмайды, орнында сізсіз. Болмайтын соңғы күні: {until}. "
            "Сізге берілген істер: {count}, ең жақын "
            "мерзім: {due}. Олар «Менікі» тізімінде тұр.",
            ru="Коллега отсутствует, вы замещаете. Последний день отсутствия: {until}. "
            "Вам передано дел: {count}, ближайший срок: {due}. "
            "Они в списке «Мои».",
            en="A colleague is away and you stand in; the last day of it: {until}. "
            "Cases given to you: {count}, the earliest is due {due}. "
            "They stand in the list “Mine”.",
        ),
        to=("holder",),
    ),
)
