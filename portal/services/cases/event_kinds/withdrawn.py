"""The citizen withdrew it."""

from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_BY_CITIZEN = Words(
    kk="Сіз қайтарып алдыңыз.",
    ru="Вы отозвали заявление.",
    en="You withdrew it.",
)
_UNISSUED = Words(
    kk="Сіз шешім берілмей тұрып қайтарып алдыңыз. Шешім берілмейді.",
    ru="Вы отозвали заявление до выдачи решения. Решение выдано не будет.",
    en="You withdrew it before the decision was issued. No decision is given.",
)
_BY_CITIZEN_OFFICE = Words(
    kk="Азамат қайтарып алды.",
    ru="Отозвано гражданином.",
    en="Withdrawn by the citizen.",
)
_UNISSUED_OFFICE = Words(
    kk="Қол қойылған шешім берілмей тұрып, азамат қайтарып алды. Шешімнің күші жойылды.",
    ru="Отозвано гражданином до выдачи подписанного решения. Решение снято.",
    en="Withdrawn by the citizen before the signed decision was issued. The decision is dropped.",
)


def _for_citizen(data: Mapping[str, Any]) -> Words:
    return _UNISSUED if data.get("unissued") else _BY_CITIZEN


def _for_office(data: Mapping[str, Any]) -> Words:
    return _UNISSUED_OFFICE if data.get("unissued") else _BY_CITIZEN_OFFICE


KIND = EventKind(
    id="withdrawn",
    citizen=_for_citizen,
    office=_for_office,
    court=Words(
        kk="Қайтарып алынды.",
        ru="Отозвано.",
        en="Withdrawn.",
    ),
)
