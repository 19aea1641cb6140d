"""Excel workbooks (.xlsx), written and read by a library, within bounds. Pure.

The library is loaded when the first workbook is asked for: it takes 23 MB of every process that has it. What is read
comes from outside: a workbook is a zip of XML. How much it unpacks to is looked at before anything is unpacked; with
defusedxml installed, the library refuses entities and document types.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from .spreadsheets import GUARDED, Sheet, guarded, without_controls

BEGINS = b"PK\x03\x04"
MOST_UNPACKED = 30_000_000  # bytes of everything in the file
MOST_PARTS = 200
MOST_ROWS, MOST_COLUMNS = 20_000, 60
DAY = "DD.MM.YYYY"
_WIDEST = 60  # characters


class WorkbookRefused(ValueError):
    """Not a workbook that we read; `why`: broken, large, macros."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def write_workbook(sheet: Sheet) -> bytes:
    """One sheet with a bold head that stays in sight. Texts are texts: none begins like a formula."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def head(name: str) -> object:
        cell = WriteOnlyCell(page, guarded(name))
        cell.font = Font(bold=True)
        return cell

    def made(value: object) -> object:
        if value is None or isinstance(value, int | float):
            return value
        if not isinstance(value, dt.date):
            return text_cell(value)
        cell = WriteOnlyCell(page, dt.datetime.combine(value, dt.time()))
        cell.number_format = DAY
        return cell

    def text_cell(value: object) -> object:
        """A text, however it begins: stored as one, and with the quote that Excel itself sets before such a text,
        which is a property of the cell and no part of what it says."""
        cell = WriteOnlyCell(page, without_controls(str(value)))
        cell.data_type = "s"
        cell.quotePrefix = str(cell.value).startswith(GUARDED)
        return cell

    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("1")
    page.freeze_panes = "A2"
    for place, name in enumerate(sheet.columns, start=1):
        texts = [str(row[place - 1]) for row in sheet.rows[:200] if row[place - 1] is not None]
        page.column_dimensions[get_column_letter(place)].width = min(_WIDEST, max(map(len, [name, *texts])) + 2)
    page.append([head(name) for name in sheet.columns])
    for row in sheet.rows:
        page.append([made(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_workbook(data: bytes) -> list[list[str]]:
    """The cells of its first sheet as texts: days as YYYY-MM-DD, whole numbers without a point.

    Raises WorkbookRefused.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    _look_inside(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        page = book.worksheets[0]
        page.reset_dimensions()  # what the file says of its size is not believed
        lines: list[list[str]] = []
        for row in page.iter_rows(max_row=MOST_ROWS + 1, values_only=True):
            if len(lines) == MOST_ROWS or len(row) > MOST_COLUMNS:
                raise WorkbookRefused("large")
            lines.append([_text(cell) for cell in row])
        book.close()
    except WorkbookRefused:
        raise
    except (InvalidFileException, zipfile.BadZipFile, ValueError, KeyError, IndexError, TypeError, OSError) as error:
        raise WorkbookRefused("broken") from error
    except SyntaxError as error:  # what the XML reader raises
        raise WorkbookRefused("broken") from error
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _look_inside(data: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise WorkbookRefused("broken") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WorkbookRefused("large")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise WorkbookRefused("macros")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
