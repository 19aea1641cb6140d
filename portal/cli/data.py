"""portal demo, portal import: data brought into the database."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from babel.support import Translations

from ..services.demo.loading import NotInProduction, load_demo
from ..services.languages import LANGUAGES
from ..services.passports.faults import N_, in_words
from ..services.reference.kindergartens import import_kindergartens
from ..services.reference.organisations_json import import_organisations
from ..services.reference.rows import ImportRefused, Problem
from ..services.reference.tables import TABLES, on_record
from ..web.catalogues import TRANSLATIONS
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
            listed = "\n".join(f"  {_said(problem, file)}" for problem in refused.problems)
            raise click.ClickException(f"{file.name} was not taken; nothing was changed.\n{listed}") from None


def _said(problem: Problem, file: Path) -> str:
    """Where it stands and what is wrong, in the language of the console (LC_ALL, LC_MESSAGES, LANG)."""
    named = (os.environ.get(name, "")[:2] for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    words = Translations.load(str(TRANSLATIONS), [next((code for code in named if code in LANGUAGES), "en")])
    said = problem._replace(what=in_words(problem.what, words.gettext))
    if said.row and file.suffix.lower() == ".json":
        where = in_words(N_("line %(line)s", line=said.row), words.gettext)
        return ": ".join(part for part in (where, said.column, str(said.what)) if part)
    return str(said)
