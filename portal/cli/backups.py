"""portal backup, portal restore: everything in one sealed file, and back."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

from .. import db
from ..config import Settings
from ..gateways import make_storage
from ..gateways.storage import StorageDown
from ..services.backups import restoring, taking
from ..services.backups.envelope import BackupUnfit, PassphraseTooShort, new_envelope, read_envelope
from ..services.keys.ring import use_keys
from ..services.records import audit
from .environment import open_database, pending_migrations, read_settings

_FILE = click.Path(dir_okay=False, path_type=Path)
_passphrase = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file whose first line is the passphrase. Without it the current key of PORTAL_KEYS is used.",
)


@click.command()
@click.argument("file", type=_FILE)
@_passphrase
def backup(file: Path, passphrase_file: Path | None) -> None:
    """Save every row and every stored file into FILE, sealed, while the portal works.

    FILE must not be there yet; it appears whole or not at all. The files in it stay sealed by PORTAL_KEYS as they are
    in the store: keep those keys elsewhere, with a passphrase too. Exit status 1 where the store lacks a file.
    """
    settings, now = _prepare(), dt.datetime.now(dt.UTC)
    if file.exists():
        raise click.ClickException(f"{file} is there already: name a new file for each backup.")
    taken = taking.Taken()
    with open_database(settings), _said_plainly():
        if pending_migrations():
            raise click.ClickException("The database is not up to date: run portal db upgrade.")
        envelope = new_envelope(_read(passphrase_file))
        applied = [found.name for found in db.migrations() if found.applied]
        with _new_file(file) as target:
            target.writelines(envelope.close(taking.content(make_storage(settings), now, applied, taken)))
        rows = sum(taken.rows.values())
        audit.record("system", "backup", "database", now, rows=rows, files=taken.files, missing=len(taken.missing))
    click.echo(f"{rows} rows and {taken.files} files are saved in {file} ({file.stat().st_size / 1e6:.1f} MB).")
    if taken.missing:
        names = ", ".join(sorted(taken.missing)[:10])
        raise click.ClickException(f"The store lacks {len(taken.missing)} files that rows name: {names}")


@click.command()
@click.argument("file", type=_FILE)
@_passphrase
def restore(file: Path, passphrase_file: Path | None) -> None:
    """Bring everything in FILE back, into an empty database and an empty store; never over something that is there.

    It need not be the kind of database or of store that it was saved from. FILE is read to its end before anything is
    written. Everybody has to sign in again.
    """
    settings, now = _prepare(), dt.datetime.now(dt.UTC)
    with _said_plainly(), file.open("rb") as source:
        envelope = read_envelope(source, _read(passphrase_file))
        with open_database(settings):
            done = restoring.restore(source, envelope, make_storage(settings), now)
    click.echo(f"{done.rows} rows and {done.files} files are back, as of {done.taken_at:%Y-%m-%d %H:%M} UTC.")
    for problem in done.audit_problems:
        click.echo(problem)
    if done.audit_problems:
        raise click.ClickException("The audit log was not whole when it was saved.")
    click.echo("The audit log is whole.")


def _prepare() -> Settings:
    settings = read_settings()
    use_keys(settings.keys)
    return settings


def _read(passphrase_file: Path | None) -> str:
    if passphrase_file is None:
        return ""
    lines = passphrase_file.read_text("utf-8").splitlines()
    if not lines or not lines[0].strip():
        raise click.ClickException(f"{passphrase_file} holds no passphrase in its first line.")
    return lines[0].strip()


@contextlib.contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except (BackupUnfit, restoring.NotEmpty, PassphraseTooShort) as error:
        raise click.ClickException(str(error)) from None
    except StorageDown as error:
        raise click.ClickException(f"The store does not answer: {error}") from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'The file'}: {error.strerror}") from None


@contextlib.contextmanager
def _new_file(file: Path) -> Iterator[IO[bytes]]:
    """A file that bears its name once it is whole and on the disk; only its owner may read it."""
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)  # of a run that was killed
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as target:
            yield target
            target.flush()
            os.fsync(descriptor)
        os.link(part, file)  # unlike renaming, never over a file that came meanwhile
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
