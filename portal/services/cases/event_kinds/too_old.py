"""The child is past the age: closed."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="too_old",
    citizen=Words(
        kk="Өтініш жабылды: бала балабақшаға қабылданатын жастан асты. Енді мектепке хабарласыңыз.",
        ru="Заявление закрыто: ребёнок старше возраста, до которого берут в детский сад. Теперь обратитесь в школу.",
        en="The application was closed: the child is past the age up to which kindergartens take children. "
        "A school is the place to ask now.",
    ),
    office=Words(
        kk="Жабылды: баланың жасы асып кетті.",
        ru="Закрыто: ребёнок старше допустимого возраста.",
        en="Closed: the child is past the age.",
    ),
)
