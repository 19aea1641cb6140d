"""The deadline has passed."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="overdue",
    citizen=Words(
        kk="Біз мерзімді өткізіп алдық. Кінә бізден; басшыға хабарланды.",
        ru="Мы пропустили срок. Вина наша; руководитель об этом знает.",
        en="We have missed the deadline. The fault is ours; the manager has been told.",
    ),
    office=Words(
        kk="Мерзім өтіп кетті: басшылық пен азаматқа хабарланды.",
        ru="Срок прошёл: руководство и гражданин извещены.",
        en="The deadline has passed: manager and citizen have been told.",
    ),
    court=Words(
        kk="Мерзім өтіп кетті.",
        ru="Срок нарушен.",
        en="The deadline was missed.",
    ),
)
