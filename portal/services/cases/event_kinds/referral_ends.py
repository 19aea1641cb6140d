"""The family is told that its referral ends."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="referral_ends",
    citizen=Words(
        kk="Жолдаманың соңғы күні: {until}.",
        ru="Последний день направления: {until}.",
        en="The last day of the referral: {until}.",
    ),
    office=Words(
        kk="Отбасына жолдама мерзімі бітетіні хабарланды.",
        ru="Семье сообщили, что срок направления кончается.",
        en="The family was told that the referral ends.",
    ),
)
