"""What the sandbox phone and mailbox of the demo received."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..models import SandboxMessage

MESSAGES_A_PAGE = 100  # messages a page


@dataclass(frozen=True)
class Received:
    """A message as it arrived."""

    at: dt.datetime
    to: str
    subject: str
    text: str


def list_messages(channel: str, to: str | None = None) -> list[Received]:
    """The last messages of a channel ("sms", "mail"), newest first; of one address only, if given."""
    query = SandboxMessage.select().where(SandboxMessage.channel == channel)
    if to is not None:
        query = query.where(SandboxMessage.to == to)
    rows = query.order_by(SandboxMessage.at.desc(), SandboxMessage.id.desc()).limit(MESSAGES_A_PAGE)
    return [Received(row.at, row.to, row.subject, row.text) for row in rows]


def list_phones() -> list[str]:
    """The phones that received something."""
    query = SandboxMessage.select(SandboxMessage.to).where(SandboxMessage.channel == "sms").distinct()
    return [row.to for row in query.order_by(SandboxMessage.to)]
