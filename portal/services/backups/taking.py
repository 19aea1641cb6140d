"""Taking a backup while the portal works: every row as of one moment, and every file that those rows name.

Files first, for they are many and never change under their name; then one snapshot of the database, and with it the
few files that came meanwhile. A file may also go meanwhile (a draft thrown away, an original that was scanned): then
the snapshot is taken anew, until every file it names is copied, or was missing before it as well.

Sessions, one-time codes and counts of limits are left out: whoever signed out before a restore is not signed in by it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import peewee

from ... import db as database
from ...db import db
from ...gateways.storage import FileMissing, Storage
from ...models import MODELS, Document, OneTimeCode, RateCount, SealedPaper, Session, Upload
from ..files.documents import ORIGINAL
from ..files.room import INFECTED
from ..keys import vault
from ..keys.ring import keyring
from ..staff import second_factor
from .names import Names
from .records import FORMAT, line

LEFT_OUT = (Session, OneTimeCode, RateCount)
PAGE = 500  # rows


@dataclass
class Taken:
    """What is in a backup so far. `missing`: names of files that rows name and the store does not have."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    missing: set[str] = field(default_factory=set)


def content(storage: Storage, now: dt.datetime, migrations: list[str], taken: Taken) -> Iterator[bytes]:
    """The inside of a backup, piece by piece; `taken` is filled meanwhile. Raises StorageDown."""
    head = {"backup": FORMAT, "taken_at": now.isoformat(), "migrations": migrations}
    yield line(head)
    with Names() as copied:
        yield from _copy_files(storage, copied, taken)
        complete = False
        while not complete:
            before = taken.missing
            with database.snapshot():
                yield from _copy_files(storage, copied, taken)
                complete = taken.missing <= before
                if complete:
                    keys = keyring().probes(vault.list_key_ids() | second_factor.list_key_ids())
                    yield from _copy_rows(taken)
    yield line({"end": True, "rows": taken.rows, "files": taken.files, "keys": keys})


def list_files() -> Iterator[str]:
    """The name of every file that the rows of this moment, or of this snapshot, say is in the store."""
    for document in _every(Document, Document.state != INFECTED):
        yield document.key
        if document.has_original:
            yield document.key + ORIGINAL
    for upload in _every(Upload):
        yield from (upload.key + part for part in upload.parts)
    for paper in _every(SealedPaper, SealedPaper.sealed_at.is_null(False)):
        yield paper.key


def _copy_files(storage: Storage, copied: Names, taken: Taken) -> Iterator[bytes]:
    taken.missing = set()
    for name in list_files():
        if name in copied:
            continue
        try:
            sealed = storage.get(name)
        except FileMissing:
            taken.missing.add(name)
            continue
        yield line({"file": name, "size": len(sealed)})
        yield sealed
        copied.add(name)
        taken.files += 1


def _copy_rows(taken: Taken) -> Iterator[bytes]:
    for model in peewee.sort_models(MODELS):  # type: ignore[attr-defined]
        if model in LEFT_OUT:
            continue
        meta = model._meta
        columns = list(meta.columns)
        truths = [columns.index(name) for name, kind in meta.columns.items() if isinstance(kind, peewee.BooleanField)]
        key = columns.index(meta.primary_key.column_name)
        taken.rows[meta.table_name] = 0
        for rows in _pages(meta.table_name, columns, key):
            yield line({
                "table": meta.table_name, "columns": columns, "rows": [_portable(row, truths) for row in rows],
            })  # fmt: skip
            taken.rows[meta.table_name] += len(rows)


def _portable(row: tuple[Any, ...], truths: list[int]) -> list[Any]:
    """A row as either database takes it: SQLite has no truths and no moments."""
    values = [str(value) if isinstance(value, dt.date) else value for value in row]
    for place in truths:
        values[place] = None if values[place] is None else bool(values[place])
    return values


def _pages(name: str, columns: list[str], key: int) -> Iterator[list[tuple[Any, ...]]]:
    """A table's rows as they are stored, by their key."""
    table = peewee.Table(name).bind(db)
    fields = [peewee.Column(table, column) for column in columns]
    by = fields[key]
    query = table.select(*fields).order_by(by).limit(PAGE).tuples()
    rows = list(query)
    while rows:
        yield rows
        rows = list(query.where(by > rows[-1][key]))


def _every(model: Any, *conditions: Any) -> Iterator[Any]:
    last = 0
    while rows := list(model.select().where(model.id > last, *conditions).order_by(model.id).limit(PAGE)):
        yield from rows
        last = rows[-1].id
