"""A complaint is registered."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="complaint_registered",
    citizen=Words(
        kk="Шағым тіркелді.",
        ru="Жалоба зарегистрирована.",
        en="Complaint registered.",
    ),
    office=Words(
        kk="Шағым тіркелді.",
        ru="Жалоба зарегистрирована.",
        en="Complaint registered.",
    ),
    court=Words(
        kk="Шағым тіркелді.",
        ru="Жалоба зарегистрирована.",
        en="The complaint was registered.",
    ),
)
