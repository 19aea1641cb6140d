"""The term of a complaint is extended."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="extended",
    citizen=Words(
        kk="Мерзім бір рет ұзартылды. Хабарламасы құжаттар арасында.",
        ru="Срок продлён, один раз. Уведомление – среди документов.",
        en="The term was extended, once. The notice is among the papers.",
    ),
    office=Words(
        kk="{by} мерзімді бір рет ұзартты.",
        ru="Срок продлён один раз ({by}).",
        en="Term extended by {by}, once.",
    ),
    court=Words(
        kk="Қарау мерзімі ұзартылды.",
        ru="Срок рассмотрения продлён.",
        en="The term was extended.",
    ),
)
