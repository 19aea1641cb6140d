"""A referral is given: its last day, and where it is."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="referral_given",
    sms=Words(
        kk="Qyzmet: {number}. Жолдама берілді, мерзімі {due}. Кабинетте.",
        ru="Qyzmet: {number}. Есть направление до {due}: см. кабинет.",
        en="Qyzmet: {number}. A kindergarten referral is issued, its last day is {due}. See your cabinet.",
    ),
    asks_rating=True,
)
