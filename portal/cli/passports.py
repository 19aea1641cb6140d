"""`portal passports`: check passport files, show one, print their JSON Schema."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path

import click

from ..config import SettingsError, load_settings
from ..services.editions.published import EditionWatch
from ..services.languages import LANGUAGES
from ..services.local_time import local
from ..services.passports.catalogue import Catalogue, ServiceNotFound, check_file, passport_json_schema
from ..services.passports.hours import Hours
from ..services.passports.schema import Channel, Passport, Term
from .environment import open_database


@click.group()
def passports() -> None:
    """Passports of public services: the files that services are made of."""


@passports.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE]...")
def check(files: tuple[Path, ...]) -> None:
    """Check passport files; without FILE, all that the portal would serve.

    Prints a sentence for every fault and exits with 1.
    """
    if files:
        results = [check_file(path) for path in files]
        good = [passport for passport, faults in results if passport and not faults]
        problems = [problem for _, faults in results for problem in faults]
    else:
        catalogue = _catalogue()
        good, problems = catalogue.list_editions(), catalogue.problems
    for passport in good:
        click.echo(f"{passport.id}, edition {passport.edition}: fine")
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(1)


@passports.command()
@click.argument("id")
@click.option("--lang", type=click.Choice(LANGUAGES), default="kk", show_default=True, help="Language of the texts.")
@click.option("--edition", help="An edition by its date; without it, the one in force today.")
def show(id: str, lang: str, edition: str | None) -> None:
    """Show the passport ID in short, of a file or published by an administrator."""
    catalogue = _served()
    try:
        passport = catalogue.edition(id, edition) if edition else catalogue.get(id)
    except ServiceNotFound as error:
        known = ", ".join(f"{passport.id} {passport.edition}" for passport in catalogue.list_editions())
        raise click.ClickException(f"there is no service {error}; the passports are: {known}") from error
    for line in _summary(passport, lang):
        click.echo(line)


@passports.command()
def schema() -> None:
    """Print the JSON Schema of passport files, for editors."""
    click.echo(json.dumps(passport_json_schema(), ensure_ascii=False, indent=1))


def _catalogue() -> Catalogue:
    extra = os.environ.get("PORTAL_PASSPORTS_DIR")
    return Catalogue.load(extra_dir=Path(extra) if extra else None, today=local(dt.datetime.now(dt.UTC)).date())


def _served() -> Catalogue:
    """The files, and beside them what administrators have published; the files alone where no database is set up."""
    catalogue = _catalogue()
    try:
        settings = load_settings(os.environ)
    except SettingsError:
        return catalogue
    kind, _, path = settings.database_url.partition(":///")
    if kind != "sqlite" or Path(path).exists():  # to look is no reason to make a database
        with open_database(settings):
            EditionWatch(catalogue).look(dt.datetime.now(dt.UTC), at_once=True)
    return catalogue


def _summary(passport: Passport, lang: str) -> Iterator[str]:
    yield passport.title.in_(lang)
    until = f" to {passport.effective.to}" if passport.effective.to else ""
    yield f"id {passport.id}, edition {passport.edition}, in force from {passport.effective.from_}{until}"
    yield f"procedure {passport.procedure}"
    for label, text in (("provider", passport.provider), ("recipients", passport.recipients), ("fee", passport.fee)):
        yield f"{label}: {text.in_(lang)}"
    yield from (f"result: {text.in_(lang)}" for text in passport.result)
    terms = passport.terms
    yield f"term: {_term(terms.service)}, after hours: {terms.after_hours.replace('_', ' ')}"
    for channel in passport.channels:
        yield from _channel(channel, lang)
    yield from (f"refused when: {ground.text.in_(lang)}" for ground in passport.refusal_grounds)
    for route in passport.complaints:
        yield f"complaint: {route.name.in_(lang)}" + (f" ({_term(route.term)})" if route.term else "")
    for number, step in enumerate(passport.steps, 1):
        fields = ", ".join(f"{field.id} ({field.type})" for field in step.fields)
        yield f"step {number}: {step.title.in_(lang)}: {fields}"


def _channel(channel: Channel, lang: str) -> Iterator[str]:
    yield f"channel {channel.id}: {channel.name.in_(lang)}"
    yield f"  hours: {_hours(channel.hours)}"
    yield from (f"  or: {_hours(hours)}" for hours in channel.hours_alternatives)
    if channel.reception:
        yield f"  reception: {_hours(channel.reception)}"
    for document in channel.documents:
        required = "" if document.required == "always" else ", if available"
        yield f"  document: {document.title.in_(lang)} ({document.kind}{required})"


def _hours(hours: Hours | str) -> str:
    """Days of the same hours side by side: "mon-fri 09:00-18:30, lunch 13:00-14:30"."""
    if isinstance(hours, str):
        return hours
    runs: list[tuple[str, str, str]] = []
    for day, written in hours.days.items():
        if runs and runs[-1][2] == written:
            runs[-1] = (runs[-1][0], day, written)
        else:
            runs.append((day, day, written))
    parts = [f"{first}-{last} {written}" if first != last else f"{first} {written}" for first, last, written in runs]
    parts += [f"lunch {hours.lunch}"] if hours.lunch else []
    return ", ".join([*parts, f"holidays {hours.holidays}"])


def _term(term: Term) -> str:
    return f"{term.minutes} minutes" if term.minutes else f"{term.working_days} working days"
