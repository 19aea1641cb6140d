"""A check needs an officer."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="check",
    letter=Letter(
        subject=Words(
            kk="{number}: деректерді тексеру керек",
            ru="{number}: нужно проверить данные",
            en="{number}: to be checked",
        ),
        text=Words(
            kk="Тізілім растамады. Өтінішті тексеріңіз: {number}.",
            ru="Реестр не подтвердил данные. Проверьте заявление {number}.",
            en="No register confirmed the details. Check application {number}.",
        ),
        to=("holder",),
    ),
)
