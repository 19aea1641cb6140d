"""The algorithms that count: which identifiers, which digests, which keys. Whatever is not named here is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from . import gost
from .ber import INTEGER, NULL, OCTET_STRING, OID, SEQUENCE, Element, read
from .curves import GOST_256, GOST_512, Curve, Point
from .problems import SignatureRefused
from .streebog import streebog

SHA256: Final = "2.16.840.1.101.3.4.2.1"
STREEBOG_256: Final = "1.2.398.3.10.1.3.2"
STREEBOG_512: Final = "1.2.398.3.10.1.3.3"
DIGESTS: Final[dict[str, Callable[[bytes], bytes]]] = {
    SHA256: lambda data: hashlib.sha256(data).digest(),
    "2.16.840.1.101.3.4.2.2": lambda data: hashlib.sha384(data).digest(),
    "2.16.840.1.101.3.4.2.3": lambda data: hashlib.sha512(data).digest(),
    STREEBOG_256: lambda data: streebog(data, 256),
    STREEBOG_512: lambda data: streebog(data, 512),
}
_HASHES: Final[dict[str, hashes.HashAlgorithm]] = {
    SHA256: hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
RSA_KEY: Final = "1.2.840.113549.1.1.1"
_PSS: Final = "1.2.840.113549.1.1.10"
_MGF1: Final = "1.2.840.113549.1.1.8"
_RSA_WITH: Final = {
    "1.2.840.113549.1.1.11": SHA256,
    "1.2.840.113549.1.1.12": "2.16.840.1.101.3.4.2.2",
    "1.2.840.113549.1.1.13": "2.16.840.1.101.3.4.2.3",
}
_SHORTEST_RSA, _LONGEST_RSA = 2048, 8192  # bits: longer ones are for keeping a machine busy


@dataclass(frozen=True)
class GostKind:
    """A size of KZ GOST 34.10-2015 and its identifiers."""

    curve: Curve
    key: str
    parameters: str
    signature: str
    digest: str


GOST_KINDS: Final = (
    GostKind(GOST_256, "1.2.398.3.10.1.1.2.1", "1.2.398.3.10.1.1.2.1.1", "1.2.398.3.10.1.1.2.3.1", STREEBOG_256),
    GostKind(GOST_512, "1.2.398.3.10.1.1.2.2", "1.2.398.3.10.1.1.2.2.1", "1.2.398.3.10.1.1.2.3.2", STREEBOG_512),
)


def digest(identifier: str, data: bytes) -> bytes:
    """The digest by this algorithm. Raises SignatureRefused."""
    if identifier not in DIGESTS:
        raise SignatureRefused("unknown_algorithm", f"digest {identifier}")
    return DIGESTS[identifier](data)


def read_digest_algorithm(element: Element) -> str:
    """The identifier of a digest, where it is one that counts. Raises SignatureRefused."""
    identifier, parameters = _algorithm(element)
    _expect_nothing(parameters)
    if identifier not in DIGESTS:
        raise SignatureRefused("unknown_algorithm", f"digest {identifier}")
    return identifier


class Key:
    """A public key of a certificate. `check` is whether a signature is its own."""

    name: str

    def check(self, algorithm: Element, data: bytes, signature: bytes, digest_name: str | None = None) -> None:
        """Raises SignatureRefused where the algorithm does not fit the key, the digest or the signature."""
        raise NotImplementedError


@dataclass(frozen=True)
class RsaKey(Key):
    """RSA, PKCS #1 v1.5 or PSS."""

    key: RSAPublicKey
    name: str = "RSA"

    def check(self, algorithm: Element, data: bytes, signature: bytes, digest_name: str | None = None) -> None:
        identifier, parameters = _algorithm(algorithm)
        way: padding.AsymmetricPadding = padding.PKCS1v15()
        if identifier == _PSS:
            used, salt = _read_pss(parameters)
            way = padding.PSS(padding.MGF1(_HASHES[used]), salt)
        else:
            _expect_nothing(parameters)
            named = digest_name if identifier == RSA_KEY else _RSA_WITH.get(identifier)
            if named not in _HASHES:
                raise SignatureRefused("unknown_algorithm", f"signature {identifier}")
            used = named
        if digest_name not in (None, used):
            raise SignatureRefused("odd", "the digests of signer and signature differ")
        try:
            self.key.verify(signature, data, way, _HASHES[used])
        except (InvalidSignature, ValueError):
            raise SignatureRefused("forged") from None


@dataclass(frozen=True)
class GostKey(Key):
    """KZ GOST 34.10-2015."""

    kind: GostKind
    point: Point

    @property
    def name(self) -> str:  # type: ignore[override]
        """As people call it, with its size."""
        return f"GOST 34.10-2015 ({self.kind.curve.bits} bit)"

    def check(self, algorithm: Element, data: bytes, signature: bytes, digest_name: str | None = None) -> None:
        identifier, parameters = _algorithm(algorithm)
        _expect_nothing(parameters)
        if identifier != self.kind.signature or digest_name not in (None, self.kind.digest):
            raise SignatureRefused("unknown_algorithm", f"signature {identifier}")
        if not gost.is_signed(self.kind.curve, self.point, digest(self.kind.digest, data), signature):
            raise SignatureRefused("forged")


def read_key(info: Element) -> Key:
    """The key of a SubjectPublicKeyInfo. Raises SignatureRefused."""
    algorithm, bits = info.children(SEQUENCE, 2, 2)
    identifier, parameters = _algorithm(algorithm)
    kind = next((each for each in GOST_KINDS if each.key == identifier), None)
    if kind is not None:
        return _read_gost_key(kind, parameters, bits)
    if identifier != RSA_KEY:
        raise SignatureRefused("unknown_algorithm", f"key {identifier}")
    try:
        key = load_der_public_key(info.der)
    except ValueError:
        raise SignatureRefused("odd", "an RSA key") from None
    if not isinstance(key, RSAPublicKey):
        raise SignatureRefused("odd", "an RSA key")
    if not _SHORTEST_RSA <= key.key_size <= _LONGEST_RSA or not 2 < key.public_numbers().e < 2**33:
        raise SignatureRefused("weak_key", f"{key.key_size} bits")
    return RsaKey(key)


def _read_gost_key(kind: GostKind, parameters: Element | None, bits: Element) -> GostKey:
    """Parameters: the curve's identifier, alone or with the digest's after it."""
    if parameters is None:
        raise SignatureRefused("unknown_algorithm", "a GOST key without its curve")
    named = [part.oid() for part in parameters.children(SEQUENCE, 1, 2)] if parameters.tag == SEQUENCE else None
    if named not in ([kind.parameters], [kind.parameters, kind.digest]):
        raise SignatureRefused("unknown_algorithm", "curve of a GOST key")
    point = gost.public_point(kind.curve, read(bits.bits()).expect(OCTET_STRING).content)
    if point is None:
        raise SignatureRefused("odd", "a GOST key")
    return GostKey(kind, point)


def _algorithm(element: Element) -> tuple[str, Element | None]:
    parts = element.children(SEQUENCE, 1, 2)
    return parts[0].expect(OID).oid(), parts[1] if len(parts) == 2 else None


def _expect_nothing(parameters: Element | None) -> None:
    if parameters is not None and parameters.der != bytes((NULL, 0)):
        raise SignatureRefused("odd", "parameters of an algorithm")


def _read_pss(parameters: Element | None) -> tuple[str, int]:
    """The digest and the length of the salt: SHA-1, the default of the standard, does not count."""
    if parameters is None:
        raise SignatureRefused("unknown_algorithm", "PSS with SHA-1")
    parts = parameters.children(SEQUENCE, 0, 3)
    fields = {part.tag: part.children(part.tag, 1, 1)[0] for part in parts}
    if [part.tag for part in parts] not in ([0xA0, 0xA1], [0xA0, 0xA1, 0xA2]):
        raise SignatureRefused("unknown_algorithm", "PSS")
    used = read_digest_algorithm(fields[0xA0])
    mask, masked = _algorithm(fields[0xA1])
    if used not in _HASHES or mask != _MGF1 or masked is None or read_digest_algorithm(masked) != used:
        raise SignatureRefused("unknown_algorithm", "PSS")
    salt = fields[0xA2].expect(INTEGER).integer() if 0xA2 in fields else 20
    if not 0 <= salt <= 512:
        raise SignatureRefused("odd", "PSS")
    return used, salt
