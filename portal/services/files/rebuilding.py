"""Is this file what it says, and whole? It is rebuilt from what a real parser understood of it; nothing else is kept.

Name, first bytes and parser have to agree. The parsers run in a child process with little memory and time and an empty
environment (rebuild_file.py): what breaks there breaks nothing here.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ...typed_text import clean_line
from .limits import KINDS, LONGEST_SIDE, Kind

PROGRAM = Path(__file__).with_name("rebuild_program.py")
SECONDS = 30  # for a child, by the clock
MEMORY = 768 * 1024 * 1024  # bytes of address space for a child
AT_ONCE, WAITING = 2, 4  # children; callers that wait for one, more are turned away

_LONGEST_NAME = 100
_free, _room = threading.BoundedSemaphore(AT_ONCE), threading.BoundedSemaphore(AT_ONCE + WAITING)


class FileRefused(ValueError):
    """The file is not taken. `reason` says why (portal/forms/uploads.py has the words), `values` what belongs to it."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


class TooBusy(Exception):
    """So many files are being looked at that this one has to come again in a moment."""


@dataclass(frozen=True)
class Rebuilt:
    """What is kept instead of the file that came: bytes, pages, SHA-256 in hexadecimal."""

    size: int
    pages: int
    sha256: str


def kind_of(name: str, start: bytes) -> Kind:
    """The kind that the name and the first bytes agree on. Raises FileRefused."""
    ending = Path(name.lower()).suffix
    said = next((kind for kind in KINDS if ending in kind.extensions), None)
    found = next((kind for kind in KINDS if start.startswith(kind.starts)), None)
    if not start:
        raise FileRefused("empty")
    if start[4:8] == b"ftyp" and start[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis", b"avif"):
        raise FileRefused("heic")
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise FileRefused("office")
    if said is None:
        raise FileRefused("kind")
    if found is not said:
        raise FileRefused("disagree", ending=ending)
    return said


def shown_name(name: str, kind: Kind) -> str:
    """What the citizen called the file, fit to be shown: no path, no control or direction signs, the kind's ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    letters = clean_line(last)
    stem, dot, ending = letters.rpartition(".")
    stem = " ".join((stem if dot else letters).split())[:_LONGEST_NAME].strip(" .") or "file"
    return stem + (f".{ending.lower()}" if f".{ending.lower()}" in kind.extensions else kind.extensions[0])


def size_of(file: IO[bytes]) -> int:
    """Bytes; leaves the file at its beginning."""
    size = file.seek(0, 2)
    file.seek(0)
    return size


@contextlib.contextmanager
def a_place_in_line() -> Iterator[None]:
    """Look at no more than AT_ONCE files at one time. Raises TooBusy when too many wait already."""
    if not _room.acquire(blocking=False):
        raise TooBusy
    try:
        with _free:
            yield
    finally:
        _room.release()


def rebuild(kind: Kind, source: IO[bytes], target: IO[bytes]) -> Rebuilt:
    """Write into `target` what is understood of `source`; both are real files. Raises FileRefused."""
    limits = {"memory": MEMORY, "seconds": SECONDS // 2, "longest_side": LONGEST_SIDE, **vars(kind), "starts": None}
    command = [sys.executable, "-I", str(PROGRAM), json.dumps(limits)]
    source.seek(0)
    try:
        child = subprocess.run(  # noqa: S603 - our own program, and nothing of the file in its arguments
            command, stdin=source, stdout=target, stderr=subprocess.PIPE, timeout=SECONDS, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("too_complex") from None
    verdict = _verdict(child)
    if "refused" in verdict:
        raise FileRefused(verdict.pop("refused"), **verdict)
    size = size_of(target)
    digest = hashlib.sha256()
    for piece in pieces_of(target):
        digest.update(piece)
    return Rebuilt(size, verdict["pages"], digest.hexdigest())


def pieces_of(file: IO[bytes], size: int = 64 * 1024) -> Iterator[bytes]:
    """The file from its beginning, piece by piece."""
    file.seek(0)
    while piece := file.read(size):
        yield piece


def _verdict(child: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """The last line that the child wrote; a child that died of its limits has met a bomb or a broken file."""
    if child.returncode == 0:
        with contextlib.suppress(ValueError, IndexError):
            verdict = json.loads(child.stderr.splitlines()[-1])
            if isinstance(verdict, dict) and ("pages" in verdict or "refused" in verdict):
                return verdict
    return {"refused": "too_complex" if child.returncode < 0 else "broken"}
