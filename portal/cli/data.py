"""portal demo, portal import: data brought into the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from ..services.demo.loading import NotInProduction, load_demo
from ..services.reference.kindergartens import import_kindergartens
from ..services.reference.organisations_json import import_organisations
from ..services.reference.rows import ImportRefused
from ..services.reference.tables import TABLES, on_record
from .environment import open_database, read_settings

T = TypeVar("T")

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))


@click.group()
def demo() -> None:
    """Invented data to try the portal with."""


@demo.command()
def load() -> None:
    """Load the demo data; what is there already is left as it is. Refused in production."""
    settings = read_settings()
    with open_database(settings):
        try:
            result = load_demo(settings, dt.datetime.now(dt.UTC))
        except NotInProduction as error:
            raise click.ClickException(str(error)) from None
    click.echo(
        f"Demo data added: {result.organisations} organisations, {result.groups} kindergarten groups, "
        f"{result.children} children in the queue, {result.staff} members of staff."
    )


@click.group("import")
def import_() -> None:
    """Bring in reference data. A file is taken whole or not at all. The columns: docs/reference-data.md."""


@import_.command()
@FILE
def kindergartens(file: Path) -> None:
    """Localities, kindergartens and the places of their groups, from a CSV file."""
    result = _take(import_kindergartens, "kindergartens", file)
    click.echo(
        f"{result.localities} localities, {result.kindergartens} kindergartens, {result.groups} groups: "
        f"{result.added} new, {result.changed} with another number of places."
    )


@import_.command()
@FILE
def organisations(file: Path) -> None:
    """Bodies, offices of the State Corporation and schools with their hours, from a JSON file."""
    click.echo(f"{_take(import_organisations, 'organisations', file)} organisations.")


def _take(importer: Callable[[bytes], T], table: str, file: Path) -> T:
    data, now = file.read_bytes(), dt.datetime.now(dt.UTC)
    with open_database(read_settings()):
        try:
            result, _ = on_record(lambda: TABLES[table].states(None), lambda: importer(data), None, now)
            return result
        except ImportRefused as refused:
            listed = "\n".join(f"  {problem}" for problem in refused.problems)
            raise click.ClickException(f"{file.name} was not taken; nothing was changed.\n{listed}") from None
