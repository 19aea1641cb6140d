"""CMS SignedData (RFC 5652), attached or detached: one signer, signed attributes, nothing that has no part in it."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from .algorithms import SHA256, digest, read_digest_algorithm
from .ber import (
    GENERALIZED_TIME,
    INTEGER,
    OCTET_STRING,
    OID,
    SEQUENCE,
    SET,
    UTC_TIME,
    Element,
    encode,
    read,
)
from .certificates import Certificate, read_certificate
from .problems import SignatureRefused

MOST_BYTES = 64 * 1024 * 1024
_MOST_CERTIFICATES = 8

SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
DATA: Final = "1.2.840.113549.1.7.1"
CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
SIGNING_TIME: Final = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE_V2: Final = "1.2.840.113549.1.9.16.2.47"

_PEM = re.compile(rb"\s*-----BEGIN (CMS|PKCS7)-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END \1-----\s*")
_BASE64 = re.compile(rb"\s*[A-Za-z0-9+/\r\n]{64,}={0,2}\s*")


@dataclass(frozen=True)
class Signed:
    """A SignedData that was read; whether it holds is another question. `content` is None where it is detached."""

    content: bytes | None
    digest_name: str
    signer: Certificate
    others: tuple[Certificate, ...]
    attributes: dict[str, Element]  # the value of each signed attribute
    signed_bytes: bytes  # the attributes as they were signed
    algorithm: Element
    signature: bytes

    @property
    def signing_time(self) -> dt.datetime | None:
        """What the signer's clock said, UTC. Raises SignatureRefused."""
        value = self.attributes.get(SIGNING_TIME)
        return _read_time(value) if value is not None else None


def read_signed(data: bytes) -> Signed:
    """The one signature of a file: DER, BER, PEM or bare base64. Raises SignatureRefused."""
    if len(data) > MOST_BYTES:
        raise SignatureRefused("too_large")
    data = _unwrap(data)
    if data[:1] != b"\x30":
        raise SignatureRefused("not_a_signature")
    kind, body = read(data).children(SEQUENCE, 2, 2)
    if kind.tag != OID or kind.oid() != SIGNED_DATA:
        raise SignatureRefused("not_a_signature")
    return _read_signed_data(body.children(0xA0, 1, 1)[0])


def _unwrap(data: bytes) -> bytes:
    """The bytes inside of PEM or base64, where it is one of them: written just so, with nothing left over."""
    wrapped = _PEM.fullmatch(data)
    text = wrapped[2] if wrapped else data if _BASE64.fullmatch(data) else None
    if text is None:
        return data
    joined = b"".join(text.split())
    try:
        inside = base64.b64decode(joined, validate=True)
    except binascii.Error:
        raise SignatureRefused("not_a_signature", "base64") from None
    if base64.b64encode(inside) != joined:
        raise SignatureRefused("odd", "base64")
    return inside


def _read_signed_data(body: Element) -> Signed:
    version, digests, content_info, *rest = body.children(SEQUENCE, 4, 5)
    if len(rest) == 1 or rest[0].tag != 0xA0:
        raise SignatureRefused("odd" if rest[0].tag == 0xA1 else "no_certificate")
    certificates = [read_certificate(each.expect(SEQUENCE).der) for each in rest[0].parts]
    if not 1 <= len(certificates) <= _MOST_CERTIFICATES or len(set(certificates)) != len(certificates):
        raise SignatureRefused("no_certificate" if not certificates else "stray_certificate")
    signers = rest[1].expect(SET).parts
    if len(signers) != 1:
        raise SignatureRefused("several_signers" if signers else "no_signer")
    signer = _read_signer(signers[0], certificates, _read_content(content_info))
    if version.integer() != (1 if _is_named_by_serial(signers[0]) else 3):
        raise SignatureRefused("odd", "version")
    named = [read_digest_algorithm(each) for each in digests.children(SET, 1, 1)]
    if named != [signer.digest_name]:
        raise SignatureRefused("odd", "the digests that are announced")
    return signer


def _read_content(info: Element) -> bytes | None:
    kind, *inside = info.children(SEQUENCE, 1, 2)
    if kind.oid() != DATA:
        raise SignatureRefused("odd", "the kind of content")
    return inside[0].children(0xA0, 1, 1)[0].expect(OCTET_STRING).content if inside else None


def _is_named_by_serial(info: Element) -> bool:
    return info.children(SEQUENCE, 5, 7)[1].tag == SEQUENCE


def _read_signer(info: Element, certificates: list[Certificate], content: bytes | None) -> Signed:
    version, named, digest_algorithm, *rest = info.children(SEQUENCE, 5, 7)
    if rest[0].tag != 0xA0:
        raise SignatureRefused("no_signed_attributes")
    if len(rest) == 4 or (len(rest) == 3 and rest[2].tag != OCTET_STRING):
        raise SignatureRefused("unsigned_attributes")
    if len(rest) != 3:
        raise SignatureRefused("odd", "a signer")
    attributes, algorithm, signature = rest
    signer = _find_signer(version, named, certificates)
    return Signed(
        content=content,
        digest_name=read_digest_algorithm(digest_algorithm),
        signer=signer,
        others=tuple(each for each in certificates if each is not signer),
        attributes=_read_attributes(attributes),
        signed_bytes=encode(SET, attributes.content),
        algorithm=algorithm,
        signature=signature.content,
    )


def _find_signer(version: Element, named: Element, certificates: list[Certificate]) -> Certificate:
    if named.tag == SEQUENCE and version.integer() == 1:
        issuer, serial = named.children(SEQUENCE, 2, 2)
        number = serial.expect(INTEGER).integer()
        found = [each for each in certificates if (each.issuer, each.serial) == (issuer.der, number)]
    elif named.tag == 0x80 and version.integer() == 3:
        found = [each for each in certificates if each.key_identifier == named.content]
    else:
        raise SignatureRefused("odd", "how the signer is named")
    if len(found) != 1:
        raise SignatureRefused("no_certificate")
    return found[0]


def _read_attributes(element: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for attribute in element.parts:
        kind, values = attribute.children(SEQUENCE, 2, 2)
        name = kind.oid()
        if name in found:
            raise SignatureRefused("odd", f"attribute {name} twice")
        found[name] = values.children(SET, 1, 1)[0]
    if CONTENT_TYPE not in found or MESSAGE_DIGEST not in found:
        raise SignatureRefused("no_signed_attributes", "content type or message digest")
    return found


def _read_time(value: Element) -> dt.datetime:
    if value.tag not in (UTC_TIME, GENERALIZED_TIME):
        raise SignatureRefused("odd", "signing time")
    text, digits = value.content.decode("ascii", "replace"), 12 if value.tag == UTC_TIME else 14
    if not re.fullmatch(rf"[0-9]{{{digits}}}Z", text):
        raise SignatureRefused("odd", "signing time")
    if digits == 12:
        text = ("19" if text >= "50" else "20") + text
    try:
        return dt.datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=dt.UTC)
    except ValueError:
        raise SignatureRefused("odd", "signing time") from None


def check_content(signed: Signed, content: bytes | None) -> bytes:
    """The content, where the signer's attributes speak of it. `content`: what should have been signed; None takes what
    is inside. Raises SignatureRefused."""
    if signed.content is None and content is None:
        raise SignatureRefused("no_content")
    if signed.content is not None and content is not None and signed.content != content:
        raise SignatureRefused("other_content")
    whole = signed.content if content is None else content
    assert whole is not None  # noqa: S101
    if signed.attributes[CONTENT_TYPE].oid() != DATA:
        raise SignatureRefused("odd", "the kind of content")
    if signed.attributes[MESSAGE_DIGEST].expect(OCTET_STRING).content != digest(signed.digest_name, whole):
        raise SignatureRefused("wrong_digest")
    return whole


def check_signature(signed: Signed) -> None:
    """Raises SignatureRefused where the attributes were not signed by the signer's key, or name another certificate."""
    signed.signer.key.check(signed.algorithm, signed.signed_bytes, signed.signature, signed.digest_name)
    meant = signed.attributes.get(SIGNING_CERTIFICATE_V2)
    if meant is not None:
        _check_meant(meant, signed.signer)


def _check_meant(value: Element, signer: Certificate) -> None:
    """The attribute signing-certificate-v2: its first entry has to be the signer's certificate."""
    entries = value.children(SEQUENCE, 1, 2)[0].expect(SEQUENCE).parts
    parts = list(entries[0].children(SEQUENCE, 1, 3)) if entries else []
    named = read_digest_algorithm(parts.pop(0)) if parts and parts[0].tag == SEQUENCE else SHA256
    if not parts or parts[0].expect(OCTET_STRING).content != digest(named, signer.der):
        raise SignatureRefused("odd", "another certificate was meant")
