"""An application was received."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="application_received",
    sms=Words(
        kk="Qyzmet: өтінішіңіз қабылданды, нөмірі {number}.",
        ru="Qyzmet: заявление принято. Номер {number}.",
        en="Qyzmet: your application has been received. Number {number}.",
    ),
)
