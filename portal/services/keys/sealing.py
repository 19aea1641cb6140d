"""How a file is sealed: in chunks of AES-256-GCM, so that it streams, and so that no change of it goes unseen. Pure.

    QZ01 | chunk size (4 bytes) | salt (16 bytes) | chunk | chunk | ... | last chunk

Each sealing has a key of its own, derived (HKDF-SHA256) from the file's data key, the salt and the file's name; so the
number of a chunk is nonce enough and never repeats. The nonce also says whether the chunk is the last. The header and
the name are bound to every chunk: a bit flipped, a chunk left out, moved or cut off, a file in the place of another
one, each fails to open.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .ring import SealBroken

CHUNK = 64 * 1024  # bytes of content in a chunk
DATA_KEY = 32  # bytes
MARK = b"QZ01"
SALT = 16
HEADER = len(MARK) + 4 + SALT
TAG = 16


def seal(content: Iterable[bytes], data_key: bytes, name: str) -> Iterator[bytes]:
    """The sealed file, piece by piece."""
    header = MARK + CHUNK.to_bytes(4, "big") + os.urandom(SALT)
    cipher, bound = _cipher(data_key, header, name)
    yield header
    number, held = 0, b""
    for chunk in _in_chunks(content, CHUNK):
        if number:
            yield cipher.encrypt(_nonce(number, last=False), held, bound)
        number, held = number + 1, chunk
    yield cipher.encrypt(_nonce(max(number, 1), last=True), held, bound)


def unseal(sealed: Iterable[bytes], data_key: bytes, name: str) -> Iterator[bytes]:
    """The content, piece by piece. Raises SealBroken at the first piece that is not as it was sealed.

    Only after the last piece is it certain that nothing was cut off.
    """
    pieces = _Pieces(sealed)
    header = pieces.take(HEADER)
    size = int.from_bytes(header[4:8], "big")
    if len(header) < HEADER or not header.startswith(MARK) or size != CHUNK:
        raise SealBroken(name)
    cipher, bound = _cipher(data_key, header, name)
    number, held = 1, pieces.take(CHUNK + TAG)
    while following := pieces.take(CHUNK + TAG):
        yield _open(cipher, _nonce(number, last=False), held, bound, name)
        number, held = number + 1, following
    yield _open(cipher, _nonce(number, last=True), held, bound, name)


def _cipher(data_key: bytes, header: bytes, name: str) -> tuple[AESGCM, bytes]:
    about = b"qyzmet file\0" + name.encode()
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=header[-SALT:], info=about).derive(data_key)
    return AESGCM(key), header + about


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _open(cipher: AESGCM, nonce: bytes, chunk: bytes, bound: bytes, name: str) -> bytes:
    try:
        return cipher.decrypt(nonce, chunk, bound)
    except InvalidTag:
        raise SealBroken(name) from None


def _in_chunks(content: Iterable[bytes], size: int) -> Iterator[bytes]:
    pieces = _Pieces(content)
    while chunk := pieces.take(size):
        yield chunk


class _Pieces:
    """Bytes that come in pieces of any size, taken in pieces of a wanted size; only the last may be shorter."""

    def __init__(self, source: Iterable[bytes]) -> None:
        self._source = iter(source)
        self._held = bytearray()

    def take(self, size: int) -> bytes:
        while len(self._held) < size:
            piece = next(self._source, None)
            if piece is None:
                break
            self._held += piece
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken
