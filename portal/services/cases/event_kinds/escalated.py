"""No answer came in time: the complaint went up."""

from collections.abc import Mapping
from typing import Any

from ...kinds import Words
from ..event_kind import EventKind

_TO_HEAD = Words(
    kk="Жауап мерзімінде берілмеді: шағым басшыға өтті ({to}).",
    ru="Ответа в срок нет: жалоба перешла к руководителю ({to}).",
    en="No answer in time: it went up to the head, {to}.",
)
_TO_MANAGERS = Words(
    kk="Жауап мерзімінде берілмеді: басшылыққа хабарланды.",
    ru="Ответа в срок нет: руководству сообщено.",
    en="No answer in time: the managers have been told.",
)


def _to_whom(data: Mapping[str, Any]) -> Words:
    return _TO_HEAD if data.get("to") else _TO_MANAGERS


KIND = EventKind(
    id="escalated",
    citizen=Words(
        kk="Жауап мерзімінде келмеді. Шағым басшыға жіберілді. Келесі сатыға бірден жүгіне аласыз.",
        ru="Ответа в срок нет. Жалоба передана руководителю. Вы можете сразу обратиться в следующую инстанцию.",
        en="No answer came in time. The complaint went up to the head. You may go to the next instance at once.",
    ),
    office=_to_whom,
    court=Words(
        kk="Жауап мерзімінде берілмеді, шағым басшыға жіберілді.",
        ru="Ответа в срок нет, жалоба передана руководителю.",
        en="No answer came in time, and the complaint went up to the head.",
    ),
)
