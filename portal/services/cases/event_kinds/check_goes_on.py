"""An officer lets the check go on."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="check_goes_on",
    citizen=Words(
        kk="Тексеру жалғасуда. Орныңыз сақталады.",
        ru="Проверка продолжается. Ваше место сохраняется.",
        en="The check goes on. Your place is kept.",
    ),
    office=Words(
        kk="Тексеру жалғасады ({by}).",
        ru="Проверка продолжается ({by}).",
        en="The check goes on ({by}).",
    ),
)
