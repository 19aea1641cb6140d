"""Reference data by spreadsheet: out, changed, in again; what would change is said first; everything is on record."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from portal import db as database
from portal.models import (
    AuditEntry,
    Group,
    Kindergarten,
    Locality,
    MovedDay,
    Organisation,
    ReferenceChange,
    StaffMember,
)
from portal.services.passports.faults import Said
from portal.services.records.changes import list_history
from portal.services.reference import tables
from portal.services.reference.rows import ImportRefused
from portal.services.reference.tables import TABLES, Table, delete_moved_day, take_file
from portal.services.spreadsheets import read_cell, write_csv
from portal.services.terms import days_off
from portal.services.terms.working_weeks import is_day_off, is_working_day
from portal.services.workbooks import write_workbook


@pytest.fixture
def admin(app, clock, demo_data):
    database.connect()
    yield StaffMember.create(
        login="a1", name="Admin", organisation=Organisation.get(), role="admin", password_hash="", created_at=clock()
    )
    database.db.close()


@pytest.fixture
def take(app, admin, clock):
    def take(name: str, data: bytes, keep: bool = True):
        return take_file(TABLES[name], data, app.extensions["context"].passports.list_services(), admin, clock(), keep)

    return take


def export(table: Table) -> bytes:
    sheet = tables.export(table)
    return write_csv(sheet.columns, sheet.rows)


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def changed(name: str, row: int = 0, **values: str) -> bytes:
    rows = read(export(TABLES[name]))
    rows[row] |= values
    return write_csv(rows[0], ([read_cell(cell) for cell in row.values()] for row in rows))


def problems(take, name: str, data: bytes) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        take(name, data)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("name", TABLES)
def test_what_goes_out_comes_in_again_and_changes_nothing(take, name):
    days_off.set_moved_day(dt.date(2026, 3, 28), True, "Decree 1")
    assert take(name, export(TABLES[name])) == []
    assert take(name, write_workbook(tables.export(TABLES[name]))) == []
    assert ReferenceChange.select().count() == 0


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\0=1", "=cmd|' /C calc'!A0"])
def test_v1_2_10_no_cell_is_taken_for_a_formula(evil):
    data = write_csv(["a", "b"], [[evil, 'with "quotes", commas\r\nand lines']])
    assert data.startswith(b"\xef\xbb\xbf")
    cells = next(
        csv.reader(io.StringIO(data.decode("utf-8-sig").split("\r\n", 1)[1], newline=""), delimiter=";", strict=True)
    )
    assert cells[0].startswith("'")
    assert read_cell(cells[0]) == evil.replace("\0", "")
    assert cells[1] == 'with "quotes", commas\r\nand lines'


def test_v1_2_10_a_name_that_is_a_formula_survives_the_way_out_and_in(take):
    Organisation.update(duty_officer='=HYPERLINK("http://evil")').where(Organisation.code == "oral-edu").execute()
    data = export(TABLES["organisations"])
    row = next(row for row in read(data) if row["code"] == "oral-edu")
    assert row["duty_officer"] == '\'=HYPERLINK("http://evil")'
    assert row["phone"] == "'+77000000201"
    assert take("organisations", data) == []


def test_a_look_beforehand_says_what_would_change_and_changes_nothing(take):
    data = changed("organisations", duty_officer="Жаңа Адам")
    looked = take("organisations", data, keep=False)
    assert [(change.row, change.fields) for change in looked] == [("aqsai-edu", ["duty_officer"])]
    assert Organisation.get(Organisation.code == "aqsai-edu").duty_officer != "Жаңа Адам"
    assert ReferenceChange.select().count() == AuditEntry.select().count() == 0
    assert take("organisations", data) == looked


def test_every_change_is_in_the_history_and_the_audit_log(take, admin, clock):
    take("organisations", changed("organisations", duty_officer="Жаңа Адам"))
    change = list_history("organisation", "aqsai-edu")[0]
    assert (change.before["duty_officer"], change.after["duty_officer"]) == ("Сынақұлы Бауыржан", "Жаңа Адам")
    assert (change.by, change.at) == (admin, clock())
    entry = AuditEntry.get(AuditEntry.action == "change_reference")
    assert (entry.actor, entry.object, entry.data) == (
        f"staff:{admin.id}", "organisation:aqsai-edu", {"fields": ["duty_officer"]},
    )  # fmt: skip


def test_hours_are_chosen_among_those_of_the_passport(take):
    said = problems(take, "organisations", changed("organisations", hours="preschool-queue: mon-fri 10:00-16:00"))
    assert said[0].startswith("row 2: hours: preschool-queue: the passport does not allow these hours; write one of: ")
    assert "mon-fri 08:30-18:00, lunch 13:00-14:00" in said[0]
    take("organisations", changed("organisations", hours="preschool-queue: mon-fri 08:30-18:30, lunch 13:00-14:00"))
    assert Organisation.get(Organisation.code == "aqsai-edu").hours == {
        "preschool-queue": {"mon-fri": "08:30-18:30", "lunch": "13:00-14:00"}
    }


def test_hours_that_cannot_be_read_are_refused_in_the_words_of_the_passports(take):
    said = problems(take, "organisations", changed("organisations", hours="preschool-queue: mon-fri 9-20"))
    assert said == ['row 2: hours: preschool-queue: mon-fri: "9-20" is not a time range; write "09:00-20:00"']


@pytest.mark.parametrize(
    "hours", ["preschool-queue mon-fri", "preschool-queue: mon-fri", "preschool-queue: mon-fri 9-20"]
)
def test_what_is_wrong_with_hours_in_a_cell_is_said_in_the_reader_s_language(take, hours):
    with pytest.raises(ImportRefused) as refused:
        take("organisations", changed("organisations", hours=hours))
    (problem,) = refused.value.problems
    assert isinstance(problem.what, Said)
    assert problem.what.in_words(lambda msgid: msgid if "(place)" in msgid else "ҚАТЕ").endswith("ҚАТЕ")


def test_all_errors_are_named_with_their_rows_and_nothing_is_half_imported(take):
    rows = read(export(TABLES["localities"]))
    rows[0]["name_kk"], rows[1]["body"], rows[2]["code"] = "", "nobody", "Ö"
    said = problems(take, "localities", write_csv(rows[0], (row.values() for row in rows)))
    assert said[0] == "row 2: name_kk: empty"
    assert said[1].startswith("row 4: code: “Ö” does not fit")
    rows[0]["name_kk"], rows[2]["code"] = "Жаңа", "new-town"
    data = write_csv(rows[0], (row.values() for row in rows))
    assert problems(take, "localities", data)[0].startswith(
        "row 3: body: there is no organisation with the code “nobody”; the codes are: aqsai-edu, oral-edu,"
    )
    assert not Locality.select().where(Locality.name_kk == "Жаңа").exists()


def test_places_of_a_kindergarten_stand_in_its_history(take):
    group = Group.select(Group, Kindergarten).join(Kindergarten).order_by(Kindergarten.code).first()
    rows = [row for row in read(export(TABLES["kindergartens"])) if row["kindergarten"] == group.kindergarten.code]
    rows[0]["places"] = str(int(rows[0]["places"]) + 5)
    data = write_csv(rows[0], ([read_cell(cell) for cell in row.values()] for row in rows))
    change = take("kindergartens", data)[0]
    assert (change.table, change.row) == ("kindergarten", group.kindergarten.code)
    assert change.fields == [f"{rows[0]['birth_year']} {rows[0]['language']}"]


def test_moved_days_come_into_the_calendar_at_once(take, clock, admin):
    day = dt.date(2026, 11, 28)  # a Saturday
    assert not is_working_day(days_off.load_calendar(clock()), day)
    take("moved-days", write_csv(["day", "works", "source"], [["2026-11-28", "works", "Decree 5"]]))
    assert is_working_day(days_off.load_calendar(clock()), day)
    delete_moved_day(day, admin, clock())
    assert not is_working_day(days_off.load_calendar(clock()), day)
    assert [change.after for change in list_history("moved_day", "2026-11-28")] == [
        None, {"works": "works", "week": "both", "source": "Decree 5"},
    ]  # fmt: skip


def test_a_day_is_read_as_excel_writes_it(take):
    take("moved-days", write_csv(["day", "works", "source"], [["08.05.2027", "off", "D"], ["8.5.2026", "off", "D"]]))
    assert [row.day.isoformat() for row in MovedDay.select().order_by(MovedDay.day)] == ["2026-05-08", "2027-05-08"]


@pytest.mark.parametrize(
    ("week", "five", "six"), [("five_day", True, False), ("six_day", False, True), ("", True, True)]
)
def test_a_moved_day_says_whose_week_it_moves_and_left_out_means_both(take, clock, week, five, six):
    data = write_csv(["day", "works", "week", "source"], [["2026-11-27", "off", week, "Decree 5"]])
    take("moved-days", data)
    day, known = dt.date(2026, 11, 27), days_off.load_calendar(clock())
    assert (is_day_off(known, day), is_day_off(known, day, six_days=True)) == (five, six)
    assert read(export(TABLES["moved-days"]))[0]["week"] == (week or "both")


def test_bad_moved_days_are_named(take):
    data = write_csv(["day", "works", "source"], [["28 Nov 2026", "yes", ""], ["2026-01-01", "off", "D"]])
    assert problems(take, "moved-days", data) == [
        "row 2: day: “28 Nov 2026” is not a date; write it like 2026-03-27",
        "row 2: source: empty",
        "row 2: works: “yes” does not fit; write works or off",
    ]
    assert MovedDay.select().count() == 0


@pytest.mark.parametrize("email", ["office at home", "office@example", "a@b.kz, c@d.kz", "<a@b.kz>"])
def test_an_address_that_no_letter_reaches_is_refused_in_a_file_as_in_the_form(take, email):
    said = problems(take, "organisations", changed("organisations", email=email))
    assert any("email" in each and "office@example.kz" in each for each in said), said
