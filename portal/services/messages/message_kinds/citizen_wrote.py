"""The citizen wrote about a case, or added a document to it."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="citizen_wrote",
    letter=Letter(
        subject=Words(
            kk="{number}: азамат жазды",
            ru="{number}: сообщение от гражданина",
            en="{number}: the citizen wrote",
        ),
        text=Words(
            kk="Азамат {number} ісі бойынша жазды немесе құжат қосты. Іс бетінде оқып, жауап беріңіз.",
            ru="Гражданин написал по делу {number} или добавил документ. Прочитайте и ответьте на странице дела.",
            en="The citizen wrote about the case {number}, or added a document. Read it and reply on the case's page.",
        ),
        to=("holder",),
    ),
)
