"""S/MIME, as `openssl cms -sign` writes it unless it is told otherwise: a letter around a signature."""

from __future__ import annotations

import base64
import binascii
import re

from .problems import SignatureRefused

_HEAD = re.compile(rb"MIME-Version: 1\.0\r?\n(?:[!-~]+: [ -~\t]*\r?\n){1,6}\r?\n")
_BOUNDARY = re.compile(rb'^Content-Type: multipart/signed;[ -~]* boundary="([!-~]{8,70})"\r?$', re.MULTILINE)
_WHOLE = re.compile(rb"^Content-Type: application/(?:x-)?pkcs7-mime;", re.MULTILINE)
_PART = re.compile(rb"Content-Type: application/(?:x-)?pkcs7-signature;[ -~]*\r?\n(?:[!-~]+: [ -~]*\r?\n){0,4}\r?\n")


def is_smime(data: bytes) -> bool:
    """Does it begin as a letter?"""
    return data.startswith(b"MIME-Version:")


def open_smime(data: bytes) -> tuple[bytes, bytes | None]:
    """The signature, and what was signed where it stands beside it. Raises SignatureRefused."""
    head = _HEAD.match(data)
    if head is None:
        raise SignatureRefused("not_a_signature", "S/MIME")
    if _WHOLE.search(head[0]):
        return _decode(data[head.end() :]), None
    boundary = _BOUNDARY.search(head[0])
    if boundary is None:
        raise SignatureRefused("not_a_signature", "S/MIME")
    pieces = re.split(rb"(?:^|\r?\n)--" + re.escape(boundary[1]) + rb"(?:--)?\r?\n", data[head.end() :])
    part = _PART.match(pieces[2]) if len(pieces) == 4 and not pieces[3].strip() else None
    if part is None:
        raise SignatureRefused("not_a_signature", "S/MIME")
    return _decode(pieces[2][part.end() :]), pieces[1]


def as_lines(content: bytes) -> bytes:
    """A text with the ends of lines that letters have, which openssl signs unless it is told -binary."""
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _decode(text: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error:
        raise SignatureRefused("not_a_signature", "S/MIME") from None
