"""An officer saw the papers and confirmed what no register did."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_UNNAMED = Words(  # of the days when the paper was not asked for
    kk="Құжаттарды қарап растаған: {by}.",
    ru="Документы посмотрел(а) и подтвердил(а): {by}.",
    en="{by} saw the papers and confirmed.",
)


def _which(data: Mapping[str, Any]) -> Words:
    if not data.get("paper"):
        return _UNNAMED
    day = f"{dt.date.fromisoformat(data['issued_on']):%d.%m.%Y}"
    return Words(
        kk=f"Құжатты қарап растаған: {{by}}. Құжат: {{paper}}, № {{number}}, берілген күні {day}.",
        ru=f"Документ посмотрел(а) и подтвердил(а): {{by}}. Документ: {{paper}}, № {{number}}, выдан {day}.",
        en=f"{{by}} saw the paper and confirmed: {{paper}}, No. {{number}}, issued on {day}.",
    )


KIND = EventKind(
    id="confirmed_by_officer",
    citizen=Words(
        kk="Тізілімдер растай алмаған деректі маман құжаттарды қарап растады.",
        ru="Специалист посмотрел документы и подтвердил то, чего не подтвердили реестры.",
        en="An officer saw the papers and confirmed what the registers could not.",
    ),
    office=_which,
)
