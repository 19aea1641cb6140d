"""portal verify-audit: is the audit log whole?"""

from __future__ import annotations

import click

from ..services.records import audit
from .environment import open_database, read_settings


@click.command("verify-audit")
@click.option("--known-hash", metavar="HASH", help="The hash of an entry noted elsewhere, which has to be there still.")
def verify_audit(known_hash: str | None) -> None:
    """Check that no entry of the audit log was changed or deleted. Exit status 1 if one was."""
    with open_database(read_settings()):
        problems = audit.verify(known_hash)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.ClickException("The audit log is not whole.")
    click.echo("The audit log is whole.")
