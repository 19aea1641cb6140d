"""After a complaint nobody of the body is left to decide the case anew."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="nobody_to_decide",
    citizen=Words(
        kk="Алдыңғы шешімді шығарғандар жаңасына қатыспайды, ал онда басқа маман жеткіліксіз. Әкімшілерден басқа адам "
        "тағайындау сұралды; мерзім жүріп жатыр.",
        ru="Те, кто принял прежнее решение, в новом не участвуют, а других сотрудников там не хватает. Администраторов "
        "попросили назначить ещё одного; срок идёт.",
        en="Those who made the earlier decision take no part in the new one, and too few others are there. The "
        "administrators were asked to name somebody; the term runs on.",
    ),
    office=Words(
        kk="Алдыңғы шешімге қатыспаған маман жеткіліксіз. Басшылар мен әкімшілерге хабарланды.",
        ru="Не хватает сотрудников, не участвовавших в прежнем решении. Руководителям и администраторам сообщено.",
        en="Too few are left who had no part in the earlier decision. The managers and the administrators have been "
        "told.",
    ),
    court=Words(
        kk="Алдыңғы шешімге қатыспаған маман жеткіліксіз болды.",
        ru="Не хватало сотрудников, не участвовавших в прежнем решении.",
        en="There were too few officers who had no part in the earlier decision.",
    ),
)
