"""The outbox: a message is written in the transaction that causes it, and sent by a worker afterwards.

What was committed is sent at least once, and never by two workers at a time. A worker killed between sending and
noting it sends again under the same key, which lets a gateway that knows keys drop the second one.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

from ...db import db
from ...gateways import Gateways
from ...gateways.sending import GatewayDown, MessageRefused, Outgoing
from ...models import Case, Message
from ..jobs.leases import pause, take
from ..moments import SKEW

LEASE = dt.timedelta(seconds=60)  # longer than a gateway may take for one message
FIRST_PAUSE = dt.timedelta(seconds=10)  # before the second try; doubles with each
LONGEST_PAUSE = dt.timedelta(hours=1)
GIVE_UP = dt.timedelta(days=3)  # after the message was written

_log = logging.getLogger("portal.messages")


class Sender(Protocol):
    """A gateway's half of the bargain. Raises GatewayDown (try later) or MessageRefused (never)."""

    def send(self, message: Outgoing) -> None: ...


def write_sms(
    key: str,
    to: str,
    text: str,
    now: dt.datetime,
    case: Case | None = None,
    expires_at: dt.datetime | None = None,
    send_after: dt.datetime | None = None,
) -> None:
    """Put an SMS to `to` (+7XXXXXXXXXX) in the outbox, in the caller's transaction. The same key twice is one message.

    It is sent at once, or after `send_after`; after `expires_at` it is not sent any more. A message that expires holds
    a secret: its text is wiped once it is sent or given up.
    """
    _write(key, case, "sms", to, "", text, now, expires_at, send_after or now)


def write_mail(key: str, to: str, subject: str, text: str, now: dt.datetime, case: Case | None = None) -> None:
    """Put a letter in the outbox, in the caller's transaction. The same key twice is one message."""
    _write(key, case, "mail", to, subject, text, now, None, now)


def _write(
    key: str,
    case: Case | None,
    channel: str,
    to: str,
    subject: str,
    text: str,
    now: dt.datetime,
    expires_at: dt.datetime | None,
    send_after: dt.datetime,
) -> None:
    if not to or not text:
        raise ValueError(f"message {key} needs an address and a text")  # the database would ignore this as a conflict
    row = Message.insert(
        key=key,
        case=case,
        channel=channel,
        to=to,
        subject=subject,
        text=text,
        created_at=now,
        send_after=send_after,
        expires_at=expires_at,
    )
    row.on_conflict_ignore().execute()


def send_due(gateways: Gateways, now: dt.datetime, limit: int = 50) -> int:
    """Send what is due, at most `limit` messages of each channel; how many were sent.

    Any number of workers may do this at once. A channel whose gateway is down is left for the next round.
    """
    started = time.monotonic()

    def moment() -> dt.datetime:
        """`now`, moved on by the time that sending has taken: a lease counts from when it is taken."""
        return now + dt.timedelta(seconds=time.monotonic() - started)

    _give_up_expired(now)
    return _send_channel("sms", gateways.sms, moment, limit) + _send_channel("mail", gateways.mail, moment, limit)


def _give_up_expired(now: dt.datetime) -> None:
    open_ones = Message.sent_at.is_null() & Message.failed_at.is_null()
    if not Message.select().where(open_ones, Message.expires_at <= now, _is_free(now)).exists():
        return  # most of the time: no reason to take the write lock
    with db.atomic():
        Message.update(failed_at=now, text="").where(open_ones, Message.expires_at <= now, _is_free(now)).execute()


def _send_channel(channel: str, gateway: Sender, moment: Callable[[], dt.datetime], limit: int) -> int:
    sent = 0
    for message in _due(channel, moment(), limit):
        if not _lease(message, moment()):
            continue  # another worker has it
        try:
            gateway.send(_outgoing(message))
        except MessageRefused as refusal:
            _log.warning("message %s is refused for good: %s", message.id, refusal)
            _close(message, failed_at=moment())
        except GatewayDown as trouble:
            _log.warning("the %s gateway is down: %s", channel, trouble)
            _postpone(message, moment())
            break
        except Exception as error:
            # The text of an unknown error might quote the message: only its kind is logged.
            _log.error("message %s was not sent: %s", message.id, type(error).__name__)
            _postpone(message, moment())
        else:
            _close(message, sent_at=moment())
            sent += 1
    return sent


def _outgoing(row: Message) -> Outgoing:
    return Outgoing(row.key, row.channel, row.to, row.subject, row.text, row.created_at)


def _due(channel: str, now: dt.datetime, limit: int) -> list[Message]:
    """What to send now: codes first, somebody is waiting for them; then the oldest."""
    query = (
        Message.select()
        .where(
            Message.channel == channel,
            Message.sent_at.is_null(),
            Message.failed_at.is_null(),
            (Message.send_after <= now) | (Message.created_at > now + SKEW),  # written while a clock ran ahead
            _is_free(now),
            Message.expires_at.is_null() | (Message.expires_at > now),
        )
        .order_by(Message.expires_at.is_null(), Message.send_after, Message.id)
        .limit(limit)
    )
    return list(query)


def _is_free(now: dt.datetime) -> Any:
    """No worker has it. A lease that ends later than any taken now can was taken by a clock that ran ahead."""
    leased = Message.leased_until
    return leased.is_null() | (leased <= now) | (leased > now + LEASE + SKEW)


def _lease(message: Message, now: dt.datetime) -> bool:
    """Take the message for this worker. The database lets exactly one of those who try have it."""
    if message.expires_at is not None and message.expires_at <= now:
        return False
    return take(message, leased_until=now + LEASE, tries=message.tries + 1)


def _close(message: Message, **outcome: dt.datetime) -> None:
    text = message.text if message.expires_at is None else ""
    with db.atomic():
        Message.update(**outcome, leased_until=None, text=text).where(Message.id == message.id).execute()


def _postpone(message: Message, now: dt.datetime) -> None:
    """Try again after a pause that doubles with each try; give up after three days."""
    if now - message.created_at >= GIVE_UP:
        _log.error("message %s is given up after %s tries", message.id, message.tries)
        _close(message, failed_at=now)
        return
    later = now + pause(message.tries, FIRST_PAUSE, LONGEST_PAUSE)
    with db.atomic():
        Message.update(leased_until=None, send_after=later).where(
            Message.id == message.id, Message.leased_until == message.leased_until
        ).execute()
