"""An administrator reset the second factor."""

from ...kinds import Words
from ..account_letters import account_letter
from ..message_kind import MessageKind

KIND = MessageKind(
    id="factor_reset",
    letter=account_letter(
        Words(
            kk="Әкімші екінші факторыңызды алып тастап, жаңа бастапқы құпиясөз берді. Барлық сеанстар аяқталды.",
            ru="Администратор сбросил ваш второй фактор и выдал новый первоначальный пароль. Все сеансы завершены.",
            en="An administrator removed your second factor and gave a new initial password. All sessions were ended.",
        )
    ),
)
