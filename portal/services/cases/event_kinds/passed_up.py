"""Nobody impartial is left: the complaint goes to the body above."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="passed_up",
    citizen=Words(
        kk="Ондағы мамандардың бәрінің бұл мәселеге қатысы болғандықтан, шағым бірден жоғары органға өтті: {names}. "
        "Мерзім сонда тіркелген күннен бастап есептеледі.",
        ru="Там все имели отношение к этому делу, поэтому жалоба сразу ушла в вышестоящий орган: {names}. Срок "
        "считается со дня регистрации там.",
        en="Everybody there had to do with the matter, so the complaint went up at once to: {names}. The term counts "
        "from its registration there.",
    ),
    office=Words(
        kk="Мұнда оны қарай алатын ешкім жоқ, сондықтан жоғары органға өтті: {names}.",
        ru="Здесь её никто не вправе рассматривать, поэтому она ушла выше: {names}.",
        en="Nobody here may look into it, so it went up to: {names}.",
    ),
    court=Words(
        kk="Бейтарап маман болмағандықтан, шағым жоғары органға өтті.",
        ru="Беспристрастного сотрудника не нашлось, жалоба передана в вышестоящий орган.",
        en="Nobody impartial was left, and the complaint went to the body above.",
    ),
)
