"""Demo only: the invented authority of a data folder, and signing in anybody's name with keys made on the spot."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import json
import os
import secrets
from pathlib import Path

from ..eds.certificates import read_certificate
from ..eds.chain import Anchors
from ..eds.checking import Revocation
from ..signatures.verifying import Verifier, closed
from .eds_authority import Authority, Holder
from .eds_der import COMMON_NAME
from .eds_keys import GostSigningKey, RsaSigningKey, SigningKey
from .eds_signer import sign

NAME = "DEMO authority, trusted by nobody"
_VALID = dt.timedelta(days=1)


def find_authority(folder: Path, now: dt.datetime) -> Authority:
    """The authority of this folder, made if it is not there."""
    file = folder / "demo-eds.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _place(file, Authority.make(GostSigningKey.make(512), now, NAME).holder)
    kept = json.loads(file.read_text())
    key = GostSigningKey(GostSigningKey.make(512).kind, int(kept["secret"], 16))
    return Authority(Holder(base64.b64decode(kept["certificate"]), key), [(COMMON_NAME, NAME)])


def _place(file: Path, holder: Holder) -> None:
    """Of several processes one is first, and its authority is the one that counts."""
    key = holder.key
    assert isinstance(key, GostSigningKey)  # noqa: S101
    half = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    half.touch(0o600)
    half.write_text(
        json.dumps({"secret": f"{key.secret:x}", "certificate": base64.b64encode(holder.certificate).decode()})
    )
    try:
        with contextlib.suppress(FileExistsError):
            os.link(half, file)
    finally:
        half.unlink()


def demo_verifier(folder: Path, revocation: Revocation, now: dt.datetime) -> Verifier:
    """Takes the signatures of the folder's authority."""
    certificate = read_certificate(find_authority(folder, now).holder.certificate)
    return closed(Anchors((certificate,)), "off" if revocation == "if_answered" else revocation)


def sign_as(folder: Path, iin: str, name: str, content: bytes, now: dt.datetime, way: str = "gost") -> bytes:
    """A signature in somebody's name: `gost`, `rsa`, or `sign_in` with a key that is not for signing."""
    authority = find_authority(folder, now)
    key: SigningKey = RsaSigningKey.make() if way == "rsa" else GostSigningKey.make(512)
    since = now - dt.timedelta(hours=1)
    if way == "sign_in":
        return sign(authority.sign_in_key(key, since, iin), content, now)
    return sign(authority.issue(key, since, iin, person=name, valid=_VALID), content, now)
