"""After a complaint the case is decided anew."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="reopened",
    citizen=Words(
        kk="Шағымнан кейін өтінішті басқа маман қайта қарайды.",
        ru="После жалобы решение принимают заново, другой сотрудник.",
        en="After a complaint it is decided anew, by somebody else.",
    ),
    office=Words(
        kk="Шағымнан кейін қайта ашылды, жаңадан шешім шығарылады.",
        ru="Открыто снова после жалобы, решается заново.",
        en="Opened again after a complaint, to be decided anew.",
    ),
    court=Words(
        kk="Шағымнан кейін қайта қаралды.",
        ru="После жалобы рассматривается заново.",
        en="Decided anew after a complaint.",
    ),
)
