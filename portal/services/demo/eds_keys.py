"""Demo and tests only: keys that sign, RSA and KZ GOST 34.10-2015.

The GOST arithmetic takes a time that depends on the key: good for invented people, never for a real key.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256 as Sha256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ..eds.algorithms import GOST_KINDS, SHA256, GostKind, digest
from ..eds.ber import BIT_STRING, NULL, OCTET_STRING, SEQUENCE, encode
from ..eds.curves import affine, times_generator
from .eds_der import oid


class SigningKey(Protocol):
    """A key with what its certificates and signatures say of it, all in DER."""

    @property
    def key_info(self) -> bytes:
        """SubjectPublicKeyInfo."""

    @property
    def algorithm(self) -> bytes:
        """AlgorithmIdentifier of its signatures."""

    @property
    def digest_name(self) -> str:
        """The identifier of the digest that goes with it."""

    def sign(self, data: bytes) -> bytes:
        """The signature of the data."""


@dataclass(frozen=True)
class GostSigningKey:
    """A private number of KZ GOST 34.10-2015."""

    kind: GostKind
    secret: int

    @classmethod
    def make(cls, bits: int = 512) -> GostSigningKey:
        """A new key of 256 or 512 bits."""
        kind = next(each for each in GOST_KINDS if each.curve.bits == bits)
        return cls(kind, secrets.randbelow(kind.curve.q - 1) + 1)

    @property
    def digest_name(self) -> str:
        return self.kind.digest

    @property
    def algorithm(self) -> bytes:
        return encode(SEQUENCE, oid(self.kind.signature), bytes((NULL, 0)))

    @property
    def key_info(self) -> bytes:
        curve, size = self.kind.curve, self.kind.curve.bits // 8
        x, y = affine(curve, [times_generator(curve, self.secret)])[0]
        point = x.to_bytes(size, "little") + y.to_bytes(size, "little")
        named = encode(SEQUENCE, oid(self.kind.key), encode(SEQUENCE, oid(self.kind.parameters), oid(self.kind.digest)))
        return encode(SEQUENCE, named, encode(BIT_STRING, b"\0", encode(OCTET_STRING, point)))

    def sign(self, data: bytes) -> bytes:
        """r, then s, each the lowest byte first."""
        curve, size = self.kind.curve, self.kind.curve.bits // 8
        e = int.from_bytes(digest(self.kind.digest, data), "little") % curve.q or 1
        while True:
            k = secrets.randbelow(curve.q - 1) + 1
            r = affine(curve, [times_generator(curve, k)])[0][0] % curve.q
            s = (r * self.secret + k * e) % curve.q
            if r and s:
                return r.to_bytes(size, "little") + s.to_bytes(size, "little")


@dataclass(frozen=True)
class RsaSigningKey:
    """RSA with SHA-256, PKCS #1 v1.5."""

    key: rsa.RSAPrivateKey
    digest_name: str = SHA256

    @classmethod
    def make(cls, bits: int = 2048) -> RsaSigningKey:
        """A new key."""
        return cls(rsa.generate_private_key(65537, bits))

    @property
    def algorithm(self) -> bytes:
        return encode(SEQUENCE, oid("1.2.840.113549.1.1.11"), bytes((NULL, 0)))

    @property
    def key_info(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data, padding.PKCS1v15(), Sha256())
