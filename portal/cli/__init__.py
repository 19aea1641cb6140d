"""The `portal` command."""

from __future__ import annotations

import os

import click

from ..services.procedures.table import ProcedureRefused, use_procedures
from .audit import verify_audit
from .backups import backup, restore
from .data import demo, import_
from .database import database
from .eds import eds, verify_signature
from .keys import keys
from .passports import passports
from .running import serve, worker
from .staff import staff


@click.group()
def main() -> None:
    """Qyzmet, a portal for the state services of Kazakhstan. See docs/settings.md for PORTAL_* variables."""
    os.umask(0o077)  # whatever is written (the database, files, copies, seals) is its owner's alone
    try:
        use_procedures()
    except ProcedureRefused as refused:
        raise click.ClickException(str(refused)) from None


for command in (
    serve,
    worker,
    database,
    passports,
    import_,
    demo,
    staff,
    keys,
    eds,
    verify_signature,
    verify_audit,
    backup,
    restore,
):
    main.add_command(command)
