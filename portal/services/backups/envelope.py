"""The outside of a backup: a line that says how it opens, then its content in chunks of AES-256-GCM (sealing.py). Pure.

The data key is new for every backup. Either the key ring wraps it, and the line names the key; or it is derived from a
passphrase by argon2id. The line is bound to every chunk, so that none fits another backup.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from argon2.low_level import Type, hash_secret_raw

from ..keys.ring import KeyMissing, SealBroken, keyring
from ..keys.sealing import DATA_KEY, seal, unseal

MARK = b"QZBACKUP1 "
LONGEST_LINE = 1000  # bytes
SHORTEST_PASSPHRASE = 15  # characters
SALT = 16  # bytes
PASSES, MEMORY, LANES = 3, 64 * 1024, 4  # argon2id, memory in KiB; other numbers are another MARK
READ = 1024 * 1024  # bytes

_ABOUT = "backup"


class BackupUnfit(ValueError):
    """The file cannot be restored: why, as a sentence. Nothing was changed."""


class PassphraseTooShort(ValueError):
    """A passphrase that can be guessed opens the whole portal."""


@dataclass(frozen=True)
class Envelope:
    """What opens one backup."""

    line: bytes
    data_key: bytes

    @property
    def name(self) -> str:
        """What every chunk is bound to."""
        return f"{_ABOUT}\0{self.line.decode()}"

    def close(self, content: Iterator[bytes]) -> Iterator[bytes]:
        """The file, piece by piece."""
        yield self.line
        yield from seal(content, self.data_key, self.name)

    def open(self, file: IO[bytes]) -> Iterator[bytes]:
        """The content, piece by piece, certain only after the last one. Raises BackupUnfit."""
        file.seek(len(self.line))
        try:
            yield from unseal(iter(lambda: file.read(READ), b""), self.data_key, self.name)
        except SealBroken:
            raise BackupUnfit(
                "It does not open: it was cut off or changed, or this is not its key or passphrase."
            ) from None


def new_envelope(passphrase: str = "") -> Envelope:
    """For a new backup: under the passphrase, or without one under the current key. Raises PassphraseTooShort."""
    if passphrase:
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise PassphraseTooShort(f"A passphrase has at least {SHORTEST_PASSPHRASE} characters.")
        salt = os.urandom(SALT)
        return Envelope(_line({"salt": base64.b64encode(salt).decode()}), _derive(passphrase, salt))
    data_key = os.urandom(DATA_KEY)
    key_id, wrapped = keyring().wrap(data_key, _ABOUT)
    return Envelope(_line({"key": key_id, "data_key": wrapped}), data_key)


def read_envelope(file: IO[bytes], passphrase: str = "") -> Envelope:
    """What opens this backup. Raises BackupUnfit."""
    line = file.readline(LONGEST_LINE)
    if not line.startswith(MARK) or not line.endswith(b"\n"):
        raise BackupUnfit("It is not a backup of this portal, or of another release.")
    try:
        said = json.loads(line[len(MARK) :])
        if "salt" in said:
            if not passphrase:
                raise BackupUnfit("It was made with a passphrase: name the file that holds it, --passphrase-file.")
            return Envelope(line, _derive(passphrase, base64.b64decode(said["salt"], validate=True)))
        return Envelope(line, keyring().unwrap(said["key"], said["data_key"], _ABOUT))
    except KeyMissing as missing:
        raise BackupUnfit(f"{missing.args[0]}: this backup was made with it.") from None
    except SealBroken:
        raise BackupUnfit("The key of that name in PORTAL_KEYS is not the one it was made with.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, BackupUnfit):
            raise
        raise BackupUnfit("Its first line is damaged.") from None


def _line(said: dict[str, Any]) -> bytes:
    return MARK + json.dumps(said).encode() + b"\n"


def _derive(passphrase: str, salt: bytes) -> bytes:
    return hash_secret_raw(passphrase.encode(), salt, PASSES, MEMORY, LANES, DATA_KEY, Type.ID)
