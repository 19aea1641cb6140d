"""The chain from a signer's certificate to an anchor that the operator named. Nothing else is trusted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from .certificates import Certificate, read_certificate
from .problems import SignatureRefused

LONGEST = 5  # certificates
_MOST_TRIES = 12  # signatures looked at for one chain


class AnchorsWrong(ValueError):
    """The folder of anchors cannot be used; the text says why."""


@dataclass(frozen=True)
class Anchors:
    """The authorities that are trusted."""

    certificates: tuple[Certificate, ...]


def load_anchors(folder: Path) -> Anchors:
    """The authorities of a folder: a file each, DER or PEM. Raises AnchorsWrong."""
    if not folder.is_dir():
        raise AnchorsWrong(f"{folder}: there is no such folder")
    found: list[Certificate] = []
    for file in sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith(".")):
        found += _read_file(file)
    if not found:
        raise AnchorsWrong(f"{folder}: there is no certificate in it")
    return Anchors(tuple(dict.fromkeys(found)))


def _read_file(file: Path) -> list[Certificate]:
    data = file.read_bytes()
    try:
        pem = b"-----BEGIN CERTIFICATE-----" in data
        loaded = x509.load_pem_x509_certificates(data) if pem else [x509.load_der_x509_certificate(data)]
        certificates = [read_certificate(each.public_bytes(Encoding.DER)) for each in loaded]
    except (ValueError, SignatureRefused) as error:
        raise AnchorsWrong(f"{file}: this is not a certificate: {error}") from None
    for certificate in certificates:
        if not certificate.is_authority:
            raise AnchorsWrong(f"{file}: this is not an authority's certificate")
    return certificates


def build_chain(
    signer: Certificate, others: Sequence[Certificate], anchors: Anchors, moment: dt.datetime
) -> tuple[Certificate, ...]:
    """From the signer to an anchor, each valid at the moment. Raises SignatureRefused.

    `others` came with the signature: each has to have its part in the chain, or be an anchor.
    """
    chain = _Search(others, anchors.certificates, moment).above((signer,))
    for each in others:
        if each not in chain and each not in anchors.certificates:
            raise SignatureRefused("stray_certificate")
    return chain


class _Search:
    def __init__(self, others: Sequence[Certificate], anchors: Sequence[Certificate], moment: dt.datetime) -> None:
        self.others, self.anchors, self.moment = others, anchors, moment
        self.tries = 0
        self.refused: SignatureRefused | None = None

    def above(self, path: tuple[Certificate, ...]) -> tuple[Certificate, ...]:
        """The path, grown to an anchor; anchors first. Raises SignatureRefused."""
        found = self._grow(path)
        if found is None:
            raise self.refused or SignatureRefused("untrusted")
        return found

    def _grow(self, path: tuple[Certificate, ...]) -> tuple[Certificate, ...] | None:
        last = path[-1]
        for issuer in (*self.anchors, *self.others):
            if issuer in path or len(path) >= LONGEST or not last.names_issuer(issuer):
                continue
            self.tries += 1
            if self.tries > _MOST_TRIES:
                return None
            grown = (*path, issuer)
            if not self._vouches(issuer, last, grown):
                continue
            whole = grown if issuer in self.anchors else self._grow(grown)
            if whole is not None:
                return whole
        return None

    def _vouches(self, issuer: Certificate, last: Certificate, grown: tuple[Certificate, ...]) -> bool:
        most = issuer.most_authorities_below
        if not issuer.is_authority or (most is not None and len(grown) - 2 > most):
            return False
        if not last.is_issued_by(issuer):
            return False
        try:
            for each in (last, issuer):
                each.check_understood()
                each.check_time(self.moment)
        except SignatureRefused as refused:
            self.refused = refused
            return False
        return True
