"""Demo and tests only: signing as NCALayer and eGov Mobile do: CMS with content type, signing time, message digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ..eds.algorithms import digest
from ..eds.ber import NULL, OCTET_STRING, SEQUENCE, SET, encode, read
from ..eds.cms import CONTENT_TYPE, DATA, MESSAGE_DIGEST, SIGNED_DATA, SIGNING_TIME
from .eds_authority import Holder
from .eds_der import integer, moment, oid, set_of


def sign(
    holder: Holder,
    content: bytes,
    now: dt.datetime,
    attached: bool = True,
    attributes: Sequence[bytes] | None = None,
    with_certificates: Sequence[bytes] = (),
    signers: int = 1,
) -> bytes:
    """A CMS signature in DER. `attributes`: other signed attributes than the usual ones; empty leaves them out."""
    key = holder.key
    if attributes is None:
        attributes = usual_attributes(content, now, key.digest_name)
    digests = encode(SEQUENCE, oid(key.digest_name), bytes((NULL, 0)))
    signature = key.sign(set_of(*attributes) if attributes else content)
    signer = encode(
        SEQUENCE,
        integer(1),
        encode(SEQUENCE, *_issuer_and_serial(holder.certificate)),
        digests,
        *([encode(0xA0, *sorted(attributes))] if attributes else []),
        key.algorithm,
        encode(OCTET_STRING, signature),
    )
    inside = [encode(0xA0, encode(OCTET_STRING, content))] if attached else []
    body = encode(
        SEQUENCE,
        integer(1),
        encode(SET, digests),
        encode(SEQUENCE, oid(DATA), *inside),
        encode(0xA0, holder.certificate, *with_certificates),
        encode(SET, *[signer] * signers),
    )
    return encode(SEQUENCE, oid(SIGNED_DATA), encode(0xA0, body))


def usual_attributes(content: bytes, now: dt.datetime | None, digest_name: str) -> list[bytes]:
    """Content type, signing time and message digest."""
    made = [
        attribute(CONTENT_TYPE, oid(DATA)),
        attribute(MESSAGE_DIGEST, encode(OCTET_STRING, digest(digest_name, content))),
    ]
    return [*made, attribute(SIGNING_TIME, moment(now))] if now is not None else made


def attribute(kind: str, value: bytes) -> bytes:
    """A signed attribute of one value."""
    return encode(SEQUENCE, oid(kind), encode(SET, value))


def open_ended(data: bytes, split: int = 7) -> bytes:
    """The same in BER, as NCALayer may send it: indefinite lengths, the content in parts; what was signed stays DER."""
    element = read(data)
    info = element.parts[1].parts[0]
    content = info.parts[2]
    if len(content.parts) == 2:
        octets = content.parts[1].parts[0].content
        parts = [encode(OCTET_STRING, octets[at : at + split]) for at in range(0, len(octets), split)]
        content_der = _open(SEQUENCE, content.parts[0].der, _open(0xA0, _open(0x24, *parts)))
    else:
        content_der = _open(SEQUENCE, content.parts[0].der)
    rest = [each.der for each in info.parts[3:]]
    body = _open(SEQUENCE, *(each.der for each in info.parts[:2]), content_der, *rest)
    return _open(SEQUENCE, element.parts[0].der, _open(0xA0, body))


def _open(tag: int, *contents: bytes) -> bytes:
    return bytes((tag, 0x80)) + b"".join(contents) + b"\0\0"


def _issuer_and_serial(certificate: bytes) -> tuple[bytes, bytes]:
    fields = read(certificate).parts[0].parts
    return fields[3].der, fields[1].der
