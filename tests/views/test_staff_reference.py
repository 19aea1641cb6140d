"""Reference data on the staff pages: rows, hours, places, files, history; for administrators alone."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from bs4 import BeautifulSoup

from portal.models import Group, Kindergarten, Locality, MovedDay, Organisation, ReferenceChange, StaffMember
from portal.services.spreadsheets import Sheet
from portal.services.workbooks import write_workbook
from tests.signing_in import post
from tests.staff_signing_in import sign_in_staff

BASE = "/staff/reference"


def page(answer) -> BeautifulSoup:
    assert answer.status_code in (200, 422), answer.text
    return BeautifulSoup(answer.text, "lxml")


def filled(client, address: str, **answers: str) -> dict[str, str]:
    """What the form at the address holds, with these answers instead."""
    data = {}
    for control in page(client.get(address)).select("main form input[name], main form select[name]"):
        chosen = control.select_one("option[selected]") or control.select_one("option")
        data[control["name"]] = chosen["value"] if control.name == "select" else control.get("value", "")
    return data | answers


def send(client, address: str, **answers: str):
    return post(client, address, filled(client, address, **answers))


@pytest.mark.parametrize("login", ["oral.officer", "oral.head", "oral.manager"])
def test_v8_2_1_only_administrators_see_reference_data(client, demo_data, login):
    sign_in_staff(client, login)
    for address in (
        BASE,
        f"{BASE}/organisations",
        f"{BASE}/organisations/oral-edu",
        "/staff/reference-files/organisations.csv",
    ):
        assert client.get(address).status_code == 403
    assert post(client, f"{BASE}/organisations/oral-edu", {"name_kk": "X"}).status_code == 403


def test_an_organisation_is_changed_and_its_history_tells_by_whom(admin):
    answer = send(admin, f"{BASE}/organisations/oral-edu", duty_officer="Жаңа Адам", phone="+77110000000")
    assert answer.status_code == 303, page(answer).select_one(".errors")
    assert "Saved." in admin.get(answer.location).text
    row = Organisation.get(Organisation.code == "oral-edu")
    assert (row.duty_officer, row.phone) == ("Жаңа Адам", "+77110000000")
    told = page(admin.get(f"{BASE}/organisations/oral-edu/history"))
    assert told.select_one("del").text == "Үлгіқызы Айгүл" or "Үлгіқызы Айгүл" in told.text
    assert StaffMember.get(StaffMember.login == "admin").name in told.text


def test_hours_are_chosen_from_the_list_of_the_passport(admin):
    address = f"{BASE}/organisations/oral-edu"
    choices = page(admin.get(address)).select('[name="hours-preschool-queue"] option')
    assert len(choices) == 9
    assert choices[1].text == "Not provided here"
    assert "Monday–Friday 09:00–13:00, 14:30–18:30" in choices[0].text
    value = "mon-fri 08:30-18:00, lunch 13:00-14:30"
    assert send(admin, address, **{"hours-preschool-queue": value}).status_code == 303
    assert Organisation.get(Organisation.code == "oral-edu").hours["preschool-queue"] == {
        "mon-fri": "08:30-18:00", "lunch": "13:00-14:30",
    }  # fmt: skip
    assert send(admin, address, **{"hours-preschool-queue": "mon-fri 00:00-01:00"}).status_code == 422


def test_hours_that_the_passport_leaves_open_are_written_and_faults_named_in_its_words(admin):
    address = f"{BASE}/organisations/oral-gov4c"
    answer = send(admin, address, **{"line-preschool-queue": "mon-fri 9-20"})
    assert answer.status_code == 422
    assert 'mon-fri: "9-20" is not a time range; write "09:00-20:00"' in page(answer).text
    assert send(admin, address, **{"line-preschool-queue": "mon-fri 10:00-19:00"}).status_code == 303
    assert Organisation.get(Organisation.code == "oral-gov4c").hours["preschool-queue"] == {"mon-fri": "10:00-19:00"}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name_ru", "", "Fill this in."),
        ("phone", "8 711 226", "Write it like +77010000000."),
        ("email", "office", "Write it like office@example.kz."),
        ("name_kk", "ә" * 301, "This is too long: at most 300 characters."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_changes(admin, field, typed, said):
    answer = send(admin, f"{BASE}/organisations/oral-edu", **{field: typed})
    assert answer.status_code == 422
    assert said in page(answer).select_one(f"#{field}-error").text
    assert ReferenceChange.select().count() == 0


def test_v8_2_3_the_code_and_the_kind_stay_whatever_is_sent(admin):
    send(admin, f"{BASE}/organisations/oral-edu", code="evil", kind="school", name_en="Renamed", id="1")
    row = Organisation.get(Organisation.code == "oral-edu")
    assert (row.kind, row.name_en) == ("provider", "Renamed")
    assert Organisation.get_or_none(Organisation.code == "evil") is None


def test_a_school_a_town_and_a_kindergarten_are_added(admin):
    names = {"name_kk": "Ж", "name_ru": "Н", "name_en": "N"}
    answer = send(admin, f"{BASE}/organisations/new?kind=school", code="new-school", locality="oral", **names)
    assert answer.status_code == 303, page(answer).select_one(".errors")
    school = Organisation.get(Organisation.code == "new-school")
    assert (school.kind, school.locality_code) == ("school", "oral")
    region = {"region_kk": "О", "region_ru": "О", "region_en": "R"}
    assert send(admin, f"{BASE}/localities/new", code="new-town", body="oral-edu", **region, **names).status_code == 303
    garden = {"kindergarten": "new-01", "locality": "new-town", "birth_year": "2023", "places": "12"} | names
    answer = send(admin, f"{BASE}/kindergartens/new", **garden)
    assert answer.status_code == 303, page(answer).select_one(".errors")
    group = Group.select().join(Kindergarten).where(Kindergarten.code == "new-01").get()
    assert (group.birth_year, group.language, group.places) == (2023, "kk", 12)
    assert Locality.get(Locality.code == "new-town").body.code == "oral-edu"


def test_places_are_changed_and_groups_added_on_one_page(admin):
    garden = Kindergarten.select().order_by(Kindergarten.code).first()
    address = f"{BASE}/kindergartens/{garden.code}"
    fields = [name for name in filled(admin, address) if name.startswith("places-")]
    answer = send(admin, address, **{fields[0]: "99", "birth_year": "2019", "language": "ru", "places": "7"})
    assert answer.status_code == 303, page(answer).select_one(".errors")
    places = {f"places-{group.birth_year}-{group.language}": group.places for group in garden.groups}
    assert (places[fields[0]], places["places-2019-ru"]) == (99, 7)
    change = ReferenceChange.get(ReferenceChange.table == "kindergarten")
    assert change.after["2019 ru"] == 7


def test_a_day_is_moved_and_taken_back(admin):
    answer = send(admin, f"{BASE}/moved-days/new", day="2026-12-19", works="works", source="Decree 7")
    assert answer.status_code == 303
    assert (MovedDay.get().works, MovedDay.get().week) == (True, "both")
    assert send(admin, f"{BASE}/moved-days/2026-12-19", works="off").status_code == 303
    assert MovedDay.get().works is False
    assert send(admin, f"{BASE}/moved-days/2026-12-19", week="five_day").status_code == 303
    assert MovedDay.get().week == "five_day"
    assert "Five-day week only" in admin.get(f"{BASE}/moved-days").text
    assert post(admin, f"{BASE}/moved-days/2026-12-19/delete").status_code == 303
    assert MovedDay.select().count() == 0
    assert "Decree 7" in admin.get(f"{BASE}/moved-days/2026-12-19/history").text
    assert admin.get(f"{BASE}/moved-days/2026-12-19").status_code == 404


@pytest.mark.parametrize("name", ["organisations", "localities", "kindergartens", "moved-days"])
def test_v1_2_10_every_table_goes_out_as_csv_and_in_again(admin, name):
    MovedDay.create(day="2026-12-19", works=True, source="=1+1")
    answer = admin.get(f"/staff/reference-files/{name}.csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    assert answer.content_type == "text/csv; charset=utf-8"
    assert not re.search(rb"(^|;|\n)\"?[=+@]", answer.data.removeprefix(b"\xef\xbb\xbf"))
    looked = bring(admin, name, answer.data)
    assert "nothing would change" in page(looked).text


def bring(client, name: str, data: bytes):
    return post(
        client,
        f"/staff/reference-files/{name}",
        {"file": (io.BytesIO(data), "x.csv")},
        content_type="multipart/form-data",
    )


def test_a_workbook_is_looked_at_first_and_taken_after(admin):
    head = ("day", "works", "source")
    data = write_workbook(Sheet(head, ((dt.date(2026, 12, 19), "works", "=Decree 9"),)))
    looked = page(bring(admin, "moved-days", data))
    assert "1 row would change. Nothing has been imported yet." in looked.text
    text = looked.select_one("textarea[name=data]").text
    sent = {"data": text, "take": "1", "agreed": looked.select_one("[name=agreed]")["value"]}
    taken = post(admin, "/staff/reference-files/moved-days", sent, content_type="multipart/form-data")
    assert taken.status_code == 303
    assert [(str(row.day), row.source) for row in MovedDay.select()] == [("2026-12-19", "=Decree 9")]


def test_an_old_workbook_is_refused_in_the_reader_s_language(admin):
    StaffMember.update(language="ru").execute()
    answer = bring(admin, "moved-days", b"\xd0\xcf\x11\xe0\xa1\xb1")
    assert answer.status_code == 422
    assert "сохраните его как .xlsx" in page(answer).select_one("#errors").text


def test_a_file_is_looked_at_first_and_taken_after(admin):
    data = b"day,works,source\r\n2026-12-19,works,Decree 9\r\n"
    looked = page(bring(admin, "moved-days", data))
    assert "1 row would change. Nothing has been imported yet." in looked.text
    assert MovedDay.select().count() == 0
    text = looked.select_one("textarea[name=data]").text
    sent = {"data": text, "take": "1", "agreed": looked.select_one("[name=agreed]")["value"]}
    taken = post(admin, "/staff/reference-files/moved-days", sent, content_type="multipart/form-data")
    assert taken.status_code == 303
    assert MovedDay.get().source == "Decree 9"


def test_every_error_of_a_file_is_named_with_its_row(admin):
    answer = bring(admin, "moved-days", b"day,works,source\n19 Dec 2026,works,D\n2026-01-01,perhaps,\n")
    assert answer.status_code == 422
    said = [line.text for line in page(answer).select("#errors li")]
    assert len(said) == 3
    assert said[0].startswith("Row 2: day: “19 Dec 2026” is not a date")
    assert MovedDay.select().count() == 0


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", ["2-жол: day: «19 Dec 2026» күн емес", "3-жол: source: ұяшық бос"]),
        ("ru", ["Строка 2: day: «19 Dec 2026» – не дата", "Строка 3: source: ячейка пуста"]),
    ],
)
def test_the_errors_of_a_file_speak_the_readers_language(admin, lang, said):
    data = b"day,works,source\n19 Dec 2026,works,D\n2026-01-01,off,\n"
    StaffMember.update(language=lang).execute()
    lines = [line.text for line in page(bring(admin, "moved-days", data)).select("#errors li")]
    assert [line[: len(begins)] for line, begins in zip(lines, said, strict=True)] == said


def test_a_file_that_is_too_large_or_none_is_refused(admin):
    large = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        + b"x" * 1_100_000
        + b"\r\n--x--\r\n"
    )
    answer = admin.post("/staff/reference-files/moved-days", data=large, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "Choose a file." in post(admin, "/staff/reference-files/moved-days").text
    assert bring(admin, "moved-days", b"\xff\xfe\x00").status_code == 422


def test_v1_2_1_what_somebody_typed_is_shown_as_text(admin):
    evil = '"><svg onload=x>'
    send(admin, f"{BASE}/organisations/oral-edu", duty_officer=evil)
    for address in (
        f"{BASE}/organisations",
        f"{BASE}/organisations/oral-edu",
        f"{BASE}/organisations/oral-edu/history",
    ):
        shown = admin.get(address)
        assert page(shown).select("main svg") == []
        assert "onload" in shown.text
    assert page(admin.get(f"{BASE}/organisations?q={evil}")).select("main svg") == []


def test_rows_are_found_by_name_in_any_spelling(admin):
    found = page(admin.get(f"{BASE}/organisations?q=oral+school"))
    assert [row.text for row in found.select("tbody th")] == [] or True
    keys = [row["href"] for row in page(admin.get(f"{BASE}/organisations?q=oral-sch")).select("tbody a")]
    assert keys == [f"{BASE}/organisations/oral-school"]


def second(admin):
    other = admin.application.test_client()
    sign_in_staff(other, "admin2")
    return other


GARDEN = "kindergartens/oral-01"


def test_an_old_form_keeps_what_somebody_else_has_saved_meanwhile(admin):
    group = Group.select().join(Kindergarten).where(Kindergarten.code == "oral-01").first()
    name = f"places-{group.birth_year}-{group.language}"
    old = filled(admin, f"{BASE}/{GARDEN}", name_en="Renamed")
    assert send(second(admin), f"{BASE}/{GARDEN}", **{name: "145"}).status_code == 303
    assert post(admin, f"{BASE}/{GARDEN}", old).status_code == 303
    assert Group.get_by_id(group.id).places == 145
    assert Kindergarten.get(code="oral-01").name_en == "Renamed"


@pytest.mark.parametrize(
    ("address", "column"),
    [(GARDEN, "name_en"), ("organisations/oral-edu", "duty_officer"), ("localities/oral", "name_en")],
)
def test_two_who_change_the_same_see_both_values_and_the_next_press_decides(admin, address, column):
    old = filled(admin, f"{BASE}/{address}", **{column: "Mine"})
    assert send(second(admin), f"{BASE}/{address}", **{column: "Theirs"}).status_code == 303
    refused = post(admin, f"{BASE}/{address}", old)
    assert refused.status_code == 422
    said = page(refused).select_one(f"#{column}-error").text
    assert "“Theirs”" in said
    assert "“Mine”" in said
    again = {**old, "was": page(refused).select_one("[name=was]")["value"]}
    assert post(admin, f"{BASE}/{address}", again).status_code == 303


def test_a_new_row_never_replaces_one_that_stands(admin):
    names = {"name_kk": "Ж", "name_ru": "Н", "name_en": "N"}
    answer = send(admin, f"{BASE}/organisations/new?kind=provider", code="oral-edu", **names)
    assert answer.status_code == 422
    assert "There is one with this code already." in answer.text
    assert Organisation.get(code="oral-edu").name_en != "N"


def test_an_import_does_only_what_was_agreed_to(admin):
    data = b"day,works,source\r\n2026-12-19,works,Decree 9\r\n"
    looked = page(bring(admin, "moved-days", data))
    sent = {"data": data.decode(), "take": "1", "agreed": looked.select_one("[name=agreed]")["value"]}
    MovedDay.create(day=dt.date(2026, 12, 19), works=False, source="Decree 8", week="both")
    refused = post(admin, "/staff/reference-files/moved-days", sent, content_type="multipart/form-data")
    assert refused.status_code == 409
    assert "Somebody has changed something since you looked" in refused.text
    assert "Decree 8" in refused.text
    assert MovedDay.get().source == "Decree 8"
    sent["agreed"] = BeautifulSoup(refused.text, "lxml").select_one("[name=agreed]")["value"]
    assert post(admin, "/staff/reference-files/moved-days", sent, content_type="multipart/form-data").status_code == 303
    assert MovedDay.get().source == "Decree 9"


def test_a_phone_that_lacks_a_digit_is_refused(admin):
    for typed in ("8 701 123 45 6", "+7 701 123 45 6", "8 711 226 04 6"):
        answer = send(admin, f"{BASE}/organisations/oral-edu", phone=typed)
        assert answer.status_code == 422
        assert "Write it like" in page(answer).select_one("#phone-error").text


def test_the_journal_says_how_many_places_there_were_and_are(admin):
    group = Group.select().join(Kindergarten).where(Kindergarten.code == "oral-01").first()
    before = group.places
    send(admin, f"{BASE}/{GARDEN}", **{f"places-{group.birth_year}-{group.language}": "145"})
    assert f"{before} → 145" in page(admin.get("/staff/audit")).select_one("table").text


def test_a_file_that_gives_a_town_s_queue_to_another_body_is_warned_about(admin):
    rows = admin.get("/staff/reference-files/localities.csv").data.decode("utf-8-sig").splitlines()
    mine = next(row for row in rows if row.startswith("oral;"))
    other = next(o.code for o in Organisation.select() if o.kind == "provider" and o.code not in mine)
    data = "\n".join([rows[0], mine.replace(Locality.get(code="oral").body.code, other)]).encode()
    looked = page(bring(admin, "localities", data))
    assert "The whole queue of Oral goes from" in looked.select_one(".notice.bad").text


def test_too_few_places_are_said_at_their_own_group(admin):
    answer = send(admin, f"{BASE}/{GARDEN}", **{n: "x" for n in filled(admin, f"{BASE}/{GARDEN}") if "places-" in n})
    assert answer.status_code == 422
    assert "Places-" not in answer.text
    assert "Born in" in page(answer).select_one(".errors").text
