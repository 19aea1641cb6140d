"""The body that is complained of is asked to explain."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="other_side_asked",
    citizen=Words(
        kk="Екінші тараптан түсініктеме сұралды.",
        ru="У другой стороны запрошены пояснения.",
        en="The other side was asked to explain.",
    ),
    office=Words(
        kk="{by} екінші тараптан сұрады:",
        ru="{by}: вопрос другой стороне:",
        en="{by} asked the other side:",
    ),
    court=Words(
        kk="Екінші тараптан түсініктеме сұралды.",
        ru="У другой стороны запрошены пояснения.",
        en="The other side was asked to explain.",
    ),
)
