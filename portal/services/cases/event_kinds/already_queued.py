"""The child had a place in the queue already: the application is closed."""

from ...kinds import Words
from ..event_kind import EventKind

KIND = EventKind(
    id="already_queued",
    citizen=Words(
        kk="Бала кезекте бұрыннан тұр, сондықтан бұл өтініш жабылды.",
        ru="Ребёнок уже стоял в очереди, поэтому это заявление закрыто.",
        en="The child had a place in the queue already, so this application was closed.",
    ),
    office=Words(
        kk="Бала кезекте бұрыннан тұр: өтініш жабылды.",
        ru="Ребёнок уже в очереди: заявление закрыто.",
        en="The child was in the queue already: the application is closed.",
    ),
)
