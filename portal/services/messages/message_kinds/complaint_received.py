"""A complaint is registered."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="complaint_received",
    sms=Words(
        kk="Qyzmet: шағым тіркелді, № {number}. Жауап мерзімі {due}.",
        ru="Qyzmet: жалоба принята, № {number}. Ответ до {due}.",
        en="Qyzmet: complaint registered, No. {number}. Answer due by {due}.",
    ),
    longest={"number": 14},
)
