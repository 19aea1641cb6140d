"""A renewal is offered before the term ends."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="renewal_offered",
    citizen=Words(
        kk="Мерзімі бітіп барады. Жауаптарыңыз толтырылған ұзарту өтініші кабинетте тұр.",
        ru="Срок подходит к концу. Заявление на продление с вашими ответами ждёт в кабинете.",
        en="The term nears its end. A renewal with your answers filled in is waiting in your cabinet.",
    ),
    office=Words(
        kk="Мерзімі бітіп барады: азаматқа ұзарту өтініші ұсынылды.",
        ru="Срок подходит к концу: заявителю предложено продление.",
        en="The term nears its end: the citizen was offered a renewal.",
    ),
)
