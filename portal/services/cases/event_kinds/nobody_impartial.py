"""Nobody impartial is left, and no instance stands above."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="nobody_impartial",
    citizen=Words(
        kk="Ондағы мамандардың бәрінің бұл мәселеге қатысы бар, ал одан жоғары тек сот тұр. Әкімшілерден басқа адам "
        "тағайындау сұралды; мерзім жүріп жатыр.",
        ru="Там все имели отношение к этому делу, а выше только суд. Администраторов попросили назначить другого "
        "сотрудника; срок идёт.",
        en="Everybody there had to do with the matter, and no instance stands above but the court. The administrators "
        "were asked to name somebody else; the term runs on.",
    ),
    office=Words(
        kk="Оны ешкім қарай алмайды, ал жоғары орган жоқ. Басшылар мен әкімшілерге хабарланды.",
        ru="Рассматривать её никто не вправе, а органа выше нет. Руководителям и администраторам сообщено.",
        en="Nobody may look into it, and there is no instance above. The managers and the administrators have been "
        "told.",
    ),
    court=Words(
        kk="Шағымды қарай алатын бейтарап маман болмады.",
        ru="Беспристрастного сотрудника, чтобы рассмотреть жалобу, не нашлось.",
        en="There was nobody impartial to look into the complaint.",
    ),
)
