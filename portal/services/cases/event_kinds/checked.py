"""The registers confirmed everything."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="checked",
    citizen=Words(
        kk="Жазғаныңызды тізілімдер растады.",
        ru="Реестры подтвердили ваши данные.",
        en="The registers confirmed what you wrote.",
    ),
    office=Words(
        kk="Бәрі расталды.",
        ru="Всё подтверждено.",
        en="Everything is confirmed.",
    ),
)
