"""The whole check of a signature: its form, what was signed, by whom, who vouches for that, and whether still.

The moment that counts is the one at which somebody else than the signer saw the signature: the portal when it arrived,
or whoever says `--at`. What the signer's own clock says proves nothing; it has only to be possible.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from .certificates import Certificate
from .chain import Anchors, build_chain
from .cms import Signed, check_content, check_signature, read_signed
from .problems import SignatureRefused
from .revocation import SKEW

Revocation = Literal["require", "if_answered", "off"]
RULES: Final[tuple[Revocation, ...]] = ("require", "if_answered", "off")


@dataclass(frozen=True)
class Answered:
    """An answer of an authority about one certificate, as it is kept: what was asked, and what came."""

    serial: int
    nonce: bytes
    response: bytes


class Ask(Protocol):
    """Finds out about a certificate of an issuer at a moment."""

    def __call__(self, certificate: Certificate, issuer: Certificate, moment: dt.datetime) -> Answered:
        """An answer that was judged: the certificate is good. Raises SignatureRefused, `no_answer` among others."""


@dataclass(frozen=True)
class Checked:
    """A signature that holds."""

    algorithm: str
    iin: str | None
    bin: str | None
    name: str
    organisation: str
    roles: tuple[str, ...]
    signing_time: dt.datetime | None  # the signer's clock
    content: bytes
    chain: tuple[Certificate, ...]  # from the signer to an anchor
    answers: tuple[Answered, ...]  # on revocation


def check(
    data: bytes,
    content: bytes | None,
    anchors: Anchors,
    moment: dt.datetime,
    revocation: Revocation = "off",
    ask_authority: Ask | None = None,
) -> Checked:
    """Check a CMS signature: DER, BER, PEM or base64, attached, or detached with its content.

    Raises SignatureRefused, and nothing else whatever the bytes are.
    """
    try:
        return _check(data, content, anchors, moment, revocation, ask_authority)
    except SignatureRefused:
        raise
    except Exception as error:  # whatever a stranger's bytes do to a library: that is no signature
        raise SignatureRefused("odd", type(error).__name__) from error


def _check(
    data: bytes,
    content: bytes | None,
    anchors: Anchors,
    moment: dt.datetime,
    revocation: Revocation,
    ask_authority: Ask | None,
) -> Checked:
    signed = read_signed(data)
    whole = check_content(signed, content)
    check_signature(signed)
    chain = build_chain(signed.signer, signed.others, anchors, moment)
    signed.signer.check_signs()
    _check_stated_time(signed, moment)
    answers = () if revocation == "off" else _ask_about(chain, moment, revocation, ask_authority)
    signer = signed.signer
    return Checked(
        algorithm=signer.key.name,
        iin=signer.iin,
        bin=signer.bin,
        name=signer.name,
        organisation=signer.organisation,
        roles=signer.roles,
        signing_time=signed.signing_time,
        content=whole,
        chain=chain,
        answers=answers,
    )


def _check_stated_time(signed: Signed, moment: dt.datetime) -> None:
    stated, signer = signed.signing_time, signed.signer
    if stated is None:
        return
    if stated > moment + SKEW:
        raise SignatureRefused("signed_later", f"{stated:%Y-%m-%d %H:%M} UTC")
    if not signer.not_before - SKEW <= stated <= signer.not_after:
        raise SignatureRefused("signed_outside", f"{stated:%Y-%m-%d %H:%M} UTC")


def _ask_about(
    chain: tuple[Certificate, ...], moment: dt.datetime, revocation: Revocation, ask_authority: Ask | None
) -> tuple[Answered, ...]:
    """The answers about every certificate below the anchor."""
    answers = []
    for certificate, issuer in itertools.pairwise(chain):
        try:
            if ask_authority is None:
                raise SignatureRefused("no_answer", "nobody to ask")
            answers.append(ask_authority(certificate, issuer, moment))
        except SignatureRefused as refused:
            if refused.problem == "no_answer" and revocation == "if_answered":
                continue
            raise
    return tuple(answers)
