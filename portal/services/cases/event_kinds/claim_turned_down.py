"""An officer turned a privilege down."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="claim_turned_down",
    citizen=Words(
        kk="Маман жеңілдікті растамады. Бала жалпы кезекке өтті, өтініш берген уақытыңыз сақталады. "
        "Келіспесеңіз, шағымдана аласыз.",
        ru="Специалист не подтвердил льготу. Ребёнок теперь в общей очереди с прежним временем заявления. "
        "Если вы не согласны, можно пожаловаться.",
        en="An officer did not confirm the privilege. The child goes on in the general queue with the time "
        "of your application. If you do not agree, you may complain.",
    ),
    office=Words(
        kk="Жеңілдікті растамады: {by}. Жалпы кезек.",
        ru="Льготу не подтвердил(а) {by}: общая очередь.",
        en="Privilege turned down by {by}: general queue.",
    ),
)
