"""`portal eds`: check signature files, print what was signed."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path

import click

from ..config import load_eds_settings
from ..gateways.ocsp import OcspClient
from ..models import Case
from ..services.eds.chain import Anchors, AnchorsWrong, load_anchors
from ..services.eds.checking import Checked
from ..services.eds.files import check_file
from ..services.eds.problems import SignatureRefused
from ..services.local_time import ZONE
from ..services.signatures.authorities import Authorities
from ..services.signatures.proving import check_case
from .environment import open_database, read_settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def eds() -> None:
    """Electronic digital signatures, RSA and KZ GOST 34.10-2015."""


class Moment(click.ParamType[dt.datetime]):
    """A moment in ISO 8601; without an offset, on the clock of Kazakhstan."""

    name = "moment"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        try:
            found = dt.datetime.fromisoformat(value)
            return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=ZONE).astimezone(dt.UTC)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no moment: 2026-11-25T12:00, 2026-11-25T12:00:00+05:00", param, ctx)


@eds.command()
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@click.option("--content", type=_FILE, help="What was signed, where it is not inside of the signature.")
@click.option("--anchors", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="A folder of trusted authorities, DER or PEM. Without it: PORTAL_EDS_ANCHORS.")  # fmt: skip
@click.option("--at", type=Moment(), metavar="MOMENT", help="Judge as of this moment. Without it: now.")
@click.option("--revocation", type=click.Choice(["off", "require"]),
              help="Must the authority say that it was not revoked? Without it: PORTAL_EDS_REVOCATION.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="An object a line: file, valid, algorithm, iin, bin, reason.")
def check(
    files: tuple[Path, ...],
    content: Path | None,
    anchors: Path | None,
    at: dt.datetime | None,
    revocation: str | None,
    as_json: bool,
) -> None:
    """Check signatures (CMS, PKCS #7): DER, BER, PEM, base64 or S/MIME, attached or detached.

    A line for each FILE: `valid` with algorithm, IIN and BIN of the signer, or `refused` with the reason. Exit status 0
    where all are valid, 1 where one is not, 2 where the question is wrong.
    """
    judge = _judge(anchors, content, at or dt.datetime.now(dt.UTC), revocation)
    all_valid = True
    for file in files:
        try:
            found, reason = judge(file.read_bytes()), None
        except SignatureRefused as refused:
            found, reason = None, str(refused)
        except OSError as error:
            found, reason = None, f"it cannot be read: {error.strerror}"
        all_valid &= found is not None
        click.echo(_as_json(file, found, reason) if as_json else _as_line(file, found, reason))
    raise SystemExit(0 if all_valid else 1)


@eds.command()
@click.argument("number", metavar="CASE")
def manifest(number: str) -> None:
    """Print what was signed with an EDS in the case CASE, byte for byte."""
    with open_database(read_settings()):
        proofs = check_case(_case(number))
    signed = [proof.manifest for proof in proofs if proof.manifest]
    if not signed:
        raise click.ClickException(f"nothing in {number} was signed with an EDS")
    for text in signed:
        click.echo(text)


@click.command("verify-signature")
@click.argument("number", metavar="CASE")
@click.option("--anchors", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="A folder of authorities that alone count. Without it: the one of that day.")  # fmt: skip
def verify_signature(number: str, anchors: Path | None) -> None:
    """Check the signatures of the case CASE again, as of the day they were given, without any network.

    A line for each; exit status 1 where one does not hold.
    """
    trusted = _anchors(anchors).certificates if anchors is not None else None
    with open_database(read_settings()):
        proofs = check_case(_case(number), trusted)
    for proof in proofs:
        click.echo(f"{'valid' if proof.holds else 'refused'}: {proof.words}")
    if not proofs:
        raise click.ClickException(f"nothing in {number} was signed")
    if not all(proof.holds for proof in proofs):
        raise SystemExit(1)


def _case(number: str) -> Case:
    case = Case.get_or_none(Case.number == number)
    if case is None:
        raise click.ClickException(f"there is no case {number}")
    return case


def _judge(
    folder: Path | None, content: Path | None, moment: dt.datetime, asked: str | None
) -> Callable[[bytes], Checked]:
    wrong: list[str] = []
    settings = load_eds_settings(os.environ, wrong)
    revocation = next((each for each in ("require", "if_answered", "off") if each == asked), settings.revocation)
    if wrong:
        raise click.UsageError(wrong[0])
    folder = folder or settings.anchors
    if folder is None:
        raise click.UsageError("say whom to trust: --anchors DIR, or PORTAL_EDS_ANCHORS")
    anchors = _anchors(folder)
    text = content.read_bytes() if content is not None else None
    authorities = Authorities(OcspClient(settings.hosts))
    return lambda data: check_file(data, text, anchors, moment, revocation, authorities)


def _anchors(folder: Path) -> Anchors:
    try:
        return load_anchors(folder)
    except AnchorsWrong as wrong:
        raise click.UsageError(str(wrong)) from None


def _as_line(file: Path, found: Checked | None, reason: str | None) -> str:
    if found is None:
        return f"{file}: refused: {reason}"
    who = [f"IIN {found.iin}" if found.iin else "no IIN", f"BIN {found.bin}" if found.bin else ""]
    return ", ".join(filter(None, [f"{file}: valid: {found.algorithm}", *who]))


def _as_json(file: Path, found: Checked | None, reason: str | None) -> str:
    said = {
        "file": str(file),
        "valid": found is not None,
        "algorithm": found.algorithm if found else None,
        "iin": found.iin if found else None,
        "bin": found.bin if found else None,
        "reason": reason,
    }
    return json.dumps(said, ensure_ascii=False)
