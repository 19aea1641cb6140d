"""The family chose other kindergartens, or another order of them, while it waits."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="wishes_changed",
    citizen=Words(
        kk="Сіз балабақша таңдауын өзгерттіңіз. Бұрын: {was}. Енді: {wished}.",
        ru="Вы изменили выбор детских садов. Было: {was}. Стало: {wished}.",
        en="You changed your choice of kindergartens. Before: {was}. Now: {wished}.",
    ),
    office=Words(
        kk="Отбасы балабақша таңдауын өзгертті. Бұрын: {was}. Енді: {wished}.",
        ru="Семья изменила выбор детских садов. Было: {was}. Стало: {wished}.",
        en="The family changed its choice of kindergartens. Before: {was}. Now: {wished}.",
    ),
    court=Words(
        kk="Балабақша таңдауы өзгертілді.",
        ru="Выбор детских садов изменён.",
        en="The choice of kindergartens was changed.",
    ),
)
