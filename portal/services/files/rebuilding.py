"""Is this file what it says, and whole? It is rebuilt from what a real parser understood of it; nothing else is kept.

What a file is called decides nothing: telephones and scanners name the same picture in many ways. Its content does, and
name and type of what is kept are of our making. The parsers run in a child process with little memory and time and an
empty environment (rebuild_program): what breaks there breaks nothing here.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ...typed_text import clean_line
from .limits import KINDS, LONGEST_SIDE, NARROWEST, START, FileKind

PROGRAM = (  # `-I` looks into no folder of ours, and the last place is where ours shadows nothing
    sys.executable, "-I", "-c",
    f"import sys; sys.path.append({str(Path(__file__).parent)!r}); from rebuild_program.main import main; main()",
)  # fmt: skip
FONT = Path(__file__).parents[2] / "papers/fonts/NotoSans-Regular.ttf"
WORK = 6  # seconds of one core for a child
SECONDS = 15  # for a child, by the clock
MEMORY = 768 * 1024 * 1024  # bytes of address space for a child
AT_ONCE, WAITING = 2, 2  # children; callers that wait for one: together no more than half of the server's threads
PATIENCE = 8.0  # seconds that a caller waits for its turn

_LONGEST_NAME = 100
_LONGEST_ENDING = 5
_free, _room = threading.BoundedSemaphore(AT_ONCE), threading.BoundedSemaphore(AT_ONCE + WAITING)
_APPLE_PHOTOS = tuple(b"heic heix heim heis hevc hevx hevm hevs heif mif1 mif2 msf1".split())
_AVIF = (b"avif", b"avis", b"avio")
_OFFICE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
_NEVER = {  # endings that no picture or PDF ever comes with: refused before the first byte
    **dict.fromkeys((".doc", ".docx", ".odt", ".xls", ".xlsx", ".ppt", ".pptx", ".zip", ".rar", ".7z"), "office"),
    **dict.fromkeys((".exe", ".apk", ".msi", ".bat", ".htm", ".html", ".svg", ".txt", ".mp3", ".mp4", ".mov"), "kind"),
}


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


def kind_of(name: str, start: bytes) -> FileKind:
    """What the first START bytes are; the name only chooses the words. Raises FileRefused."""
    if not start:
        raise FileRefused("empty")
    for kind in KINDS[1:]:
        if start.startswith(kind.starts):
            return kind
    if start[4:8] == b"ftyp":
        _refuse_phone_format(start)
    if start.startswith(_OFFICE):
        raise FileRefused("office")
    if KINDS[0].starts in start[:START]:
        return KINDS[0]
    ending = _ending(name)
    if any(ending in kind.extensions for kind in KINDS):
        raise FileRefused("disagree", ending=ending)
    raise FileRefused("kind")


def check_name(name: str) -> None:
    """Raises FileRefused where the name alone says that nothing of ours comes."""
    reason = _NEVER.get(_ending(name))
    if reason:
        raise FileRefused(reason)


def _refuse_phone_format(start: bytes) -> None:
    """By the brands that the first box names: the main one, then those that also fit."""
    box = start[: max(16, int.from_bytes(start[:4], "big"))]
    brands = [box[8:12], *(box[at : at + 4] for at in range(16, len(box) - 3, 4))]
    if any(brand in _AVIF for brand in brands):
        raise FileRefused("heic", format="AVIF")
    if any(brand in _APPLE_PHOTOS for brand in brands):
        raise FileRefused("heic", format="HEIC")


def _ending(name: str) -> str:
    """With its dot, in small letters; "" for none. A date's last number is none."""
    _stem, dot, ending = name.rpartition(".")
    plain = ending.isascii() and ending.isalnum() and not ending.isdigit() and len(ending) <= _LONGEST_ENDING
    return f".{ending.lower()}" if dot and plain else ""


def shown_name(name: str, kind: FileKind) -> str:
    """What the citizen called the file, fit to be shown: no path, no control or direction signs, the kind's ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    letters = clean_line(last)
    ending = _ending(letters)
    stem = letters[: len(letters) - len(ending)]
    stem = " ".join(stem.split())[:_LONGEST_NAME].strip(" .") or "file"
    return stem + (ending if ending in kind.extensions[:2] else kind.extensions[0])


def size_of(file: IO[bytes]) -> int:
    """Bytes; leaves the file at its beginning."""
    size = file.seek(0, 2)
    file.seek(0)
    return size


@contextlib.contextmanager
def a_place_in_line() -> Iterator[None]:
    """Look at no more than AT_ONCE files at one time. Raises TooBusy when too many wait already, or one waits long."""
    if not _room.acquire(blocking=False):
        raise TooBusy
    try:
        if not _free.acquire(timeout=PATIENCE):
            raise TooBusy
        try:
            yield
        finally:
            _free.release()
    finally:
        _room.release()


def rebuild(kind: FileKind, source: IO[bytes], target: IO[bytes]) -> Rebuilt:
    """Write into `target` what is understood of `source`; both are real files. Raises FileRefused."""
    limits = {
        "memory": MEMORY,
        "seconds": WORK,
        "longest_side": LONGEST_SIDE,
        "narrowest": NARROWEST,
        "font": str(FONT),
    }
    command = [*PROGRAM, json.dumps({**vars(kind), **limits, "starts": None})]
    source.seek(0)
    try:
        child = subprocess.run(  # noqa: S603 - our own program, and nothing of the file in its arguments
            command, stdin=source, stdout=target, stderr=subprocess.PIPE, timeout=SECONDS, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("slow") from None
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
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):  # the time was up
        return {"refused": "slow"}
    return {"refused": "too_complex" if child.returncode < 0 else "broken"}
