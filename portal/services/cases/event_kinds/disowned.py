"""The owner of the IIN says that the complaint is not theirs."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="disowned",
    citizen=Words(
        kk="ЖСН иесі мұны өзі жібермегенін айтты.",
        ru="Владелец ИИН сообщил, что не отправлял это.",
        en="The owner of the IIN says that they did not send it.",
    ),
    office=Words(
        kk="ЖСН иесі мұны өзі жібермегенін айтты.",
        ru="Владелец ИИН сообщил, что не отправлял это.",
        en="The owner of the IIN says that they did not send it.",
    ),
    court=Words(
        kk="ЖСН иесі шағымды өзі бермегенін айтты.",
        ru="Владелец ИИН сообщил, что не подавал жалобу.",
        en="The owner of the IIN says that they did not send it.",
    ),
)
