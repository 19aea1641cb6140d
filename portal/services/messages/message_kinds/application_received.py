"""An application was received."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="application_received",
    sms=Words(
        kk="Qyzmet: өтініш қабылданды: {number}, қолхат коды {code}.",
        ru="Qyzmet: заявление принято: {number}, код расписки {code}.",
        en="Qyzmet: your application has been received. Number {number}, receipt code {code}.",
    ),
    longest={"code": 8},
)
