"""Nobody confirmed a privilege in time."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="claim_ended",
    citizen=Words(
        kk="Жеңілдік мерзімінде расталмады. Бала жалпы кезекке өтті, өтініш берген уақытыңыз сақталады.",
        ru="Льготу не подтвердили в срок. Ребёнок теперь в общей очереди с прежним временем заявления.",
        en="Nobody confirmed the privilege in time. The child goes on in the general queue with the time "
        "of your application.",
    ),
    office=Words(
        kk="Жеңілдік мерзімінде расталмады: жалпы кезек.",
        ru="Льготу не подтвердили в срок: общая очередь.",
        en="Nobody confirmed the privilege in time: general queue.",
    ),
)
