"""What is sent, and how sending can fail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Outgoing:
    """A message on its way out. `to`: +7XXXXXXXXXX for an SMS, an address for a letter, which alone has a subject.

    Sent again after a crash it bears the same `key`, so that a gateway which knows keys drops the second one.
    """

    key: str
    channel: str  # sms, mail
    to: str
    subject: str
    text: str
    written_at: dt.datetime


class GatewayDown(Exception):
    """Not now: the gateway does not answer or asks to come later. The message stays in the outbox."""


class MessageRefused(Exception):
    """Not ever: the gateway will not take this message, however often it is tried."""
