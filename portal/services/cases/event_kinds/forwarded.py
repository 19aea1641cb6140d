"""A complaint is passed on to the body that answers it."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="forwarded",
    citizen=Words(
        kk="Мұндай шағымға жауап беретін органға жіберілді: {names}. Мерзім сол жерде тіркелген күннен саналады.",
        ru="Передана органу, который отвечает на такие жалобы: {names}. Срок считается со дня регистрации там.",
        en="Passed on to the body that answers such complaints: {names}. The term counts from its registration there.",
    ),
    office=Words(
        kk="{by} басқа органға берді: {names}.",
        ru="Передано дальше ({by}): {names}.",
        en="Passed on by {by} to: {names}.",
    ),
    court=Words(
        kk="Шағым басқа органға берілді.",
        ru="Жалоба передана другому органу.",
        en="The complaint was passed on to another body.",
    ),
)
