"""portal keys: the keys that protect what is kept."""

from __future__ import annotations

import base64
import datetime as dt
import os

import click

from ..services.keys import vault
from ..services.keys.ring import KeyMissing, SealBroken, keyring, use_keys
from ..services.staff import second_factor
from .environment import open_database, read_settings


@click.group()
def keys() -> None:
    """The keys in PORTAL_KEYS. See docs/uploads.md."""


@keys.command()
@click.argument("id", default=lambda: f"{dt.datetime.now(dt.UTC):%Y-%m}")
def new(id: str) -> None:
    """Write a new entry for PORTAL_KEYS: put it first, keep the old ones behind it, then run portal keys rotate."""
    click.echo(f"{id}:{base64.b64encode(os.urandom(32)).decode()}")


@keys.command()
def rotate() -> None:
    """Wrap every data key with the current key, the first of PORTAL_KEYS. The portal may go on working meanwhile."""
    settings = read_settings()
    use_keys(settings.keys)
    with open_database(settings):
        try:
            count = vault.rewrap(dt.datetime.now(dt.UTC))
            secrets = second_factor.reseal()
        except (KeyMissing, SealBroken) as error:
            raise click.ClickException(f"{error}: add that key behind the current one.") from None
    click.echo(f"{count} data keys and {secrets} secrets of staff are now under the key {keyring().current}.")
    click.echo("Keys behind the first may be taken out of PORTAL_KEYS once no node works with the old order.")
