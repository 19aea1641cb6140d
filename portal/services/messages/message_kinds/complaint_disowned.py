"""The owner of the IIN says that the complaint is not theirs."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="complaint_disowned",
    letter=Letter(
        subject=Words(
            kk="{number}: шағымды мен жазған жоқпын дейді",
            ru="{number}: владелец ИИН жалобу не подавал",
            en="{number}: not sent by the owner of the IIN",
        ),
        text=Words(
            kk="ЖСН иесі шағымды өзі бермегенін айтты: {number}.",
            ru="Владелец ИИН сообщил, что не подавал жалобу {number}.",
            en="The owner of the IIN says {number} is not theirs.",
        ),
        to=("holder",),
    ),
)
