"""Letters go to another address."""

from ...kinds import Words
from ..account_letters import account_letter
from ..message_kind import MessageKind

KIND = MessageKind(
    id="email_changed",
    letter=account_letter(
        Words(
            kk="Хабарламалар енді басқа электрондық поштаға жіберіледі.",
            ru="Сообщения теперь будут приходить на другой адрес электронной почты.",
            en="Messages will now go to another e-mail address.",
        )
    ),
)
