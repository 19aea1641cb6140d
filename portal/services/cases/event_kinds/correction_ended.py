"""The officer goes on without the correction."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="correction_ended",
    citizen=Words(
        kk="Қызметкер түзетусіз жалғастырады.",
        ru="Сотрудник продолжает без исправления.",
        en="The officer goes on without the correction.",
    ),
    office=Words(
        kk="Түзетусіз жалғастырған: {by}.",
        ru="Продолжил(а) без исправления: {by}.",
        en="{by} goes on without the correction.",
    ),
)
