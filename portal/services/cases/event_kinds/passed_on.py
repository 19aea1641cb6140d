"""Who had the case is away: it went to the deputy, or back on the list."""

from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_GIVEN = Words(
    kk="{name} жұмыста болмайды. Ісі берілген орынбасар: {to}.",
    ru="{name} отсутствует. Дело передано заместителю: {to}.",
    en="{name} is away. The case went to the deputy, {to}.",
)
_PUT_BACK = Words(
    kk="{name} жұмыста болмайды. Іс тізімге қайтарылды: жауаптысы жоқ.",
    ru="{name} отсутствует. Дело возвращено в список: исполнителя нет.",
    en="{name} is away. The case is back on the list: nobody has it.",
)


def _to_whom(data: Mapping[str, Any]) -> Words:
    return _GIVEN if data.get("to") else _PUT_BACK


KIND = EventKind(id="passed_on", citizen=None, office=_to_whom)
