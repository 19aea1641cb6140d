"""An application was received, and officers answer it by a day."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="application_due",
    sms=Words(
        kk="Qyzmet: {number}, қолхат коды {code}, жауап мерзімі {due}.",
        ru="Qyzmet: {number}, код расписки {code}, ответ до {due}.",
        en="Qyzmet: application {number} received, receipt code {code}, the answer is due by {due}.",
    ),
    longest={"code": 8},
)
