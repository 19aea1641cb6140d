"""Reading ASN.1 as signatures use it: DER, and BER with indefinite lengths and strings in parts, made DER.

Nothing else of BER is accepted, and nothing is guessed: each length is the shortest, a tag is one byte.
"""

from __future__ import annotations

from dataclasses import dataclass

from .problems import SignatureRefused

DEEPEST = 32
MOST_ELEMENTS = 20_000

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
UTC_TIME, GENERALIZED_TIME, SEQUENCE, SET = 0x17, 0x18, 0x30, 0x31
_CONSTRUCTED = 0x20


@dataclass(frozen=True)
class Element:
    """One element: its tag, its content in DER, the whole in DER, and what a constructed one consists of."""

    tag: int
    content: bytes
    der: bytes
    parts: tuple[Element, ...] = ()

    def expect(self, tag: int) -> Element:
        """Itself, where it has the tag. Raises SignatureRefused."""
        if self.tag != tag:
            raise SignatureRefused("odd", f"tag {self.tag:#04x} in the place of {tag:#04x}")
        return self

    def children(self, tag: int, least: int, most: int) -> tuple[Element, ...]:
        """Its parts, where it has the tag and so many of them. Raises SignatureRefused."""
        self.expect(tag)
        if not least <= len(self.parts) <= most:
            raise SignatureRefused("odd", f"{len(self.parts)} parts in {self.tag:#04x}")
        return self.parts

    def oid(self) -> str:
        """An object identifier in dots. Raises SignatureRefused."""
        data = self.expect(OID).content
        if not data or data[-1] & 0x80 or len(data) > 64:
            raise SignatureRefused("odd", "an identifier")
        numbers, value, fresh = [], 0, True
        for byte in data:
            if fresh and byte == 0x80:
                raise SignatureRefused("odd", "an identifier")
            value, fresh = value << 7 | byte & 0x7F, not byte & 0x80
            if fresh:
                numbers.append(value)
                value = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))

    def integer(self) -> int:
        """A whole number. Raises SignatureRefused."""
        data = self.expect(INTEGER).content
        if not data or (len(data) > 1 and (data[0], data[1] >> 7) in ((0, 0), (255, 1))):
            raise SignatureRefused("odd", "a number")
        return int.from_bytes(data, "big", signed=True)

    def bits(self) -> bytes:
        """The bytes of a bit string that holds whole ones. Raises SignatureRefused."""
        data = self.expect(BIT_STRING).content
        if not data or data[0]:
            raise SignatureRefused("odd", "a bit string")
        return data[1:]


def encode(tag: int, *contents: bytes) -> bytes:
    """An element in DER."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def read(data: bytes) -> Element:
    """The one element that the bytes are. Raises SignatureRefused."""
    reader = _Reader(data)
    element, end = reader.element(0, len(data), 0)
    if end != len(data):
        raise SignatureRefused("odd", "something follows the end")
    return element


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.met = 0

    def element(self, at: int, end: int, depth: int) -> tuple[Element, int]:
        """The element that begins there, and where it ends."""
        data = self.data
        self.met += 1
        if depth > DEEPEST or self.met > MOST_ELEMENTS or at + 2 > end:
            raise SignatureRefused("odd", "cut off, or too deep")
        tag, length, at = data[at], data[at + 1], at + 2
        if tag & 0x1F == 0x1F or not tag:
            raise SignatureRefused("odd", "a tag")
        if length == 0x80:
            return self._open_ended(tag, at, end, depth)
        if length > 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[at : at + size], "big")
            if size > 4 or at + size > end or length < 0x80 or length < 1 << 8 * (size - 1):
                raise SignatureRefused("odd", "a length")
            at += size
        if at + length > end:
            raise SignatureRefused("odd", "cut off")
        if not tag & _CONSTRUCTED:
            content = data[at : at + length]
            return Element(tag, content, encode(tag, content)), at + length
        parts, stop = [], at + length
        while at < stop:
            part, at = self.element(at, stop, depth + 1)
            parts.append(part)
        return _constructed(tag, parts), stop

    def _open_ended(self, tag: int, at: int, end: int, depth: int) -> tuple[Element, int]:
        if not tag & _CONSTRUCTED:
            raise SignatureRefused("odd", "an open end")
        parts = []
        while self.data[at : at + 2] != b"\0\0":
            part, at = self.element(at, end, depth + 1)
            parts.append(part)
        if at + 2 > end:
            raise SignatureRefused("odd", "cut off")
        return _constructed(tag, parts), at + 2


def _constructed(tag: int, parts: list[Element]) -> Element:
    if tag == OCTET_STRING | _CONSTRUCTED:
        content = b"".join(part.expect(OCTET_STRING).content for part in parts)
        return Element(OCTET_STRING, content, encode(OCTET_STRING, content))
    if tag & ~_CONSTRUCTED < 0x1F and tag not in (SEQUENCE, SET):
        raise SignatureRefused("odd", "a string in parts")
    content = b"".join(part.der for part in parts)
    return Element(tag, content, encode(tag, content), tuple(parts))
