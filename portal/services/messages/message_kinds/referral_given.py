"""A referral is given."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="referral_given",
    sms=Words(
        kk="Qyzmet: {number}. Балабақшаға жолдама берілді. Кабинетті қараңыз.",
        ru="Qyzmet: {number}. Выдано направление в детсад: см. кабинет.",
        en="Qyzmet: {number}. A kindergarten referral has been issued. See your cabinet.",
    ),
    asks_rating=True,
)
