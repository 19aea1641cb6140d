"""A referral was not used."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="referral_lapsed",
    sms=Words(
        kk="Qyzmet: {number}. Жолдама мерзімі бітті. Кабинетті қараңыз.",
        ru="Qyzmet: {number}. Срок направления истёк: см. кабинет.",
        en="Qyzmet: {number}. The referral has ended unused. See your cabinet.",
    ),
)
