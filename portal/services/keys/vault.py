"""Files that must stay secret: sealed under a data key each, the data key wrapped by the key ring.

Whoever keeps a file keeps three values with its row: `key` (its name in the store), `key_id` and `data_key`. Without
that row nobody can open what lies in the store. The store is a gateway: never inside a database transaction.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from ...db import db
from ...gateways.storage import Storage
from ...models import Document, SealedPaper, Upload
from ..records import audit
from .ring import keyring
from .sealing import DATA_KEY, seal, unseal

KEPT = (Document, Upload, SealedPaper)  # the tables whose rows hold a wrapped data key
_PAGE = 500


class SealedRow(Protocol):
    """A row that knows a sealed file."""

    @property
    def key(self) -> Any: ...
    @property
    def key_id(self) -> Any: ...
    @property
    def data_key(self) -> Any: ...


@dataclass(frozen=True)
class Sealed:
    """What has to be kept of a sealed file; give it to the row with `**vars(sealed)`."""

    key: str
    key_id: str
    data_key: str


def new_seal() -> Sealed:
    """A name and a wrapped data key for a file to come."""
    key = secrets.token_urlsafe(32)
    key_id, wrapped = keyring().wrap(os.urandom(DATA_KEY), key)
    return Sealed(key, key_id, wrapped)


def store(storage: Storage, content: bytes | Iterable[bytes]) -> Sealed:
    """Seal the content and put it into the store; an iterable is streamed. Raises gateways.storage.StorageDown."""
    sealed = new_seal()
    put(storage, sealed, content)
    return sealed


def put(storage: Storage, row: SealedRow, content: bytes | Iterable[bytes], part: str = "") -> None:
    """Seal content under a row's data key; `part` names one of several files of the row. Raises StorageDown."""
    name = row.key + part
    data_key = keyring().unwrap(row.key_id, row.data_key, row.key)
    if isinstance(content, bytes):
        storage.put(name, b"".join(seal([content], data_key, name)))
    else:
        storage.put(name, seal(content, data_key, name))


def fetch(storage: Storage, row: SealedRow, part: str = "") -> bytes:
    """The whole content, every byte of it as it was sealed. Raises SealBroken, KeyMissing, FileMissing, StorageDown."""
    return b"".join(read(storage, row, part))


def read(storage: Storage, row: SealedRow, part: str = "") -> Iterator[bytes]:
    """The content in pieces, to be used only once the last one has come. Raises as fetch()."""
    name = row.key + part
    data_key = keyring().unwrap(row.key_id, row.data_key, row.key)
    return unseal([storage.get(name)], data_key, name)


def discard(storage: Storage, row: SealedRow, part: str = "") -> None:
    """Delete the file; one that is gone is no error. Raises StorageDown."""
    storage.delete(row.key + part)


def list_key_ids() -> set[str]:
    """The ids of the keys that data keys are wrapped by."""
    ids: set[str] = set()
    for model in KEPT:
        query: Any = model.select(model.key_id).where(model.key_id.is_null(False)).distinct().tuples()
        ids |= {id for (id,) in query}
    return ids


def rewrap(now: dt.datetime) -> int:
    """Wrap every data key with the current key; how many. The files themselves stay as they are.

    It can be broken off and run again, while the portal works. Raises KeyMissing where an old key is gone already.
    """
    count = 0
    for model in KEPT:
        while rows := list(model.select().where(model.key_id != keyring().current).limit(_PAGE)):
            count += sum(_rewrap_row(model, row) for row in rows)
    if count:
        audit.record("system", "keys_rotated", f"key:{keyring().current}", now, count=count)
    return count


def _rewrap_row(model: Any, row: Any) -> int:
    data_key = keyring().unwrap(row.key_id, row.data_key, row.key)
    key_id, wrapped = keyring().wrap(data_key, row.key)
    with db.atomic():
        changed = model.update(key_id=key_id, data_key=wrapped)
        return changed.where(model.id == row.id, model.key_id == row.key_id).execute()
