"""The child is placed in the queue."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="queued",
    citizen=Words(
        kk="Кезекке қойылды. Сол кездегі нөмірі: {number}.",
        ru="Поставлено в очередь. Номер на тот момент: {number}.",
        en="Placed in the queue. Number at that time: {number}.",
    ),
    office=Words(
        kk="Кезекке қойылды, сол кездегі нөмірі: {number}.",
        ru="В очереди, номер на тот момент: {number}.",
        en="In the queue, number then {number}.",
    ),
    court=Words(
        kk="Кезекке қойылды.",
        ru="Поставлено в очередь.",
        en="Placed in the queue.",
    ),
)
