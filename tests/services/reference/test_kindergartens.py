"""Reference data: import of kindergartens and organisations, lists in alphabetical order, hours that were chosen."""

import csv
import datetime as dt
import io
import json
from types import SimpleNamespace

import pytest

from portal.db import db, make_database
from portal.models import Account, Case, Group, Kindergarten, Locality, MovedDay, Organisation, QueueEntry, Referral
from portal.services.passports.hours import Hours
from portal.services.passports.schema import Channel
from portal.services.reference.directory import (
    address_in,
    channel_hours,
    find_organisation,
    list_kindergartens,
    list_localities,
    list_organisations,
    organisation_hours,
)
from portal.services.reference.kindergartens import COLUMNS, ImportResult, import_kindergartens
from portal.services.reference.organisations_json import import_organisations
from portal.services.reference.rows import ImportRefused, read_rows
from portal.services.spreadsheets import Sheet
from portal.services.terms import days_off
from portal.services.workbooks import write_workbook

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
ROW = {
    "locality": "oral", "region_kk": "Батыс Қазақстан облысы", "region_ru": "Западно-Казахстанская область",
    "region_en": "West Kazakhstan Region", "locality_kk": "Орал", "locality_ru": "Уральск", "locality_en": "Oral",
    "body": "oral-edu", "kindergarten": "oral-01", "name_kk": "Үлгі", "name_ru": "Улги", "name_en": "Ulgi",
    "address_kk": "", "address_ru": "", "address_en": "1 Sample Street", "phone": "+77000000201",
    "birth_year": "2023", "language": "kk", "places": "10",
}  # fmt: skip
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-18:30")


@pytest.fixture(autouse=True)
def database(database_url):
    db.initialize(make_database(database_url))
    db.connect()
    Organisation.create(code="oral-edu", kind="provider", name_kk="Бөлім", name_ru="Отдел", name_en="Department")
    yield
    db.close()


def table(*changes: dict, columns=COLUMNS, delimiter=",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, extrasaction="ignore", restval="?")
    writer.writeheader()
    writer.writerows(ROW | change for change in changes)
    return out.getvalue().encode()


def problems(data: bytes) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        import_kindergartens(data)
    return [str(problem) for problem in refused.value.problems]


def refer(group: Group, seat: int) -> Referral:
    """A child that holds a seat."""
    iin = f"{group.id:06}{seat:06}"
    account = Account.create(iin=iin, created_at=NOW)
    case = Case.create(
        number=iin, kind="application", draft_key=iin, account=account, service="preschool-queue", edition="2015-04-07",
        language="kk", body=Organisation.get(), state="granted", answers={}, receipt_code="X", submitted_at=NOW,
        registered_at=NOW, due_at=NOW,
    )  # fmt: skip
    entry = QueueEntry.create(
        case=case, child_iin=iin, live_child=iin, locality=Locality.get(), birth_year=2023, priority=2, asked_at=NOW,
        language="kk", kindergartens=["oral-01"], wanted_from=NOW.date(), state="offered",
    )  # fmt: skip
    return Referral.create(entry=entry, group=group, seat=seat, given_at=NOW)


def test_the_same_file_twice_is_once():
    data = table({}, {"language": "ru", "places": "5"})
    assert import_kindergartens(data) == ImportResult(localities=1, kindergartens=1, groups=2, added=2, changed=0)
    assert import_kindergartens(data) == ImportResult(localities=1, kindergartens=1, groups=2, added=0, changed=0)
    assert (Locality.select().count(), Kindergarten.select().count(), Group.select().count()) == (1, 1, 2)


def test_a_later_file_changes_names_and_places_and_leaves_the_rest():
    import_kindergartens(table({}, {"kindergarten": "oral-02"}))
    result = import_kindergartens(table({"name_ru": "Новое имя", "places": "12"}))
    assert result.changed == 1
    assert Kindergarten.get(Kindergarten.code == "oral-01").name_ru == "Новое имя"
    assert sorted(group.places for group in Group.select()) == [10, 12]


def test_semicolons_and_the_mark_that_spreadsheets_put_first_are_read():
    assert import_kindergartens(b"\xef\xbb\xbf" + table({}, delimiter=";")).groups == 1


def test_every_error_is_named_with_row_and_column_and_nothing_is_taken():
    assert problems(
        table(
            {},
            {"kindergarten": "oral-02", "places": "many", "phone": "8 711 2"},
            {"kindergarten": "oral-03", "name_en": "", "language": "en", "birth_year": "23"},
        )
    ) == [
        "row 3: phone: “8 711 2” does not fit; write it as +7XXXXXXXXXX or leave it empty",
        "row 3: places: “many” is not a whole number from 0 to 1000",
        "row 4: birth_year: “23” is not a whole number from 2000 to 2100",
        "row 4: language: “en” does not fit; write kk or ru",
        "row 4: name_en: empty",
    ]
    assert Locality.select().count() == Kindergarten.select().count() == Group.select().count() == 0


def test_an_error_found_last_takes_back_what_was_stored_before():
    import_kindergartens(table({}))
    refer(Group.get(), 1)
    assert problems(table({"kindergarten": "oral-02"}, {"places": "0", "name_kk": "Басқа"})) == [
        "row 3: places: 0 is too few; places of this group held by children: 1"
    ]
    assert [row.name_kk for row in Kindergarten.select()] == ["Үлгі"]


def test_columns_are_checked_by_name():
    columns = ("name", *(column for column in COLUMNS if column != "places"))
    assert problems(table({}, columns=columns)) == [
        "row 1: name: there is no such column; take it out",
        "row 1: places: the column is missing",
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "row 1: address_en: the column is missing"),
        ("локация".encode("cp1251"), "the file is not in UTF-8; save it as “CSV UTF-8”"),
        (table(), "the file has no rows"),
        (
            b"PK\x03\x04\x14\0",
            "this Excel file cannot be read; open it, save it anew as .xlsx or as “CSV UTF-8”, and send that",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "this is a file of an old Excel (.xls); save it as .xlsx or as “CSV UTF-8”, and send that",
        ),
        (table({}) + b"oral,too,short\r\n", "row 3: 3 cells instead of 19"),
    ],
)
def test_what_is_no_table_is_refused(data, what):
    assert problems(data)[0] == what


def test_a_workbook_is_read_as_the_same_rows_with_days_phones_and_empty_columns_as_excel_writes_them():
    names, cells = (line.split(",") for line in table({}).decode().splitlines())
    values = [int(cell) if cell.isdigit() else cell for cell in cells]
    values[names.index("phone")] = 87011234567
    data = write_workbook(Sheet((*names, "", ""), ((*values, None, None), (None,) * (len(names) + 2))))
    (row,) = read_rows(data, COLUMNS)
    assert (row.values["phone"], row.values["birth_year"]) == ("+77011234567", "2023")
    assert import_kindergartens(data).groups == 1


def test_rows_may_not_contradict_each_other():
    assert problems(table({}, {"language": "ru", "name_kk": "Басқа", "region_en": "Elsewhere"}, {})) == [
        "row 3: name_kk: differs from row 2 of the same kindergarten",
        "row 3: region_en: differs from row 2 of the same locality",
    ]
    assert problems(table({}, {})) == ["row 3: birth_year: row 2 names the same group already"]


def test_a_body_must_be_known_and_a_kindergarten_stays_in_its_town():
    import_kindergartens(table({}))
    other = {"locality": "aqsai", "locality_kk": "Ақсай", "body": "nobody"}
    assert problems(table(other)) == [
        "row 2: body: there is no organisation with the code “nobody”; the codes are: oral-edu"
    ]
    assert problems(table(other | {"body": "oral-edu"})) == [
        "row 2: kindergarten: the code belongs to a kindergarten of oral already"
    ]


@pytest.mark.parametrize("wrong", [0, 1, 155])
@pytest.mark.parametrize(("column", "typed"), [("phone", "+7711"), ("body", "nobody"), ("name_ru", "Опечатка")])
def test_one_cell_typed_wrong_gives_one_error_that_names_its_row(wrong, column, typed):
    rows = [{"birth_year": str(2000 + number // 2), "language": ("kk", "ru")[number % 2]} for number in range(156)]
    rows[wrong][column] = typed
    [problem] = problems(table(*rows))
    assert problem.startswith(f"row {wrong + 2}: {column}: ")


def test_what_many_rows_share_is_said_once():
    rows = [{"kindergarten": f"k{number}", "body": "nobody"} for number in range(156)]
    assert problems(table(*rows)) == [
        "row 2 and 155 more: body: there is no organisation with the code “nobody”; the codes are: oral-edu"
    ]


def test_empty_columns_at_the_end_are_passed_over():
    tail = b"\r\n".join(line + b",,," if line else b"" for line in table({}).split(b"\r\n"))
    assert import_kindergartens(tail).groups == 1


@pytest.mark.parametrize("typed", ["7 711 226 04 65", "+7 (711) 226-04-65", "87112260465", "77112260465", "7112260465"])
def test_a_phone_is_read_as_spreadsheets_and_people_write_it(typed):
    import_kindergartens(table({"phone": typed}))
    assert Kindergarten.get().phone == "+77112260465"


def test_fewer_places_close_the_ranks_so_that_no_place_is_given_twice():
    import_kindergartens(table({"places": "5"}))
    group = Group.get()
    for seat in (1, 5):
        refer(group, seat)
    import_kindergartens(table({"places": "2"}))
    assert sorted(row.seat for row in Referral.select()) == [1, 2]


def test_lists_stand_in_the_order_of_the_alphabet():
    names = ["Өрлеу", "Орал", "Қаратал", "Камал", "Әйтеке", "Бөрлі", "Іргелі", "Ынтымақ"]
    import_kindergartens(
        table(*({"locality": f"l{n}", "kindergarten": f"k{n}", "locality_kk": name} for n, name in enumerate(names)))
    )
    kazakh = ["Әйтеке", "Бөрлі", "Камал", "Қаратал", "Орал", "Өрлеу", "Ынтымақ", "Іргелі"]
    assert [row.name_kk for row in list_localities("kk")] == kazakh
    import_kindergartens(table({"kindergarten": "b", "name_kk": "Өз"}, {"kindergarten": "a", "name_kk": "Озат"}))
    assert [row.name_kk for row in list_kindergartens("oral")] == ["Озат", "Өз"]
    assert list_kindergartens("nowhere") == []


def test_an_address_is_read_in_its_language():
    import_kindergartens(table({}))
    assert address_in(list_kindergartens("oral")[0], "en") == "1 Sample Street"


def organisation(**changes) -> dict:
    return {
        "code": "tsk", "kind": "state_corporation", "name": {"kk": "А", "ru": "Б", "en": "C"},
        "hours": {"preschool-queue": {"mon-fri": "09:00-18:00", "sat": "09:00-13:00"}},
    } | changes  # fmt: skip


def test_organisations_come_from_a_file_twice_is_once():
    data = json.dumps([organisation(address={"kk": "1", "ru": "2", "en": "3"})]).encode()
    assert import_organisations(data) == import_organisations(data) == 1
    stored = find_organisation("tsk")
    assert (stored.name_ru, stored.address_en, stored.hours["preschool-queue"]["sat"]) == ("Б", "3", "09:00-13:00")
    assert [row.code for row in list_organisations("provider")] == ["oral-edu"]
    assert len(list_organisations()) == 2
    assert find_organisation("nobody") is None


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        ([organisation(kind="office")], "[1].kind: “"),
        ([organisation(hours={"preschool-queue": {"sat": "9-20"}})], 'write "09:00-20:00"'),
        (
            [organisation(hours={"preschool-queue": {"sat": "09:00-13:00", "reception": {"mon": "x"}}})],
            "is not a time range",
        ),
        ([organisation(), organisation()], "[2].code: “tsk” stands in line 1 already"),
        ([organisation(phones="")], "[1].phones: there is no such key"),
    ],
)
def test_a_wrong_organisation_is_named_and_none_is_taken(entries, what):
    with pytest.raises(ImportRefused) as refused:
        import_organisations(json.dumps(entries).encode())
    assert what in str(refused.value)
    assert find_organisation("tsk") is None


def test_what_is_no_json_is_refused():
    with pytest.raises(ImportRefused, match="row 1: here it stops being JSON"):
        import_organisations(b"code,kind")


PASSPORT = SimpleNamespace(
    id="preschool-queue",
    channel=lambda id: {
        "provider_office": Channel.model_construct(
            hours=Hours(days=WEEK, lunch="13:00-14:30"), reception=Hours(days={"mon": "09:00-17:30"})
        ),
        "state_corporation": Channel.model_construct(hours=Hours(days={"sat": "09:00-20:00"}), reception=None),
    }.get(id),
)


def hours_of(kind: str, chosen: dict | None = None, reception: bool = False):
    return organisation_hours(Organisation(kind=kind, hours={"preschool-queue": chosen or {}}), PASSPORT, reception)


def test_an_organisation_keeps_the_hours_it_has_chosen_else_those_of_its_channel():
    assert hours_of("provider") == channel_hours(PASSPORT.channel("provider_office"))
    assert hours_of("provider", {"mon": "08:30-18:00", "lunch": "13:00-14:00"}).days[0][0].start == dt.time(8, 30)
    assert hours_of("state_corporation", {"sat": "09:00-13:00"}).days[5][0].end == dt.time(13)
    assert hours_of("authorised_body") is None


def test_reception_hours_are_those_chosen_else_the_passports_else_the_opening_hours():
    own = {"mon": "08:30-18:00", "reception": {"mon": "10:00-12:00"}}
    assert hours_of("provider", own, reception=True).days[0][0].start == dt.time(10)
    assert hours_of("provider", {"mon": "08:30-18:00"}, reception=True).days[0][0].end == dt.time(17, 30)
    assert hours_of("state_corporation", reception=True) == hours_of("state_corporation")
    assert hours_of("state_corporation", {"sat": "10:00-11:00"}, reception=True).days[5][0].end == dt.time(11)


def test_the_calendar_notices_a_moved_day():
    day = dt.date(2026, 11, 28)
    assert days_off.load_calendar(NOW).overrides == ()
    days_off.set_moved_day(day, works=True, source="№ 1")
    assert days_off.load_calendar(NOW).overrides == ((day, True),)
    days_off.set_moved_day(day, works=False)
    assert days_off.load_calendar(NOW).overrides == ((day, False),)
    assert len(days_off.list_moved_days()) == 1


def test_a_day_that_another_process_moved_is_seen_within_a_minute():
    before = days_off.load_calendar(NOW)
    MovedDay.create(day=dt.date(2026, 11, 28), works=True)
    assert days_off.load_calendar(NOW + dt.timedelta(seconds=59)) is before
    assert days_off.load_calendar(NOW + dt.timedelta(minutes=1)).overrides == ((dt.date(2026, 11, 28), True),)
