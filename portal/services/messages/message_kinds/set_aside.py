"""Rows that jobs could not do were set aside: the administrators are told."""

from ...kinds import Words
from ..message_kind import Letter, MessageKind

KIND = MessageKind(
    id="set_aside",
    letter=Letter(
        subject=Words(
            kk="Qyzmet: портал орындай алмаған жұмыс бар",
            ru="Qyzmet: портал не смог выполнить часть работы",
            en="Qyzmet: the portal could not do some of its work",
        ),
        text=Words(
            kk="Бөлек қойылған жазбалар бар, қалғаны орындалып жатыр: {jobs}. Тізімі: «Анықтамалықтар».",
            ru="Эти записи отложены, остальные выполняются: {jobs}. Список: «Справочники».",
            en="These rows were set aside, the others go on: {jobs}. The list: “Reference data”.",
        ),
        to=("administrators",),
    ),
)
