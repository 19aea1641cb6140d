"""The registers could not confirm everything."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="to_be_checked",
    citizen=Words(
        kk="Тізілімдер деректің бәрін растай алмады. Қайта сұраймыз; өтініш берген уақытыңыз сақталады.",
        ru="Реестры подтвердили не всё. Мы спросим ещё раз; время вашего заявления сохраняется.",
        en="The registers could not confirm everything. We will ask again; your place by time of application is kept.",
    ),
    office=Words(
        kk="Тізілімдер деректің бәрін растай алмады.",
        ru="Реестры подтвердили не всё.",
        en="The registers could not confirm everything.",
    ),
)
