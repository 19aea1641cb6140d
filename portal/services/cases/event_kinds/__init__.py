"""The kinds of event, a file each."""

from ...kinds import Kinds
from ..event_kind import EventKind

EVENTS: Kinds[EventKind] = Kinds("event")
EVENTS.load(__path__, __name__)
