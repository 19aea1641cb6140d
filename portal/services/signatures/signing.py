"""Signing: one interface, a method for each entry of a passport's `signature` list.

Here: a one-time code bound to the hash of the exact text that was shown. An EDS is by_eds.py, another class with the
same members. Where a channel asks for an EDS alone, a code stands in for it in demo only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from ...gateways.registries import RegistryClient
from ...models import Account, Signature
from ..identity.codes import CodeRequest, ask_for_code, prove_code
from ..passports.schema import Passport
from .text_hash import text_hash


class Signed(Protocol):
    """What a citizen gives for a signature of a text."""

    method: ClassVar[str]

    def prove(self, text: str, now: dt.datetime) -> dict[str, Any]:
        """The evidence to keep, JSON values. In the caller's transaction. Raises CodeProblem or SignatureRefused."""

    def keep(self, signature: Signature, now: dt.datetime) -> None:
        """What is to be kept beside the signature's row. In the same transaction."""


@dataclass(frozen=True)
class SignedByCode:
    """The handle of a one-time code that was sent for a text, and the code."""

    handle: str
    code: str
    method: ClassVar[str] = "otp"

    purpose: ClassVar[str] = "sign"

    def prove(self, text: str, now: dt.datetime) -> dict[str, Any]:
        prove_code(self.handle, self.code, self.purpose, now, bound_to=text_hash(text))
        return {"code": self.handle}

    def keep(self, signature: Signature, now: dt.datetime) -> None:
        """Nothing more."""


class SignedOnCall(SignedByCode):
    """The same, read out to an operator of the contact centre: a code that says so, good for nothing else."""

    purpose: ClassVar[str] = "call_sign"


def send_code(
    account: Account,
    text: str,
    registries: RegistryClient,
    now: dt.datetime,
    address: str,
    method: type[SignedByCode] = SignedByCode,
) -> CodeRequest:
    """Send a code to sign exactly this text with. Not to be called in a transaction.

    Raises LimitReached.
    """
    phone = account.stated_phone or None  # the registers know the phone of anybody else
    return ask_for_code(method.purpose, account.iin, registries, now, address, bound_to=text_hash(text), phone=phone)


def list_methods(passport: Passport, demo: bool, takes_eds: bool) -> tuple[str, ...]:
    """The ways to sign for this passport online, as the signing page offers them, where a channel allows them."""
    channels = filter(None, map(passport.channel, ("portal", "mobile")))
    allowed = {method for channel in channels for method in channel.signature}
    eds = ("eds_file", "ncalayer") if takes_eds and "eds" in allowed else ()
    return (*eds, *(("otp",) if channel_for(passport, "otp", demo) is not None else ()))


def channel_for(passport: Passport, method: str, demo: bool) -> str | None:
    """The channel of this passport that a signature of this method belongs to: portal or mobile; None where none does.

    A one-time code to the registered phone is the mobile channel's way, where the passport has one.
    """
    for id in ("portal", "mobile"):
        channel = passport.channel(id)
        if channel is not None and method in channel.signature:
            return id
    return "portal" if demo and passport.channel("portal") is not None else None
