"""The database: one proxy, one connection a thread, fair write transactions, migrations.

SQLite is the embedded default; PostgreSQL serves several nodes. Code above this module does not know which.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peewee
from playhouse.db_url import parse
from playhouse.migrations import Migration, Runner

from .waiting import WriteQueue, patient, postgresql_connection

db = peewee.DatabaseProxy()

ON_THE_LINE = {
    "connect_timeout": 2,  # seconds: the least that PostgreSQL's library knows; then the page says that it is away
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
}
# What a page no longer waits for ends on the server, too. Workers and commands have this much time.
ON_THE_SERVER = (
    "-c timezone=UTC -c statement_timeout=60s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
)
MIGRATION = 24 * 3600.0  # seconds: one of a million rows takes its time
MOST_ROWS = 2**63 - 1  # no table counts further
KEPT_COPIES = 3  # of an SQLite file, made before migrations
MIGRATIONS = Path(__file__).parent / "migrations"
HISTORY = "schema_migration"  # playhouse's table of what was applied
PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 500, "cache_size": -16000}


class FairSqliteDatabase(peewee.SqliteDatabase):
    """SQLite whose writers queue at a file lock.

    SQLite itself polls for its lock, so that near saturation one writer may starve for seconds; the kernel's queue is
    fair. Only the outermost transaction takes the lock, and every transaction is IMMEDIATE: a deferred one that reads
    and then writes fails at once when somebody else wrote in between. The wait has an end: see waiting.py.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path, pragmas=PRAGMAS, lock_type="IMMEDIATE", autoconnect=False)
        self._writers = WriteQueue(path + ".lock")
        self._held = threading.local()

    def begin(self, lock_type: str | None = None) -> None:
        self._writers.enter()
        try:
            super().begin(lock_type)
        except BaseException as error:
            self._writers.note(stuck=isinstance(error, peewee.OperationalError))
            self._writers.leave()
            raise
        self._writers.note(stuck=False)
        self._held.yes = True

    def _release(self) -> None:
        if getattr(self._held, "yes", False):
            self._held.yes = False
            self._writers.leave()

    def commit(self) -> Any:
        try:
            return super().commit()
        finally:
            self._release()

    def rollback(self) -> Any:
        try:
            return super().rollback()
        finally:
            self._release()


class PatientPostgresqlDatabase(peewee.PostgresqlDatabase):
    """PostgreSQL that is waited for no longer than the thread has patience, also where it has frozen."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, prefer_psycopg3=True, **options)

    def _connect(self) -> Any:
        connection = postgresql_connection().connect(dbname=self.database, **self.connect_params)
        connection.autocommit = True
        return connection


def make_database(url: str) -> peewee.Database:
    """A database from an URL: `sqlite:////path/to/file` or `postgresql://user:password@host:port/name`.

    An SQLite file and its folder, where they are made here, are their owner's alone.
    """
    if url.startswith("sqlite:///"):
        path = url.removeprefix("sqlite:///")
        _keep_private(Path(path).resolve())
        return FairSqliteDatabase(path)
    if url.startswith(("postgres://", "postgresql://")):
        options = {**ON_THE_LINE, **parse(url)}
        # Times are stored as UTC without a zone (see UTCField), so the server's own zone must never come into play.
        return PatientPostgresqlDatabase(autoconnect=False, options=ON_THE_SERVER, **options)
    raise ValueError(f"PORTAL_DATABASE_URL {url.split(':')[0]}: use sqlite:////path/to/file or postgresql://…")


def _keep_private(file: Path) -> None:
    """SQLite gives the files that it makes beside this one (-wal, -shm) the same rights.

    A file that is there is not opened: closing it again would drop the locks that this process holds on it, and
    whoever closes it next elsewhere would delete the log under an open connection.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # connecting tells what is wrong, or the file is another user's
        if not file.exists():
            os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        for part in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm", ".lock"))):
            if part.exists():
                part.chmod(0o600)


def connect() -> None:
    """Open this thread's connection, or go on with the one it has."""
    db.connect(reuse_if_open=True)


def close_if_broken() -> None:
    """Drop a connection that the server closed or that was left in a transaction, so that the next one is served."""
    if db.is_closed():
        return
    if db.in_transaction():
        connection = db.connection()
        with contextlib.suppress(peewee.PeeweeException):
            db.rollback()  # frees SQLite's file lock, too
        db.dispose()  # close() refuses while peewee believes in a transaction
        with contextlib.suppress(Exception):
            connection.close()
    elif isinstance(db.obj, peewee.PostgresqlDatabase) and not db.is_connection_usable():
        db.close()


class UTCField(peewee.DateTimeField):
    """A moment. Aware in Python, stored as UTC without a zone; a naive value is refused."""

    def db_value(self, value: dt.datetime | None) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{self.name}: a moment needs a time zone")
        return super().db_value(value.astimezone(dt.UTC).replace(tzinfo=None))

    def python_value(self, value: Any) -> dt.datetime | None:
        if isinstance(value, str):  # SQLite has no type for moments
            value = dt.datetime.fromisoformat(value)
        return None if value is None else value.replace(tzinfo=dt.UTC)


_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class JSONField(peewee.TextField):
    """A JSON value in a text column: the same on both databases, letters kept readable."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else _write_json(value)

    def python_value(self, value: str | None) -> Any:
        return None if value is None else json.loads(value)


class BaseModel(peewee.Model):
    if TYPE_CHECKING:
        id: Any  # peewee adds it, and `<foreign key>_id`, and the names that a SELECT gives

        def __getattr__(self, name: str) -> Any: ...

    class Meta:
        database = db
        legacy_table_names = False


@contextlib.contextmanager
def _migration_lock() -> Iterator[None]:
    """One migration at a time: an advisory lock on PostgreSQL, a file lock beside an SQLite file."""
    if isinstance(db.obj, peewee.PostgresqlDatabase):
        db.execute_sql("SET statement_timeout = 0")
        db.execute_sql("SET lock_timeout = 0")
        db.execute_sql("SELECT pg_advisory_lock(7159621)")
        try:
            yield
        finally:
            db.execute_sql("SELECT pg_advisory_unlock(7159621)")
            db.execute_sql("RESET statement_timeout")
            db.execute_sql("RESET lock_timeout")
    else:
        with open(f"{db.obj.database}.migrate", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextlib.contextmanager
def snapshot() -> Iterator[None]:
    """All tables as of one moment, to be read while others write. Nothing can be written meanwhile by this thread."""
    if isinstance(db.obj, peewee.PostgresqlDatabase):
        db.execute_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    else:
        db.execute_sql("BEGIN DEFERRED")  # not begin(): that is for writers, who stand in one queue
    try:
        # SQLite's snapshot begins with the first read. An exclusive lock would hide nothing: WAL readers see the past.
        db.execute_sql("SELECT count(*) FROM schema_migration").fetchone()
        yield
    finally:
        db.execute_sql("ROLLBACK")


def migrations() -> list[Migration]:
    """The migrations of this code and of this database in their order; `applied` is None where one is missing."""
    return Runner(db.obj, str(MIGRATIONS), HISTORY).status()


def upgrade(backup: bool = True, to: str | None = None) -> list[str]:
    """Apply the migrations that are missing, at most to the one named; the names of those applied.

    A populated SQLite file is copied beside itself first. Row counts may not fall and no foreign key may dangle:
    rebuilding a parent table with ON DELETE CASCADE in force silently empties its children, so keys are not enforced
    while a migration runs and are checked afterwards. Raises RuntimeError when a check fails.
    """
    sqlite = not isinstance(db.obj, peewee.PostgresqlDatabase)
    runner = Runner(db.obj, str(MIGRATIONS), HISTORY)
    with patient(MIGRATION), _migration_lock():
        pending = [found.name for found in runner.status() if not found.applied and (to is None or found.name <= to)]
        if not pending:
            return []
        before = _row_counts()
        if sqlite:
            if backup and any(before.values()):
                _copy_before(pending[0])
            db.execute_sql("PRAGMA foreign_keys = 0")
        try:
            runner.up(to)
        finally:
            if sqlite:
                db.execute_sql("PRAGMA foreign_keys = 1")
        lost = {name: count for name, count in before.items() if _row_counts().get(name, count) < count}
        if lost:
            raise RuntimeError(f"the migration lost rows of {', '.join(sorted(lost))}: restore the backup")
        if sqlite and db.execute_sql("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError("the migration left foreign keys that point nowhere: restore the backup")
        return pending


def _copy_before(migration: str) -> None:
    """A whole copy, also while others write, for the file's owner alone. The oldest go: people's data is in them."""
    file = Path(db.obj.database)
    partly = file.with_name(f"{file.name}.copying")
    partly.unlink(missing_ok=True)
    os.close(os.open(partly, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with contextlib.closing(sqlite3.connect(partly)) as copy:
        db.connection().backup(copy)
    partly.rename(file.with_name(f"{file.name}.before-{migration}"))
    copies = sorted(file.parent.glob(f"{file.name}.before-*"), key=lambda copy: copy.stat().st_mtime_ns)
    for old in copies[:-KEPT_COPIES]:
        old.unlink()


def _row_counts() -> dict[str, int]:
    return {
        name: db.execute_sql(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names from the catalogue
        for name in db.get_tables()
    }


def lock(name: str) -> None:
    """Hold a named lock until the transaction ends. SQLite's write transactions stand in one queue anyway."""
    if isinstance(db.obj, peewee.PostgresqlDatabase):
        db.execute_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))
