"""A referral ends soon."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="referral_ends",
    sms=Words(
        kk="Qyzmet: {number}. Жолдаманың соңғы күні {due}.",
        ru="Qyzmet: {number}. Последний день направления {due}.",
        en="Qyzmet: {number}. The last day to use the referral is {due}.",
    ),
)
