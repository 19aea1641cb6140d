"""Sets of names of stored files that may be larger than the memory."""

from __future__ import annotations

import sqlite3
from types import TracebackType


class Names:
    """A set of names in a nameless temporary file, gone when it is closed."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode = off")
        self._file.execute("CREATE TABLE name (name TEXT PRIMARY KEY) WITHOUT ROWID")

    def __enter__(self) -> Names:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def __contains__(self, name: str) -> bool:
        return self._file.execute("SELECT 1 FROM name WHERE name = ?", (name,)).fetchone() is not None

    def add(self, name: str) -> None:
        """Add the name; one that is there already is no error."""
        self._file.execute("INSERT OR IGNORE INTO name VALUES (?)", (name,))
