"""The body that is complained of replied."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="other_side_replied",
    citizen=Words(
        kk="Екінші тарап жауап берді.",
        ru="Другая сторона ответила.",
        en="The other side replied.",
    ),
    office=Words(
        kk="Екінші тарап жауап берді (тіркеген: {by}):",
        ru="Другая сторона ответила (занёс в дело: {by}):",
        en="The other side replied (put on record by {by}):",
    ),
    court=Words(
        kk="Екінші тарап жауап берді.",
        ru="Другая сторона ответила.",
        en="The other side replied.",
    ),
)
