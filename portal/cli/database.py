"""portal db: bring the database up to date, and see whether it is."""

from __future__ import annotations

import click
from playhouse.schema_diff import diff_models

from .. import db
from ..models import MODELS
from .environment import open_database, pending_migrations, read_settings


@click.group("db")
def database() -> None:
    """The database's tables."""


@database.command()
def upgrade() -> None:
    """Apply the migrations that are missing. A populated SQLite file is copied beside itself first."""
    with open_database(read_settings()):
        try:
            applied = db.upgrade()
        except RuntimeError as error:
            raise click.ClickException(str(error)) from None
    for name in applied:
        click.echo(f"applied {name}")
    if not applied:
        click.echo("The database is up to date.")


@database.command()
def check() -> None:
    """Say whether every migration is applied and the tables are what the code expects. Exit status 1 if not."""
    with open_database(read_settings()):
        pending = pending_migrations()
        difference = diff_models(db.db.obj, MODELS)
    for name in pending:
        click.echo(f"not applied: {name}")
    if difference:
        click.echo(f"to become what the code expects:\n{difference}")
    if pending or difference:
        raise click.ClickException("The database is not up to date: run portal db upgrade.")
    click.echo("The database is up to date.")
