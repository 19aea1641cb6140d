"""Demo and tests only: writing the few things of ASN.1 that certificates and signatures are made of."""

from __future__ import annotations

import datetime as dt

from ..eds.ber import GENERALIZED_TIME, INTEGER, OID, SEQUENCE, SET, UTC_TIME, encode

_UTF8 = 0x0C
COMMON_NAME, SURNAME, SERIAL_NUMBER, ORGANISATION, UNIT = "2.5.4.3", "2.5.4.4", "2.5.4.5", "2.5.4.10", "2.5.4.11"


def oid(dotted: str) -> bytes:
    """An object identifier."""
    first, second, *rest = map(int, dotted.split("."))
    written = b""
    for number in (40 * first + second, *rest):
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.append(0x80 | number & 0x7F)
        written += bytes(reversed(digits))
    return encode(OID, written)


def integer(number: int) -> bytes:
    """A whole number, not below zero."""
    return encode(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def moment(at: dt.datetime) -> bytes:
    """A moment, UTC, to the second."""
    at = at.astimezone(dt.UTC)
    if 1950 <= at.year < 2050:
        return encode(UTC_TIME, f"{at:%y%m%d%H%M%S}Z".encode())
    return encode(GENERALIZED_TIME, f"{at:%Y%m%d%H%M%S}Z".encode())


def name(parts: list[tuple[str, str]]) -> bytes:
    """A name of (identifier, text)."""
    return encode(
        SEQUENCE, *(encode(SET, encode(SEQUENCE, oid(kind), encode(_UTF8, text.encode()))) for kind, text in parts)
    )


def set_of(*elements: bytes) -> bytes:
    """A SET OF in the order of DER."""
    return encode(SET, *sorted(elements))
