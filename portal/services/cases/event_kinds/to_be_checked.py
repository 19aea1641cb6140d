"""The registers could not confirm everything."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="to_be_checked",
    citizen=Words(
        kk="Мемлекеттік тізілімдер (дерекқорлар) деректің бәрін растай алмады. "
        "Тізілімдерден қайта сұраймыз; құжат керек болса, беттің басында жазылған. Өтініш берген уақытыңыз сақталады.",
        ru="Государственные реестры (базы данных) подтвердили не всё. "
        "Мы спросим ещё раз; если нужен документ, это сказано вверху. Время вашего заявления сохраняется.",
        en="The state registers (databases) could not confirm everything. "
        "We ask again; if a document is needed, the top of the page says so. "
        "Your place by time of application is kept.",
    ),
    office=Words(
        kk="Тізілімдер деректің бәрін растай алмады.",
        ru="Реестры подтвердили не всё.",
        en="The registers could not confirm everything.",
    ),
)
