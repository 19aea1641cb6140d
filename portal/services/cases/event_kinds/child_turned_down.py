"""An officer said that the child is not the applicant's: closed."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="child_turned_down",
    citizen=Words(
        kk="Маман баланың сіздікі екенін растамады, өтініш жабылды. Келіспесеңіз, шағымдана аласыз.",
        ru="Специалист не подтвердил, что ребёнок ваш, и заявление закрыто. Если вы не согласны, можно пожаловаться.",
        en="An officer did not confirm that the child is yours, and the application was closed. If you do "
        "not agree, you may complain.",
    ),
    office=Words(
        kk="Жапты: {by}. Бала өтініш берушінікі емес.",
        ru="Закрыл(а) {by}: ребёнок не заявителя.",
        en="Closed by {by}: the child is not the applicant's.",
    ),
)
