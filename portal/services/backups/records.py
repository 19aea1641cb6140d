"""The inside of a backup: a line of JSON a record, and behind the line of a file its bytes. Pure.

    {"backup": 1, "taken_at": …, "migrations": […]}
    {"file": name, "size": bytes}, then that many bytes           … as stored: sealed
    {"table": name, "columns": […], "rows": [[…], …]}             … a table behind those that it refers to
    {"end": true, "rows": …, "files": …, "keys": {id: a word sealed by that key}}

Values are JSON's own; a moment or a day is a text as SQL writes it, in UTC. So either database takes them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .envelope import BackupUnfit

FORMAT = 1
LONGEST_LINE = 256 * 1024 * 1024  # bytes
LARGEST_FILE = 1024 * 1024 * 1024  # bytes

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Record:
    """One record; `content` is a file's bytes."""

    said: dict[str, Any]
    content: bytes = b""


def line(said: dict[str, Any]) -> bytes:
    """The record's line."""
    return _write(said).encode() + b"\n"


def read_records(content: Iterator[bytes]) -> Iterator[Record]:
    """All records to the last; raises BackupUnfit where they do not begin and end as they must."""
    stream = io.BufferedReader(_Stream(content), 1024 * 1024)
    first = _next(stream)
    if first.said.get("backup") != FORMAT:
        raise BackupUnfit("It is a backup of another release.")
    yield first
    record = first
    while "end" not in record.said:
        record = _next(stream)
        yield record
    if stream.read(1):
        raise BackupUnfit("Something stands behind its end.")


def _next(stream: io.BufferedIOBase) -> Record:
    text = stream.readline(LONGEST_LINE)
    try:
        said = json.loads(text)
        size = int(said.get("size", 0)) if "file" in said else 0
    except (ValueError, AttributeError):
        raise BackupUnfit("A record in it cannot be read.") from None
    if not 0 <= size <= LARGEST_FILE:
        raise BackupUnfit("A record in it cannot be read.")
    content = stream.read(size) if size else b""
    if len(content) != size:
        raise BackupUnfit("A file in it is cut off.")
    return Record(said, content)


class _Stream(io.RawIOBase):
    """An iterator of bytes as a file to read."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source, self._held = source, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held:
            piece = next(self._source, None)
            if piece is None:
                return 0
            self._held = piece
        count = min(len(buffer), len(self._held))
        buffer[:count] = self._held[:count]
        self._held = self._held[count:]
        return count
