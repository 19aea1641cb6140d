"""What commands stand on: the settings and the database, each failing with a sentence instead of a traceback."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import click
import peewee

from .. import db
from ..config import Settings, SettingsError, load_settings


def read_settings() -> Settings:
    """The settings from the environment. Raises ClickException."""
    try:
        settings = load_settings(os.environ)
    except SettingsError as error:
        hint = "" if os.environ.get("PORTAL_ENV") else "\nTo try the portal out, set PORTAL_ENV=demo."
        raise click.ClickException(f"{error}{hint}") from None
    _keep_private(settings)
    return settings


def _keep_private(settings: Settings) -> None:
    """In production nobody else of the machine looks into the folder with people's files."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not settings.demo:
        with contextlib.suppress(PermissionError):  # another user's, who has decided
            settings.data_dir.chmod(0o700)


@contextlib.contextmanager
def open_database(settings: Settings) -> Iterator[None]:
    """The database of the settings, connected. Raises ClickException where it cannot be used."""
    try:
        db.db.initialize(db.make_database(settings.database_url))
        db.connect()
    except (ValueError, OSError, peewee.PeeweeException) as error:
        raise click.ClickException(f"The database cannot be opened: {error}") from None
    try:
        yield
    except peewee.DatabaseError as error:
        raise click.ClickException(f"The database refuses: {error}\nIs it up to date? See: portal db check") from None
    finally:
        db.db.close()


def pending_migrations() -> list[str]:
    """The migrations that this database still lacks, in their order."""
    return [found.name for found in db.migrations() if not found.applied]
