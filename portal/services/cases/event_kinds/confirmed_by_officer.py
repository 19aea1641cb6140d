"""An officer confirmed what the registers could not."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="confirmed_by_officer",
    citizen=Words(
        kk="Тізілімдер растай алмағанды қызметкер растады.",
        ru="Сотрудник подтвердил то, что не подтвердили реестры.",
        en="An officer confirmed what the registers could not.",
    ),
    office=Words(
        kk="Растаған: {by}.",
        ru="Подтвердил(а): {by}.",
        en="Confirmed by {by}.",
    ),
)
