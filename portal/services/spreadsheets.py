"""CSV for spreadsheets: UTF-8 with a mark, RFC 4180, and no cell that a spreadsheet takes for a formula. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")  # a cell that begins so may be run
GUARD = "'"


def write_csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A CSV file. A cell that begins like a formula begins with an apostrophe instead; read_cell takes it off again."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)  # commas, quotes doubled, lines end with CR LF
    writer.writerow([_guarded(column) for column in columns])
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read_cell(text: str) -> str:
    """What a cell says, without the apostrophe that write_csv put before it."""
    return text[1:] if text.startswith(GUARD) and text[1:].startswith(GUARDED) else text


def _guarded(cell: object) -> str:
    text = "" if cell is None else str(cell)
    if isinstance(cell, int | float):
        return text
    text = text.replace("\0", "")
    return GUARD + text if text.startswith(GUARDED) else text
