"""A virus was found in a file."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="file_infected",
    sms=Words(
        kk="Qyzmet: {number}. Вирус табылған файл өшірілді. Кабинетті ашыңыз.",
        ru="Qyzmet: {number}. Файл с вирусом удалён. Откройте кабинет.",
        en="Qyzmet: {number}. A file you sent held a virus and was deleted. See your cabinet.",
    ),
)
