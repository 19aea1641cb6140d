"""An app for codes is connected."""

from ...kinds import Words
from ..account_letters import account_letter
from ..message_kind import MessageKind

KIND = MessageKind(
    id="factor_set_up",
    letter=account_letter(
        Words(
            kk="Кіру кодтарын жасайтын қолданба тіркелгіңізге қосылды.",
            ru="К вашей учётной записи подключено приложение с кодами для входа.",
            en="An app that makes sign-in codes was connected to your account.",
        )
    ),
)
