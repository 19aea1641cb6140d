"""The complainant is asked a question."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="complainant_asked",
    citizen=Words(
        kk="Сізге сұрақ қойылды.",
        ru="Вам задали вопрос.",
        en="You were asked a question.",
    ),
    office=Words(
        kk="{by} шағымданушыдан сұрады:",
        ru="{by}: вопрос заявителю жалобы:",
        en="{by} asked the complainant:",
    ),
    court=Words(
        kk="Шағым берушіге сұрақ қойылды.",
        ru="Заявителю задан вопрос.",
        en="The complainant was asked a question.",
    ),
)
