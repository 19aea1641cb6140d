"""A case is given to an officer, or put back on the list."""

from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_GIVEN = Words(
    kk="Кімге берілді: {to}. Берген: {by}.",
    ru="Кому передано: {to}. Передал(а): {by}.",
    en="Given to {to} by {by}.",
)
_PUT_BACK = Words(
    kk="Тізімге қайтарған: {by}.",
    ru="Вернул(а) в список: {by}.",
    en="Put back on the list by {by}.",
)


def _to_whom(data: Mapping[str, Any]) -> Words:
    return _GIVEN if data.get("to") else _PUT_BACK


KIND = EventKind(id="assigned", citizen=None, office=_to_whom)
