"""A decision is prepared for the head."""

from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_GRANT = Words(
    kk="Қанағаттандыру шешімін дайындаған: {by}.",
    ru="Решение об удовлетворении подготовил(а): {by}.",
    en="Grant prepared by {by}.",
)
_REFUSAL = Words(
    kk="Бас тартуды дайындаған: {by}.",
    ru="Отказ подготовил(а): {by}.",
    en="Refusal prepared by {by}.",
)


def _which(data: Mapping[str, Any]) -> Words:
    return _GRANT if data.get("decision") == "grant" else _REFUSAL


KIND = EventKind(id="prepared", citizen=None, office=_which)
