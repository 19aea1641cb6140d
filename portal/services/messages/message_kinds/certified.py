"""The application is granted, and its result is a certificate."""

from ...kinds import Words
from ..message_kind import MessageKind

KIND = MessageKind(
    id="certified",
    sms=Words(
        kk="Qyzmet: {number}. Анықтама дайын, кабинетте тұр.",
        ru="Qyzmet: {number}. Справка готова, она в кабинете.",
        en="Qyzmet: {number}. The certificate is ready in your cabinet.",
    ),
    asks_rating=True,
)
