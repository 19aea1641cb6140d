"""A correction is asked for."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="correction_asked",
    sms=Words(
        kk="Qyzmet: {number}. Өтінішті түзету керек. Кабинетті қараңыз.",
        ru="Qyzmet: {number}. Нужно исправить заявление: см. кабинет.",
        en="Qyzmet: {number}. Something in your application has to be corrected. See your cabinet.",
    ),
    by_day=True,
)
