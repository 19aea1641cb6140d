"""The portal that the browser tests talk to, and a hand in its database."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from portal.sandbox import registers


@dataclass
class Portal:
    """The live portal. Tests go through its pages; what people cannot do from a page is done in its database."""

    address: str
    registers: str
    database: Path
    pristine: Path

    def restore(self) -> None:
        """Everything as it was at first, through SQLite's own backup, so that open connections see it."""
        with sqlite3.connect(self.pristine) as source, sqlite3.connect(self.database, timeout=60) as target:
            target.execute("PRAGMA synchronous = 0")
            source.backup(target)
        source.close()
        target.close()

    def execute(self, statement: str, *values: object) -> list[tuple]:
        connection = sqlite3.connect(self.database, timeout=60)
        with connection:
            rows = connection.execute(statement, values).fetchall()
        connection.close()
        return rows

    def end_sessions(self) -> None:
        """As if everybody had been away too long."""
        self.execute("UPDATE session SET seen_at = '2026-11-01 00:00:00'")

    def switch_registers(self, state: str) -> None:
        registers.switch(self.registers, state)
