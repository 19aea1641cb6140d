"""The ring of keys that protect what is kept: each wraps the data keys of files and seals small secrets.

A key-encryption key is 32 bytes, AES-256-GCM. The first of PORTAL_KEYS is current: it wraps whatever is new; the others
open what is older, until `portal keys rotate` has wrapped that anew. Every wrapped key names the key that wraps it.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_PROBE = b"qyzmet"
NONCE = 12  # bytes, random: one key wraps far fewer than the 2**32 things that random nonces allow


class KeyMissing(LookupError):
    """What is to be opened was wrapped by a key that PORTAL_KEYS does not hold."""


class SealBroken(ValueError):
    """What is to be opened was changed, cut, or belongs to something else."""


@dataclass(frozen=True)
class Keyring:
    """Keys by id, the current one first."""

    keys: tuple[tuple[str, bytes], ...]

    @property
    def current(self) -> str:
        """The id of the key that wraps whatever is new."""
        return self.keys[0][0]

    def wrap(self, data_key: bytes, name: str) -> tuple[str, str]:
        """The id of the current key, and the data key wrapped by it, base64. It opens for the same `name` alone."""
        return self.current, self._seal(self.current, data_key, name)

    def unwrap(self, key_id: str, wrapped: str, name: str) -> bytes:
        """The data key. Raises KeyMissing, SealBroken."""
        return self._open(key_id, wrapped, name)

    def seal_text(self, text: str, purpose: str) -> str:
        """A short secret as "key id:base64". It opens for the same `purpose` alone: say whose it is and what for."""
        return f"{self.current}:{self._seal(self.current, text.encode(), purpose)}"

    def open_text(self, sealed: str, purpose: str) -> str:
        """The secret. Raises KeyMissing, SealBroken."""
        key_id, _, content = sealed.partition(":")
        return self._open(key_id, content, purpose).decode()

    def probes(self, ids: Iterable[str]) -> dict[str, str]:
        """For each of these keys a sealed word by which it is known again, saying nothing of the key; "" for one that
        is not in the ring."""
        known = dict(self.keys)
        return {id: self._seal(id, _PROBE, "probe") if id in known else "" for id in sorted(ids)}

    def unopened(self, probes: Mapping[str, str]) -> list[str]:
        """The ids of the keys in `probes` that are missing here, or are others under the same id."""
        return [id for id, sealed in probes.items() if not self._opens(id, sealed)]

    def _opens(self, id: str, probe: str) -> bool:
        try:
            return self._open(id, probe, "probe") == _PROBE
        except (KeyMissing, SealBroken):
            return False

    def _seal(self, key_id: str, content: bytes, name: str) -> str:
        nonce = os.urandom(NONCE)
        sealed = AESGCM(self._key(key_id)).encrypt(nonce, content, _bound(key_id, name))
        return base64.b64encode(nonce + sealed).decode()

    def _open(self, key_id: str, sealed: str, name: str) -> bytes:
        try:
            raw = base64.b64decode(sealed, validate=True)
            return AESGCM(self._key(key_id)).decrypt(raw[:NONCE], raw[NONCE:], _bound(key_id, name))
        except (InvalidTag, binascii.Error, ValueError):
            raise SealBroken(name) from None

    def _key(self, key_id: str) -> bytes:
        for known, key in self.keys:
            if known == key_id:
                return key
        raise KeyMissing(f"PORTAL_KEYS holds no key {key_id}")


def _bound(key_id: str, name: str) -> bytes:
    return f"qyzmet\0{key_id}\0{name}".encode()


_ring: list[Keyring] = []


def use_keys(keys: Sequence[tuple[str, bytes]]) -> None:
    """Take the keys for this process; the application does so when it is made."""
    _ring[:] = [Keyring(tuple(keys))]


def keyring() -> Keyring:
    """The keys of this process. Raises LookupError before use_keys()."""
    if not _ring:
        raise LookupError("use_keys() has not been called")
    return _ring[0]
