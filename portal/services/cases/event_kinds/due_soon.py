"""The deadline is near."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="due_soon",
    citizen=None,
    office=Words(
        kk="Мерзім таяп қалды: маманға хат жіберілді.",
        ru="Срок близко: специалисту отправлено письмо.",
        en="The deadline is near: a letter went to the officer.",
    ),
)
