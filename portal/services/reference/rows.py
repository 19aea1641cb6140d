"""Rows of an imported file: how they are read, and how what is wrong with them is named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ...typed_text import clean_line
from ..spreadsheets import read_cell

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Problem(NamedTuple):
    """One thing wrong. Rows are counted as a spreadsheet does: the header is row 1. None: the file as a whole."""

    row: int | None
    column: str | None
    what: str

    def __str__(self) -> str:
        return ": ".join(
            part for part in (f"row {self.row}" if self.row else None, self.column, self.what) if part is not None
        )


class ImportRefused(ValueError):
    """The file is not in order; nothing of it was taken."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.row or 0, problem.column or "")))
        super().__init__("\n".join(map(str, self.problems)))


class Row(NamedTuple):
    """A row of the file: one group of one kindergarten."""

    number: int
    values: dict[str, str]

    @property
    def group(self) -> tuple[str, int, str]:
        return self.values["kindergarten"], int(self.values["birth_year"]), self.values["language"]


def read_rows(data: bytes, columns: tuple[str, ...], left_out: Mapping[str, str] = MappingProxyType({})) -> list[Row]:
    """The rows of a CSV file in UTF-8, separated by commas or semicolons. `left_out`: columns that a file, or a cell,
    may leave out, each with what that means. Raises ImportRefused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefused([Problem(None, None, "the file is not in UTF-8; save it as “CSV UTF-8”")]) from None
    header = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ",")
    try:
        lines = [
            (number, [read_cell(clean_line(cell)) for cell in line]) for number, line in enumerate(reader, start=1)
        ]
    except csv.Error as error:
        raise ImportRefused([Problem(None, None, f"this is not a CSV file: {error}")]) from None
    names = lines[0][1] if lines else []
    problems = [Problem(1, name, "the column is missing") for name in columns if name not in (*names, *left_out)]
    problems += [Problem(1, name, "there is no such column; take it out") for name in names if name not in columns]
    problems += [Problem(1, name, "the column stands there twice") for name in {n for n in names if names.count(n) > 1}]
    filled = [(number, cells) for number, cells in lines[1:] if any(cells)]
    for number, cells in filled:
        if len(cells) != len(names):
            problems.append(Problem(number, None, f"{len(cells)} cells instead of {len(names)}"))
    if not problems and not filled:
        problems = [Problem(None, None, "the file has no rows")]
    if problems:
        raise ImportRefused(problems)
    read = ((number, {**left_out, **dict(zip(names, cells, strict=True))}) for number, cells in filled)
    return [Row(number, {name: cell or left_out.get(name, "") for name, cell in row.items()}) for number, row in read]


def length(longest: int) -> Callable[[str], str | None]:
    return lambda text: f"longer than {longest} letters" if len(text) > longest else None


def fits(pattern: re.Pattern[str], mend: str) -> Callable[[str], str | None]:
    return lambda text: None if pattern.fullmatch(text) else f"“{text}” does not fit; {mend}"


code_check = fits(_CODE, "a code has up to 40 small Latin letters, digits and hyphens")
