"""The registers have not answered in time: an officer has the check."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="check_late",
    citizen=Words(
        kk="Тексеру созылып кетті. Енді оны маман қарайды; сізге ештеңе істеудің қажеті жоқ.",
        ru="Проверка затянулась. Теперь ею занят специалист; вам ничего делать не нужно.",
        en="The check took longer than it should. An officer has it now; you need not do anything.",
    ),
    office=Words(
        kk="Маманға берілді: тізілімдер уақытында жауап бермеді.",
        ru="Передано специалисту: реестры не ответили вовремя.",
        en="Handed to an officer: the registers have not answered in time.",
    ),
)
