"""An answer to a complaint is written for a head to sign."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="answer_prepared",
    citizen=None,
    office=Words(
        kk="Шағымға жауапты басшының қолына дайындаған: {by}.",
        ru="Ответ на жалобу подготовил(а) на подпись руководителю: {by}.",
        en="Answer to the complaint prepared for a head to sign, by {by}.",
    ),
)
