"""A virus was found in a file."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="file_infected",
    sms=Words(
        kk="Qyzmet: {number}. Файлда вирус бар, өшірілді. Кабинетті қараңыз.",
        ru="Qyzmet: {number}. В файле вирус, он удалён. См. кабинет.",
        en="Qyzmet: {number}. A file you sent held a virus and was deleted. See your cabinet.",
    ),
)
