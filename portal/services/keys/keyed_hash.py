"""Hashes that only the portal can make: of codes, and of the IINs, phones and addresses that limits are counted by.

An IIN or a code has so few values that a plain hash of it is undone by trying them all.
"""

from __future__ import annotations

import hashlib
import hmac

_keys: list[bytes] = []


def use_key(secret: str) -> None:
    """Take the key for this process; the application does so when it is made."""
    _keys[:] = [hashlib.sha256(b"keyed-hash\0" + secret.encode()).digest()]


def keyed_hash(kind: str, text: str) -> str:
    """64 hexadecimal digits; the same text of another kind has another hash. Raises LookupError before use_key()."""
    if not _keys:
        raise LookupError("use_key() has not been called")
    return hmac.new(_keys[0], f"{kind}\0{text}".encode(), hashlib.sha256).hexdigest()
