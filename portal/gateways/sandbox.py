"""Demo only: SMS and letters that appear at /sandbox/phone and /sandbox/mail instead of going out."""

from __future__ import annotations

from ..models import SandboxMessage
from .sending import Outgoing


class SandboxSender:
    """A phone and a mailbox at once."""

    def send(self, message: Outgoing) -> None:
        """Keep the message; the same key twice is one message."""
        SandboxMessage.insert(
            key=message.key,
            channel=message.channel,
            to=message.to,
            subject=message.subject,
            text=message.text,
            at=message.written_at,
        ).on_conflict_ignore().execute()
