"""Files in the store that no row vouches for: noted before they are written, and before their last row lets them go.

A process may die between the store and the table. What is noted here and claimed by nobody is swept away a day later,
so that nothing sealed stays behind that nobody can open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ...db import db
from ...gateways.storage import Storage, StorageDown
from ...models import LooseFile
from ..jobs.rows import waiting, work_through
from . import vault

CLAIMED_WITHIN = dt.timedelta(hours=12)
SWEPT_AFTER = dt.timedelta(hours=24)  # so much later that a claim and the sweep never meet

WHOLE = ("",)  # the parts of a row that has one file


class ClaimedTooLate(Exception):
    """The file was noted so long ago that the sweep may have it."""


def note(row: vault.SealedRow, now: dt.datetime, parts: Iterable[str] = WHOLE) -> None:
    """Before files are put, or in the transaction after which no row names them."""
    rows = [{"name": f"{row.key}{part}", "noted_at": now} for part in parts]
    if rows:
        with db.atomic():
            LooseFile.insert_many(rows).on_conflict_ignore().execute()


def claim(row: vault.SealedRow, now: dt.datetime, parts: Iterable[str] = WHOLE) -> None:
    """In the transaction that writes the row of these files. Raises ClaimedTooLate."""
    names = [f"{row.key}{part}" for part in parts]
    young = LooseFile.noted_at > now - CLAIMED_WITHIN
    if LooseFile.delete().where(LooseFile.name.in_(names), young).execute() != len(names):
        raise ClaimedTooLate(row.key)


def discard(storage: Storage, row: vault.SealedRow, parts: Iterable[str] = WHOLE) -> None:
    """Delete the files and what is noted of them. Raises gateways.storage.StorageDown."""
    names = [f"{row.key}{part}" for part in parts]
    for part in parts:
        vault.discard(storage, row, part)
    with db.atomic():
        LooseFile.delete().where(LooseFile.name.in_(names)).execute()


def sweep(storage: Storage, now: dt.datetime, limit: int = 200) -> int:
    """Delete what nobody claimed; how many files. Raises gateways.storage.StorageDown."""
    old = LooseFile.noted_at < now - SWEPT_AFTER
    rows = LooseFile.select().where(old, waiting("forget_loose", LooseFile.id, now)).order_by(LooseFile.noted_at)
    return work_through("forget_loose", list(rows.limit(limit)), lambda row: _delete(row, storage), now, (StorageDown,))


def _delete(row: LooseFile, storage: Storage) -> bool:
    storage.delete(row.name)
    with db.atomic():
        LooseFile.delete().where(LooseFile.id == row.id).execute()
    return True
