"""A referral is issued."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="referral",
    citizen=Words(
        kk="Орын табылып, жолдама берілді.",
        ru="Место нашлось, направление выдано.",
        en="A place was found, and the referral issued.",
    ),
    office=Words(
        kk="Жолдама берілді.",
        ru="Направление выдано.",
        en="Referral issued.",
    ),
    court=Words(
        kk="Жолдама берілді.",
        ru="Выдано направление.",
        en="A referral was issued.",
    ),
)
