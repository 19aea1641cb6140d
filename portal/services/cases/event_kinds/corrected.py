"""The citizen corrected the application."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="corrected",
    citizen=Words(
        kk="Сіз өтінішті түзеттіңіз.",
        ru="Вы исправили заявление.",
        en="You corrected the application.",
    ),
    office=Words(
        kk="Азамат өтінішті түзетті.",
        ru="Гражданин исправил заявление.",
        en="The citizen corrected the application.",
    ),
    court=Words(
        kk="Түзетілді.",
        ru="Исправлено.",
        en="Corrected.",
    ),
)
