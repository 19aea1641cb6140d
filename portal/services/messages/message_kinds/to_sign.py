"""Work is prepared and waits for a head to sign it."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="to_sign",
    letter=Letter(
        subject=Words(
            kk="{number}: қол қоюыңызды күтіп тұр",
            ru="{number}: ждёт вашей подписи",
            en="{number}: waits for your signature",
        ),
        text=Words(
            kk="{number}: шешім дайын, қол қоюыңызды күтіп тұр. Жауап беру мерзімі: {due}.",
            ru="{number}: решение подготовлено и ждёт вашей подписи. Срок ответа: {due}.",
            en="{number}: a decision is prepared and waits for your signature. The answer is due: {due}.",
        ),
        to=("member",),
    ),
)
