"""A referral was not used and nobody came back in time: closed."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="not_used",
    citizen=Words(
        kk="Өтініш жабылды: жолдама пайдаланылмады және сіз кезекке мерзімінде қайтпадыңыз. Қайта өтініш бере аласыз.",
        ru="Заявление закрыто: направлением не воспользовались, и вы не вернулись в очередь в срок. Можно "
        "подать заявление снова.",
        en="The application was closed: the referral was not used, and you did not come back to the queue "
        "in time. You may apply again.",
    ),
    office=Words(
        kk="Жабылды: отбасы мерзімінде қайтпады.",
        ru="Закрыто: семья не вернулась в срок.",
        en="Closed: the family did not come back in time.",
    ),
)
