"""Restoring a backup into nothing: read to its end first, and only then written, whole or not at all.

Files lie in the store before the rows that name them are there. What breaks off in between leaves no row, and files
that the next try finds again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import peewee

from ... import db as database
from ...db import db
from ...gateways.storage import Storage
from ..keys.ring import keyring
from ..records import audit
from .envelope import BackupUnfit, Envelope
from .names import Names
from .records import Record, read_records

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class NotEmpty(ValueError):
    """There is something already where the backup should go: what, as a sentence. Nothing was changed."""


@dataclass(frozen=True)
class Restored:
    """What was brought back. `audit_problems`: what is wrong with the audit log's chain, as when it was saved."""

    taken_at: dt.datetime
    rows: int
    files: int
    audit_problems: list[str]


def restore(file: IO[bytes], envelope: Envelope, storage: Storage, now: dt.datetime) -> Restored:
    """Bring back every row and file. Raises BackupUnfit, NotEmpty, StorageDown, peewee's errors; then nothing is."""

    def records() -> Iterator[Record]:
        return read_records(envelope.open(file))

    with Names() as names:
        head, end = _read_through(records(), names)
        _check_keys(end["keys"])
        _check_empty(storage, names)
        _make_tables(head["migrations"])
        written: list[str] = []
        try:
            with db.atomic():
                _check_no_rows()
                _write_all(records(), storage, written.append)
                _check_counts(end["rows"])
                problems = audit.verify()
                _restart_numbers(end["rows"])
        except BaseException:
            for name in written:
                storage.delete(name)
            raise
    database.upgrade(backup=False)
    taken_at = dt.datetime.fromisoformat(head["taken_at"])
    total = sum(end["rows"].values())
    audit.record("system", "restore", "database", now, taken_at=taken_at.isoformat(), rows=total, files=end["files"])
    return Restored(taken_at, total, end["files"], problems)


def _read_through(records: Iterator[Record], names: Names) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first and the last record of a backup that is whole; the names of its files."""
    head = last = next(records).said
    files, rows = 0, 0
    for record in records:
        last = record.said
        if "file" in last:
            names.add(last["file"])
            files += 1
        elif "table" in last:
            if not all(map(_NAME.fullmatch, (last["table"], *last["columns"]))):
                raise BackupUnfit("A table in it has no name that this portal gives.")
            rows += len(last["rows"])
    if last["files"] != files or sum(last["rows"].values()) != rows:
        raise BackupUnfit("It does not hold what it says it does.")
    known = {migration.name for migration in database.migrations()}
    if unknown := set(head["migrations"]) - known:
        raise BackupUnfit(f"A newer release of the portal made it: {', '.join(sorted(unknown))} is not known here.")
    return head, last


def _check_keys(probes: dict[str, str]) -> None:
    if wanting := keyring().unopened(probes):
        raise BackupUnfit(f"PORTAL_KEYS lacks what its files are sealed with: {', '.join(wanting)}.")


def _check_empty(storage: Storage, names: Names) -> None:
    if any(name not in names for name in storage.list()):
        raise NotEmpty("The store holds other files: restore into an empty folder or bucket.")
    _check_no_rows()


def _check_no_rows() -> None:
    for name in db.get_tables():
        if name != database.HISTORY and peewee.Table(name).bind(db).select(peewee.SQL("1")).limit(1).tuples().first():
            raise NotEmpty(f"The database holds rows already ({name}): restore into an empty one.")


def _make_tables(wanted: list[str]) -> None:
    """The tables as they were when the backup was taken; what came since is added when the rows are in."""
    applied = {migration.name for migration in database.migrations() if migration.applied}
    if newer := applied - set(wanted):
        raise NotEmpty(
            f"The database's tables are newer than the backup ({', '.join(sorted(newer))}): give an empty one."
        )
    database.upgrade(backup=False, to=max(wanted))


def _write_all(records: Iterator[Record], storage: Storage, note: Callable[[str], None]) -> None:
    for record in records:
        said = record.said
        if "file" in said:
            storage.put(said["file"], record.content)
            note(said["file"])
        elif "table" in said and said["rows"]:
            table = peewee.Table(said["table"]).bind(db)
            columns = [peewee.Column(table, name) for name in said["columns"]]
            sql, _ = table.insert([said["rows"][0]], columns).sql()
            with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
                db.cursor().executemany(sql, said["rows"])


def _check_counts(rows: dict[str, int]) -> None:
    for name, count in rows.items():
        found = peewee.Table(name).bind(db).select(peewee.fn.count(peewee.SQL("1"))).tuples().first()[0]
        if found != count:
            raise BackupUnfit(f"Its table {name} has {found} rows instead of {count}.")


def _restart_numbers(rows: dict[str, int]) -> None:
    """PostgreSQL goes on numbering behind the last row; SQLite does so by itself."""
    if not isinstance(db.obj, peewee.PostgresqlDatabase):
        return
    for name in rows:
        if "id" in {column.name for column in db.get_columns(name)}:
            table = peewee.Table(name).bind(db)
            sequence = peewee.fn.pg_get_serial_sequence(f'"{name}"', "id")
            last = peewee.fn.max(peewee.Column(table, "id"))
            list(table.select(peewee.fn.setval(sequence, peewee.fn.coalesce(last, 1), last.is_null(False))).tuples())
