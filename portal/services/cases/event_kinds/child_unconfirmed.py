"""Nobody confirmed in time that the child is the applicant's."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="child_unconfirmed",
    citizen=Words(
        kk="Баланың сіздікі екені мерзімінде расталмады. Расталғанша орын берілмейді, өтініш берген "
        "уақытыңыз сақталады.",
        ru="В срок не подтвердилось, что ребёнок ваш. До подтверждения мест не дают; время подачи "
        "заявления сохраняется.",
        en="Nobody confirmed in time that the child is yours. No place is given until it is confirmed; the "
        "time of your application stands.",
    ),
    office=Words(
        kk="Бала мерзімінде расталмады: орын сақталмайды.",
        ru="Ребёнка не подтвердили в срок: место не удерживается.",
        en="Nobody confirmed the child in time: no place is kept back.",
    ),
)
