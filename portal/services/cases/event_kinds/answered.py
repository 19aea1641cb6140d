"""A complaint is answered."""

from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_ANSWERS = {
    "satisfied": Words(
        kk="{by} жауап берді: Толық қанағаттандырылды.",
        ru="Дан ответ ({by}): Удовлетворена полностью.",
        en="Answered by {by}: Satisfied wholly.",
    ),
    "partly": Words(
        kk="{by} жауап берді: Ішінара қанағаттандырылды.",
        ru="Дан ответ ({by}): Удовлетворена частично.",
        en="Answered by {by}: Satisfied partly.",
    ),
    "refused": Words(
        kk="{by} жауап берді: Қанағаттандырылмады.",
        ru="Дан ответ ({by}): Не удовлетворена.",
        en="Answered by {by}: Not satisfied.",
    ),
}


def _how(data: Mapping[str, Any]) -> Words:
    return _ANSWERS[data["answer"]]


KIND = EventKind(
    id="answered",
    citizen=Words(
        kk="Жауап берілді. Ол құжаттар арасында.",
        ru="Дан ответ. Он среди документов.",
        en="Answered. The answer is among the papers.",
    ),
    office=_how,
    court=Words(
        kk="Шағымға жауап берілді.",
        ru="На жалобу дан ответ.",
        en="The complaint was answered.",
    ),
)
