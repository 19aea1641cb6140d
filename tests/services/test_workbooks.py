"""Workbooks for Excel: no formula goes out, nothing that could hurt comes in."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from portal.services.spreadsheets import Sheet, write_csv
from portal.services.workbooks import MOST_ROWS, WorkbookRefused, read_workbook, write_workbook

EVIL = ("=1+1", "+7701", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")')


def test_v1_2_10_no_cell_of_a_workbook_is_a_formula():
    data = write_workbook(Sheet(("=a", "b"), tuple((evil, 1) for evil in EVIL)))
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    texts = [cell for cell in cells if cell.data_type != "n" and cell.value != "b"]
    assert all(cell.quotePrefix or str(cell.value).startswith("'") for cell in texts)


def test_a_phone_stands_in_a_workbook_as_it_is():
    page = openpyxl.load_workbook(io.BytesIO(write_workbook(Sheet(("phone",), (("+77010000000",),))))).active
    assert (page["A2"].value, page["A2"].quotePrefix) == ("+77010000000", True)


def test_days_and_numbers_stay_days_and_numbers():
    data = write_workbook(Sheet(("day", "count", "empty", "text"), ((dt.date(2027, 5, 8), 3, None, "Әлия\x07"),)))
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert (page["A2"].value.date(), page["A2"].number_format, page["B2"].value) == (
        dt.date(2027, 5, 8),
        "DD.MM.YYYY",
        3,
    )
    assert read_workbook(data)[1] == ["2027-05-08", "3", "", "Әлия"]


def test_csv_is_as_excel_here_opens_it():
    data = write_csv(["day", "name"], [[dt.date(2027, 5, 8), "a;b"]])
    assert data == '\ufeffday;name\r\n08.05.2027;"a;b"\r\n'.encode()


def refused(data: bytes) -> str:
    with pytest.raises(WorkbookRefused) as caught:
        read_workbook(data)
    return caught.value.why


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def test_v5_2_3_a_file_that_unpacks_to_much_is_refused_before_it_is_unpacked():
    assert refused(zipped(**{"xl/worksheets/sheet1.xml": b"0" * 40_000_000})) == "large"
    assert refused(zipped(**{f"{number}.xml": b"" for number in range(300)})) == "large"


def test_too_many_rows_and_what_is_no_workbook_are_refused():
    rows = tuple(("x",) for _ in range(MOST_ROWS + 5))
    assert refused(write_workbook(Sheet(("a",), rows))) == "large"
    assert refused(b"PK\x03\x04 and nothing") == "broken"
    assert refused(zipped(**{"hello.txt": b"hello"})) == "broken"
    assert refused(zipped(**{"xl/vbaProject.bin": b"x"})) == "macros"


def test_v1_5_1_entities_and_document_types_are_refused():
    data = write_workbook(Sheet(("a",), (("b",),)))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                evil = b'<!DOCTYPE x [<!ENTITY e "boom">]>'
                head, _, rest = content.partition(b"<worksheet")
                content = head + evil + b"<worksheet" + rest
            new.writestr(part, content)
    assert refused(out.getvalue()) == "broken"
