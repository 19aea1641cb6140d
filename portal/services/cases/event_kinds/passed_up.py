"""Nobody impartial is left: the complaint goes to the passport's next instance, which need not be a superior."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="passed_up",
    citizen=Words(
        kk="Ондағы мамандардың бәрінің бұл мәселеге қатысы болғандықтан, шағым бірден басқа органға берілді: {names}. "
        "Мерзім сонда тіркелген күннен бастап есептеледі.",
        ru="Там все имели отношение к этому делу, поэтому жалоба сразу передана сюда: {names}. Срок "
        "считается со дня регистрации там.",
        en="Everybody there had to do with the matter, so the complaint went at once to: {names}. The term counts "
        "from its registration there.",
    ),
    office=Words(
        kk="Мұнда оны қарай алатын ешкім жоқ, сондықтан басқа органға берілді: {names}.",
        ru="Здесь её никто не вправе рассматривать, поэтому она передана: {names}.",
        en="Nobody here may look into it, so it went to: {names}.",
    ),
    court=Words(
        kk="Бейтарап маман болмағандықтан, шағым басқа органға берілді.",
        ru="Беспристрастного сотрудника не нашлось, жалоба передана в другой орган.",
        en="Nobody impartial was left, and the complaint went to another body.",
    ),
)
