"""Who may have a one-time code, and how soon again.

A code costs money and may come to somebody who did not ask for it; but no stranger may use up what its owner needs. So
strangers are counted by network, by person and network, and by person; people who prove themselves (they are signed in,
or their browser has signed in as this person before) are counted apart from them.
"""

from __future__ import annotations

import datetime as dt
import hmac
import ipaddress
from dataclasses import dataclass

from ..keys.keyed_hash import keyed_hash
from . import limits, slowing, storm

# Two networks together take less in a day than a person has free: they alone lock nobody out.
HERE: slowing.Pauses = (0, 0, 60, 120, 300, 900, 3600, 6 * 3600)  # for one person from one network: 11 codes a day
# For one person from all networks: 48 on the first day, then twelve a day, with five guesses each.
EVERYWHERE: slowing.Pauses = (*(0,) * 23, *(3600,) * 24, 2 * 3600)
# For phones named with one IIN of which nothing is proved, from one network: eight, then one by one ever more slowly.
STATED_HERE: slowing.Pauses = (*(0,) * 7, 300, 900, 3600, 6 * 3600)
OWNERS: slowing.Pauses = (0, 0, 60, 60, 120, 300)  # for people who prove themselves

PROVED = "signed in"  # in place of a browser's mark
NONCE, MARK = 8, 24  # signs: of a browser's mark, and its first part


@dataclass(frozen=True)
class Request:
    """Somebody asks for a code. `network` as limits.network gives it; `phone` where they name one themselves;
    `browser`: what marks it as this person's own, "" for a stranger's; `stated`: the IIN was typed and nothing of it
    proved: what is counted by it makes only those wait who state it, never its holder when they sign in."""

    iin: str
    phone: str | None
    network: str
    browser: str
    stated: bool = False

    def pauses(self) -> list[tuple[str, str, slowing.Pauses]]:
        """What makes it wait: kinds and subjects as slowing.py takes them."""
        kinds: list[tuple[str, str, slowing.Pauses]] = []
        if self.browser:
            kinds.append(("codes of an owner", self.owner, OWNERS))
        if not self.browser or self.phone is not None:
            person = self.phone or self.iin
            kinds.append(("codes of a person at a network", f"{person} {self.network}", HERE))
            kinds.append(("codes of a person", person, EVERYWHERE))
        if self.stated and not self.browser:  # one IIN is one person, who has few phones: more of them are strangers'
            kinds.append(("phones named with an iin at a network", f"{self.iin} {self.network}", STATED_HERE))
            kinds.append(("phones named with an iin", self.iin, EVERYWHERE))
        return kinds

    @property
    def owner(self) -> str:
        """Whom those are counted as who proved themselves: of an identity only stated the phone is all they proved."""
        return f"{self.phone if self.stated else self.iin} {self.browser}"


def take(request: Request, now: dt.datetime) -> dt.datetime:
    """Count it; from when on the next one is possible. Raises LimitReached."""
    pauses = request.pauses()
    for kind, subject, steps in pauses:  # first, so that what is refused counts nowhere and lengthens no wait
        slowing.check(kind, subject, now, steps)
    if request.browser:
        limits.hit("codes of an owner", request.owner, now)
    if not request.browser or request.phone is not None:
        _take_as_stranger(request, now)
    return max(slowing.take_try(kind, subject, now, steps) for kind, subject, steps in pauses)


def _take_as_stranger(request: Request, now: dt.datetime) -> None:
    """What a network may ask for: less while strangers have a great many codes sent.

    Every request that need not wait counts, also for a person whom nobody knows: what is refused says nothing about
    people.
    """
    named = [("codes to named phones of an address", request.network)] if request.phone is not None else []
    limits.hit_all([("codes of a wide network", wide(request.network)), ("codes of an address", request.network)], now)
    limits.hit_all(named, now)
    if request.stated:
        _take_in_named_storm(request, now)
    limits.check("codes of strangers sent at most", "", now)
    try:
        limits.hit("codes of an address in a storm", request.network, now)
    except limits.LimitReached:
        limits.check("codes of strangers sent", "", now)


def _take_in_named_storm(request: Request, now: dt.datetime) -> None:
    """Complaints without signing in are few: many named phones in all leave each network a few, and nobody none."""
    try:
        limits.hit("codes to named phones in a storm", request.network, now)
    except limits.LimitReached:
        limits.check("codes to named phones", "", now)
    limits.allows("codes to named phones", "", now)


def may_send(request: Request, phone: str, now: dt.datetime) -> bool:
    """One SMS more: counts what is really sent, which is what costs. What is held back must not show."""
    if request.browser and request.phone is None:
        return limits.allows("codes of owners to a phone", phone, now)
    if not limits.allows("codes of strangers to a phone", phone, now):
        return False
    calm = limits.allows("codes of strangers sent", "", now)
    if not calm and limits.allows("alarms about codes", "", now):
        storm.tell_administrators(now)
    return limits.allows("codes of strangers sent at most", "", now)


def mark_browser(iin: str, nonce: str) -> str:
    """What a browser keeps that has signed in: whose it is it says only to who knows the IIN. `nonce`: 8 signs."""
    return nonce + keyed_hash("browser of", f"{iin} {nonce}")[: MARK - NONCE]


def is_browser_of(iin: str, mark: str) -> bool:
    """Has this browser signed in as this person before?"""
    return len(mark) == MARK and hmac.compare_digest(mark_browser(iin, mark[:NONCE]).encode(), mark.encode())


def wide(network: str) -> str:
    """Of IPv6 the /48 that one customer may have, thousands of networks; an address of IPv4 stays what it is."""
    try:
        parsed = ipaddress.ip_network(network)
    except ValueError:
        return network
    return network if parsed.version == 4 else str(parsed.supernet(new_prefix=48))
