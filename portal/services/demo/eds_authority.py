"""Demo and tests only: an authority of our own making, whom nobody trusts: certificates and OCSP answers.

Its names say DEMO, and production refuses an anchor that does.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.x509 import ocsp

from ..eds.ber import BIT_STRING, BOOLEAN, GENERALIZED_TIME, OCTET_STRING, SEQUENCE, encode, read
from ..eds.certificates import CLIENT_AUTH, EMAIL_PROTECTION, INDIVIDUAL
from .eds_der import COMMON_NAME, ORGANISATION, SERIAL_NUMBER, SURNAME, UNIT, integer, moment, name, oid
from .eds_keys import SigningKey

HEAD = ("1.2.398.3.3.4.1.2", "1.2.398.3.3.4.1.2.1")
EMPLOYEE = ("1.2.398.3.3.4.1.2", "1.2.398.3.3.4.1.2.5")
_SIGNS, _AUTHORITY = b"\x06\xc0", b"\x01\x06"  # key usage: digitalSignature and nonRepudiation; keyCertSign and cRLSign
_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: bytes
    key: SigningKey


@dataclass
class Authority:
    """Issues certificates and says which are revoked."""

    holder: Holder
    subject: list[tuple[str, str]]
    ocsp_address: str = ""
    revoked: dict[int, dt.datetime] = field(default_factory=dict)

    @classmethod
    def make(
        cls, key: SigningKey, now: dt.datetime, title: str = "DEMO authority", ocsp_address: str = ""
    ) -> Authority:
        """One that signed its own certificate, for twenty years around the moment."""
        subject = [(COMMON_NAME, title)]
        made = certify(subject, key, subject, key, now - 10 * _YEAR, now + 10 * _YEAR, _authority_extensions(key, None))
        return cls(Holder(made, key), subject, ocsp_address)

    def subordinate(self, key: SigningKey, now: dt.datetime, title: str, path_length: int | None = 0) -> Authority:
        """An authority below this one."""
        subject = [(COMMON_NAME, title)]
        extensions = _authority_extensions(key, path_length)
        made = certify(subject, key, self.subject, self.holder.key, now - 5 * _YEAR, now + 5 * _YEAR, extensions)
        return Authority(Holder(made, key), subject, self.ocsp_address)

    def issue(
        self,
        key: SigningKey,
        now: dt.datetime,
        iin: str,
        person: str = "СЫНАҚ АДАМ",
        bin: str = "",
        organisation: str = "",
        uses: Sequence[str] = (EMAIL_PROTECTION, INDIVIDUAL),
        usage: bytes = _SIGNS,
        valid: dt.timedelta = _YEAR,
        more: Sequence[bytes] = (),
    ) -> Holder:
        """A certificate of a person, or of somebody of an organisation, from this moment on."""
        surname = person.partition(" ")[0]
        subject = [(COMMON_NAME, person), (SURNAME, surname), (SERIAL_NUMBER, f"IIN{iin}")]
        if bin:
            subject += [(ORGANISATION, organisation), (UNIT, f"BIN{bin}")]
        extensions = [
            extension("2.5.29.15", encode(BIT_STRING, usage), critical=True),
            extension("2.5.29.35", encode(SEQUENCE, encode(0x80, _key_id(self.holder.key)))),
            extension("2.5.29.14", encode(OCTET_STRING, _key_id(key))),
            *more,
        ]
        if uses:
            extensions.append(extension("2.5.29.37", encode(SEQUENCE, *map(oid, uses))))
        if self.ocsp_address:
            access = encode(SEQUENCE, oid("1.3.6.1.5.5.7.48.1"), encode(0x86, self.ocsp_address.encode()))
            extensions.append(extension("1.3.6.1.5.5.7.1.1", encode(SEQUENCE, access)))
        made = certify(subject, key, self.subject, self.holder.key, now, now + valid, extensions)
        return Holder(made, key)

    def sign_in_key(self, key: SigningKey, now: dt.datetime, iin: str) -> Holder:
        """The other certificate that each person has, for signing in."""
        return self.issue(key, now, iin, uses=(CLIENT_AUTH, INDIVIDUAL), usage=b"\x05\xa0")

    def answer(self, request: bytes, now: dt.datetime, by: Holder | None = None, nonce: bool = True) -> bytes:
        """The OCSP answer to a request, good or revoked; signed by the authority, or by whom it named."""
        asked = ocsp.load_der_ocsp_request(request)
        by = by or self.holder
        since = self.revoked.get(asked.serial_number)
        status = encode(0x80) if since is None else encode(0xA1, _generalized(since))
        single = encode(SEQUENCE, _certificate_id(asked), status, _generalized(now), _next(now))
        repeated = [encode(0xA1, encode(SEQUENCE, _nonce(request)))] if nonce else []
        responder = encode(0xA2, encode(OCTET_STRING, _key_id(by.key)))
        body = encode(SEQUENCE, responder, _generalized(now), encode(SEQUENCE, single), *repeated)
        signature = encode(BIT_STRING, b"\0", by.key.sign(body))
        given = [encode(0xA0, encode(SEQUENCE, by.certificate))] if by is not self.holder else []
        basic = encode(SEQUENCE, body, by.key.algorithm, signature, *given)
        wrapped = encode(SEQUENCE, oid("1.3.6.1.5.5.7.48.1.1"), encode(OCTET_STRING, basic))
        return encode(SEQUENCE, encode(0x0A, b"\0"), encode(0xA0, wrapped))


def certify(
    subject: list[tuple[str, str]],
    key: SigningKey,
    issuer: list[tuple[str, str]],
    by: SigningKey,
    since: dt.datetime,
    until: dt.datetime,
    extensions: Sequence[bytes],
) -> bytes:
    """A certificate in DER."""
    body = encode(
        SEQUENCE,
        encode(0xA0, integer(2)),
        integer(secrets.randbits(100) | 1),
        by.algorithm,
        name(issuer),
        encode(SEQUENCE, moment(since), moment(until)),
        name(subject),
        key.key_info,
        encode(0xA3, encode(SEQUENCE, *extensions)),
    )
    return encode(SEQUENCE, body, by.algorithm, encode(BIT_STRING, b"\0", by.sign(body)))


def extension(kind: str, value: bytes, critical: bool = False) -> bytes:
    """An extension of a certificate."""
    insists = [encode(BOOLEAN, b"\xff")] if critical else []
    return encode(SEQUENCE, oid(kind), *insists, encode(OCTET_STRING, value))


def _authority_extensions(key: SigningKey, path_length: int | None) -> list[bytes]:
    limits = [encode(BOOLEAN, b"\xff"), *([integer(path_length)] if path_length is not None else [])]
    return [
        extension("2.5.29.19", encode(SEQUENCE, *limits), critical=True),
        extension("2.5.29.15", encode(BIT_STRING, _AUTHORITY), critical=True),
        extension("2.5.29.14", encode(OCTET_STRING, _key_id(key))),
    ]


def _key_id(key: SigningKey) -> bytes:
    bits = read(key.key_info).parts[1].bits()
    return hashlib.sha1(bits, usedforsecurity=False).digest()


def _certificate_id(asked: ocsp.OCSPRequest) -> bytes:
    named = {"sha1": "1.3.14.3.2.26", "sha256": "2.16.840.1.101.3.4.2.1"}
    algorithm: hashes.HashAlgorithm = asked.hash_algorithm
    return encode(
        SEQUENCE,
        encode(SEQUENCE, oid(named[algorithm.name])),
        encode(OCTET_STRING, asked.issuer_name_hash),
        encode(OCTET_STRING, asked.issuer_key_hash),
        integer(asked.serial_number),
    )


def _nonce(request: bytes) -> bytes:
    """The extension of the request that bears its nonce, as it is."""
    fields = read(request).parts[0].parts
    return next(each for each in fields if each.tag == 0xA2).parts[0].parts[0].der


def _generalized(at: dt.datetime) -> bytes:
    return encode(GENERALIZED_TIME, f"{at.astimezone(dt.UTC):%Y%m%d%H%M%S}Z".encode())


def _next(now: dt.datetime) -> bytes:
    return encode(0xA0, _generalized(now + dt.timedelta(hours=12)))
