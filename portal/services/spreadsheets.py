"""Tables for spreadsheets, as CSV and as workbooks, with no cell that a spreadsheet takes for a formula. Pure.

CSV is as the Excel of this country opens it: semicolons, UTF-8 with a mark, dates as 08.05.2027.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")  # a cell that begins so may be run
GUARD = "'"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # which XML has no place for


@dataclass(frozen=True)
class Sheet:
    """A table to be saved: what its columns are called, and cells that are texts, numbers, days or None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def write_csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A CSV file. A cell that begins like a formula begins with an apostrophe instead; read_cell takes it off again."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")  # quotes doubled, lines end with CR LF
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([guarded(_as_text(cell)) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read_cell(text: str) -> str:
    """What a cell says, without the apostrophe that was put before it."""
    return text[1:] if text.startswith(GUARD) and text[1:].startswith(GUARDED) else text


def guarded(cell: object) -> str:
    """A cell's text that no spreadsheet runs."""
    text = "" if cell is None else str(cell)
    if isinstance(cell, int | float):
        return text
    text = without_controls(text)
    return GUARD + text if text.startswith(GUARDED) else text


def without_controls(text: str) -> str:
    """A text without what no file of a spreadsheet has a place for."""
    return _CONTROLS.sub("", text)


def _as_text(cell: object) -> object:
    return f"{cell:%d.%m.%Y}" if isinstance(cell, dt.date) else cell
