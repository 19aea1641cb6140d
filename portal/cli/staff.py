"""portal staff: the first administrator, and help where nobody can sign in any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..models import StaffMember
from ..services.identity.limits import LimitReached
from ..services.keys.keyed_hash import use_key
from ..services.keys.ring import use_keys
from ..services.languages import LANGUAGES, format_moment
from ..services.reference.directory import find_organisation
from ..services.staff import members as people
from ..services.staff import second_factor, sign_in
from ..services.staff.passwords import PasswordRefused
from ..typed_text import clean_line
from .environment import open_database, read_settings

LOGIN = click.argument("login")
WHY = {
    people.LoginUnfit: "A login has 3 to 60 small Latin letters and digits, inside it also dots and hyphens.",
    people.LoginTaken: "Somebody has this login already.",
    people.MemberNotFound: "There is nobody with this login.",
    people.NotByThemselves: "Only another administrator may do this.",
}


@click.group()
def staff() -> None:
    """People who work here. A fresh installation has none: add the first administrator."""


@staff.command()
@LOGIN
@click.option("--name", required=True, help="Surname and name, as on papers.")
@click.option("--organisation", required=True, metavar="CODE", help="The code of their organisation.")
@click.option("--role", required=True, type=click.Choice(people.ROLES), help="What they may do.")
@click.option("--email", default="", help="Where letters about the account go.")
@click.option("--language", type=click.Choice(LANGUAGES), default="kk", show_default=True)
@click.option("--ask-password", is_flag=True, help="Type the first password instead of having one made.")
def add(login: str, name: str, organisation: str, role: str, email: str, language: str, ask_password: bool) -> None:
    """Add somebody; prints the password of their first sign-in, after which they choose an own one."""
    password = click.prompt("First password", hide_input=True, confirmation_prompt=True) if ask_password else ""
    with _ready():
        body = find_organisation(organisation)
        if body is None:
            raise click.ClickException(f"There is no organisation {organisation}: see portal import organisations.")
        try:
            member, password = people.add_member(
                login, clean_line(name), body, role, _now(), email=email, language=language, password=password
            )
        except PasswordRefused as refused:
            raise click.ClickException(f"This password will not do: {refused.__doc__}") from None
        until = format_moment(member.initial_until, "en")
    click.echo(f"{member.login} may sign in at /staff/ until {until}, once, with the password")
    click.echo(password)


@staff.command()
@LOGIN
def disable(login: str) -> None:
    """Close somebody's account: they are out at their next request."""
    with _ready():
        ended = people.disable_member(_get(login), _now())
    click.echo(f"{login} is disabled; {ended} sessions were ended.")


@staff.command()
@LOGIN
def enable(login: str) -> None:
    """Open an account again that was disabled, with the password and factors it had."""
    with _ready():
        people.enable_member(_get(login), _now())
    click.echo(f"{login} may sign in again.")


@staff.command("reset-factor")
@LOGIN
@click.option("--by", required=True, metavar="LOGIN", help="The administrator who does it; they prove themselves.")
def reset_factor(login: str, by: str) -> None:
    """Help somebody who lost their phone or key. Only another administrator can, with password and code.

    Their password, codes, keys and sessions are over; the password printed is for a first sign-in anew.
    Where the only administrator lost theirs, add a second one.
    """
    password = click.prompt(f"Password of {by}", hide_input=True)
    code = click.prompt(f"Code from the app of {by}", hide_input=True)
    with _ready():
        member = _get(login)
        try:
            admin = sign_in.prove_password(by, password, "command line", _now())
            if not admin.totp_secret:
                raise second_factor.FactorWrong
            second_factor.prove(admin, code.replace(" ", ""), _now())
        except (sign_in.SignInRefused, second_factor.FactorWrong):
            raise click.ClickException("Login, password or code is wrong. Nothing was changed.") from None
        initial = people.reset_factor(member, admin, _now())
    click.echo(f"{login} signs in as on the first day, once, with the password")
    click.echo(initial)


@contextmanager
def _ready() -> Iterator[None]:
    """The database and the keys; refusals as sentences."""
    settings = read_settings()
    use_key(settings.secret_key)
    use_keys(settings.keys)
    with open_database(settings):
        try:
            yield
        except people.StaffRefused as refused:
            raise click.ClickException(WHY.get(type(refused), str(refused))) from None
        except LimitReached as limit:
            raise click.ClickException(f"Too many tries: again in {limit.retry_after} seconds.") from None


def _get(login: str) -> StaffMember:
    member = people.find_member(login)
    if member is None:
        raise people.MemberNotFound(login)
    return member


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
