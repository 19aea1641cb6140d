"""Rows of an imported file: how they are read, and how what is wrong with them is named."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ...typed_text import clean_line
from .. import workbooks
from ..passports.faults import N_, Said
from ..phones import read_phone
from ..spreadsheets import read_cell, write_csv

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_EXCEL_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # how .xls files begin
_REFUSED = {
    "broken": N_("this Excel file cannot be read; open it, save it anew as .xlsx or as “CSV UTF-8”, and send that"),
    "large": N_("this Excel file is too large; leave one sheet with at most 20,000 rows and 60 columns in it"),
    "macros": N_("this Excel file holds macros; save it as .xlsx without them"),
}

EMPTY = N_("empty")


class Problem(NamedTuple):
    """One thing wrong. Rows are counted as a spreadsheet does: the header is row 1. None: the file as a whole.

    `also` are the other rows of the same column that have the very same fault.
    """

    row: int | None
    column: str | None
    what: Said | str
    also: tuple[int, ...] = ()

    def __str__(self) -> str:
        where = f"row {self.row}" if self.row else None
        if self.also:
            where = f"{where} and {len(self.also)} more"
        return ": ".join(part for part in (where, self.column, str(self.what)) if part is not None)


class ImportRefused(ValueError):
    """The file is not in order; nothing of it was taken. What many rows share is named once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        ordered = sorted(problems, key=lambda problem: (problem.row or 0, problem.column or ""))
        same: dict[tuple[str | None, str], list[Problem]] = defaultdict(list)
        for problem in ordered:
            same[problem.column, str(problem.what)].append(problem)
        self.problems = tuple(
            first._replace(also=tuple(problem.row for problem in rest if problem.row)) for first, *rest in same.values()
        )
        super().__init__("\n".join(map(str, self.problems)))


class FileRow(NamedTuple):
    """A row of the file: one group of one kindergarten."""

    number: int
    values: dict[str, str]

    @property
    def group(self) -> tuple[str, int, str]:
        return self.values["kindergarten"], int(self.values["birth_year"]), self.values["language"]


def read_rows(
    data: bytes, columns: tuple[str, ...], left_out: Mapping[str, str] = MappingProxyType({})
) -> list[FileRow]:
    """The rows of an Excel workbook, or of a CSV file in UTF-8 with commas or semicolons. Raises ImportRefused.

    `left_out`: columns that a file, or a cell, may leave out, each with what that means. Empty columns at the end,
    which spreadsheets leave behind, are passed over; dates and phones are read as spreadsheets write them.
    """
    names, filled = _header_and_cells(data)
    problems = [Problem(1, name, N_("the column is missing")) for name in columns if name not in (*names, *left_out)]
    problems += [Problem(1, name, N_("there is no such column; take it out")) for name in names if name not in columns]
    twice = {name for name in names if names.count(name) > 1}
    problems += [Problem(1, name, N_("the column stands there twice")) for name in twice]
    for number, cells in filled:
        if len(cells) != len(names):
            counts = {"found": len(cells), "wanted": len(names)}
            problems.append(Problem(number, None, N_("%(found)s cells instead of %(wanted)s", **counts)))
    if not problems and not filled:
        problems = [Problem(None, None, N_("the file has no rows"))]
    if problems:
        raise ImportRefused(problems)
    read = ((number, {**left_out, **dict(zip(names, cells, strict=True))}) for number, cells in filled)
    return [
        FileRow(number, {name: tidy(name, cell) or left_out.get(name, "") for name, cell in row.items()})
        for number, row in read
    ]


def _header_and_cells(data: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and the cells of each row that has any, with its number."""
    lines = _workbook_lines(data) if data.startswith(workbooks.BEGINS) else _csv_lines(data)
    names = lines[0][1] if lines else []
    while names and not names[-1]:
        names = names[:-1]
    return names, [(number, _without_tail(cells, len(names))) for number, cells in lines[1:] if any(cells)]


def as_text(data: bytes) -> str:
    """A file as the text of a CSV file, to be kept in a page until it is taken. Raises ImportRefused."""
    if not data.startswith(workbooks.BEGINS):
        return data.decode("utf-8-sig", "replace")
    lines = [cells for _, cells in _workbook_lines(data)]
    return write_csv(lines[0] if lines else [], lines[1:]).decode("utf-8-sig")


def _workbook_lines(data: bytes) -> list[tuple[int, list[str]]]:
    try:
        lines = workbooks.read_workbook(data)
    except workbooks.WorkbookRefused as refused:
        raise ImportRefused([Problem(None, None, _REFUSED[refused.why])]) from refused
    return [(number, [read_cell(clean_line(cell)) for cell in line]) for number, line in enumerate(lines, start=1)]


def _csv_lines(data: bytes) -> list[tuple[int, list[str]]]:
    if data.startswith(_OLD_WORKBOOK):
        said = N_("this is a file of an old Excel (.xls); save it as .xlsx or as “CSV UTF-8”, and send that")
        raise ImportRefused([Problem(None, None, said)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = N_("the file is not in UTF-8; save it as “CSV UTF-8”")
        raise ImportRefused([Problem(None, None, said)]) from None
    header = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ",")
    try:
        return [(number, [read_cell(clean_line(cell)) for cell in line]) for number, line in enumerate(reader, start=1)]
    except csv.Error:
        raise ImportRefused([Problem(None, None, N_("this is not a CSV file"))]) from None


def _without_tail(cells: list[str], width: int) -> list[str]:
    """The cells, without empty ones beyond the last column."""
    return cells if any(cells[width:]) else cells[:width]


def tidy(column: str, text: str) -> str:
    """A cell as we keep it: a phone as +7XXXXXXXXXX, a day as YYYY-MM-DD, when it can be read; else as it is."""
    if column == "phone":
        return read_phone(text) or text
    found = _EXCEL_DATE.fullmatch(text) if column == "day" else None
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text


def no_organisation(code: str, known: Iterable[str]) -> Said:
    """No organisation has this code; which codes there are."""
    values = {"code": code, "known": ", ".join(sorted(known))}
    return N_("there is no organisation with the code “%(code)s”; the codes are: %(known)s", **values)


def stands_already(text: str, row: int) -> Said:
    return N_("“%(text)s” stands in row %(row)s already", text=text, row=row)


def length(longest: int) -> Callable[[str], Said | None]:
    said = N_("longer than %(longest)s letters", longest=longest)
    return lambda text: said if len(text) > longest else None


def whole_number(least: int, most: int) -> Callable[[str], Said | None]:
    def check(text: str) -> Said | None:
        fits = text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most
        values = {"text": text, "least": least, "most": most}
        return None if fits else N_("“%(text)s” is not a whole number from %(least)s to %(most)s", **values)

    return check


def fits(pattern: re.Pattern[str], mend: str) -> Callable[[str], Said | None]:
    """`mend` is an English text of the catalogues, with %(text)s for what was written."""
    return lambda text: None if pattern.fullmatch(text) else N_(mend, text=text)


BAD_CODE = N_("“%(text)s” does not fit; a code has up to 40 small Latin letters, digits and hyphens")
BAD_PHONE = N_("“%(text)s” does not fit; write it as +7XXXXXXXXXX or leave it empty")
BAD_EMAIL = N_("“%(text)s” does not fit; write it like office@example.kz or leave it empty")
EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+")  # an address as letters need it, one alone
code_check = fits(_CODE, BAD_CODE)
phone_check = fits(re.compile(r"\+7[0-9]{10}"), BAD_PHONE)
