"""The registers are late, an officer has the check."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="check_late",
    sms=Words(
        kk="Qyzmet: {number}. Тексеру маманға берілді. Кезегіңіз сақталады.",
        ru="Qyzmet: {number}. Данные проверит специалист. Место сохранено.",
        en="Qyzmet: {number}. The check takes longer: an officer has it now. Your place in the queue is kept.",
    ),
    by_day=True,
)
