"""A referral was not used by its last day: the place went on."""

from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_MAY_COME_BACK = Words(
    kk="Жолдама соңғы күніне дейін пайдаланылмады, орын келесі балаға берілді. Кезекке қайтуға болатын "
    "соңғы күн: {until}.",
    ru="Направлением не воспользовались до последнего дня, место получил следующий ребёнок. Последний "
    "день, чтобы вернуться в очередь: {until}.",
    en="The referral was not used by its last day, and the place went to the next child. The last day "
    "to come back to the queue: {until}.",
)
_WAITS_ON = Words(
    kk="Жолдама соңғы күніне дейін пайдаланылмады, орын келесі балаға берілді. Балаңыз кезекте тұра береді.",
    ru="Направлением не воспользовались до последнего дня, место получил следующий ребёнок. Ваш "
    "ребёнок остаётся в очереди.",
    en="The referral was not used by its last day, and the place went to the next child. Your child "
    "waits on in the queue.",
)


def _for_citizen(data: Mapping[str, Any]) -> Words:
    return _MAY_COME_BACK if data.get("until") else _WAITS_ON


KIND = EventKind(
    id="referral_lapsed",
    citizen=_for_citizen,
    office=Words(
        kk="Жолдама пайдаланылмады: орын келесіге берілді.",
        ru="Направление не использовано: место пошло дальше.",
        en="Referral not used: the place went on.",
    ),
)
