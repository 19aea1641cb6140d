"""The citizen wrote to the officer, or added documents that nobody had asked for."""

from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_WROTE = Words(
    kk="Сіз маманға жаздыңыз.",
    ru="Вы написали специалисту.",
    en="You wrote to the officer.",
)
_ADDED = Words(
    kk="Сіз құжат қостыңыз.",
    ru="Вы добавили документ.",
    en="You added a document.",
)
_HAS_WRITTEN = Words(
    kk="Азамат хабарлама жазды.",
    ru="Гражданин написал сообщение.",
    en="The citizen wrote a message.",
)
_HAS_ADDED = Words(
    kk="Азамат құжат қосты.",
    ru="Гражданин добавил документ.",
    en="The citizen added a document.",
)


def _mine(data: Mapping[str, Any]) -> Words:
    return _ADDED if data.get("only_files") else _WROTE


def _theirs(data: Mapping[str, Any]) -> Words:
    return _HAS_ADDED if data.get("only_files") else _HAS_WRITTEN


KIND = EventKind(id="citizen_wrote", citizen=_mine, office=_theirs)
