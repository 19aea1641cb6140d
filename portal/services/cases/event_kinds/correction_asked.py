"""The citizen is asked to correct the application."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="correction_asked",
    citizen=Words(
        kk="Сізден өтінішті түзету сұралды.",
        ru="Вас попросили исправить заявление.",
        en="You were asked to correct the application.",
    ),
    office=Words(
        kk="Түзетуді сұраған: {by}.",
        ru="Исправление запросил(а): {by}.",
        en="Correction asked for by {by}.",
    ),
    court=Words(
        kk="Түзету сұралды.",
        ru="Попросили исправить.",
        en="A correction was asked for.",
    ),
)
