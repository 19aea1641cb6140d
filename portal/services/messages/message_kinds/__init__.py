"""The kinds of message, a file each: SMS to citizens, letters to the office and to members of staff."""

from ...kinds import Kinds
from ..message_kind import MessageKind

MESSAGES: Kinds[MessageKind] = Kinds("message")
MESSAGES.load(__path__, __name__)
