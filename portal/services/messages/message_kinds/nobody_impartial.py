"""Nobody impartial is left, and no instance stands above: citizen, managers and administrators are told."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="nobody_impartial",
    sms=Words(
        kk="Qyzmet: {number}. Шағымды қарайтын адам іздеудеміз.",
        ru="Qyzmet: {number}. Ищем, кто рассмотрит жалобу. Срок идёт.",
        en="Qyzmet: {number}. We are finding who may look into it. The term runs on.",
    ),
    letter=Letter(
        subject=Words(
            kk="{number}: шағымды қарайтын адам жоқ",
            ru="{number}: жалобу некому рассмотреть",
            en="{number}: nobody may look into it",
        ),
        text=Words(
            kk="Шағымды қарауға құқығы бар бейтарап адам жоқ: {number}. Маман тағайындаңыз. Мерзімі: {due}.",
            ru="Беспристрастного сотрудника для жалобы {number} нет. Назначьте его. Срок ответа: {due}.",
            en="Nobody impartial is there to look into complaint {number}. Name somebody. The answer is due: {due}.",
        ),
        to=("managers", "administrators"),
    ),
)
