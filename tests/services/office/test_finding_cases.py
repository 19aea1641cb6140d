"""Finding a case in the work list by whatever its officer has at hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal import db as database
from portal.models import Account, AuditEntry, Case, CaseName, Organisation, StaffMember
from portal.services.cases.names import find_keys, move_names, name_key, words_in, write_names
from portal.services.journeys.people import found_by
from portal.services.office.finding import find_cases
from tests.queue_data import make_iin
from tests.review_data import MONDAY, PASSPORT, make_account, make_case, make_school, make_staff

MOTHER = "Ахметова Айгерім Серікқызы"
CHILD = make_iin("1604025")


class Office:
    def __init__(self) -> None:
        self.school: Organisation = make_school()
        self.officer: StaffMember = make_staff(self.school, "aigul")
        self.account: Account = make_account(1, MOTHER)
        stated = {"child_name": "Ахметов Әлихан", "child_iin": CHILD, "contact_phone": "+77051112233"}
        self.case: Case = make_case(self.school, self.account, answers=stated)
        self.other: Case = make_case(self.school, make_account(2, "Өмірбекова Жұлдыз"), answers={
            "child_name": "Өмірбеков Нұрлан", "child_iin": make_iin("1505016"), "contact_phone": "",
        })  # fmt: skip

    def found(self, query: str) -> list[str]:
        return [row.case.number for row in find_cases(self.officer, query, MONDAY).rows]


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with app.app_context():
        database.connect()
        yield Office()


@pytest.mark.parametrize(
    "query",
    [
        "Ахметова", "ахм", "АХМЕТОВА АЙГЕРІМ", "Айгерім", "айгерим", "Айгерім Ахметова", "Айгерім Серікқызы",
        "Akhmetova", "Aigerim", "AKHMETOVA AIGERIM", "Әлихан", "Алихан Ахметов", "Alikhan", "AXMETOBA", "Aхметова",
        "Ахметовой", "Ахметоваға", "Ахметовой Айгерим", "Айгерімге", "А. Ахметова", "Ахметова А.С.", "Әлиханның",
        "\u202aАхметова\u202c",
    ],
)  # fmt: skip
def test_a_case_is_found_by_any_name_in_any_letters(office: Office, query: str):
    assert office.found(query) == [office.case.number]


@pytest.mark.parametrize("query", ["Ахмедова", "Ахметова Жұлдыз", "Б. Ахметова", "х", "Серікова", "йцукен"])
def test_another_name_finds_nothing(office: Office, query: str):
    assert office.found(query) == []


def test_the_child_s_iin_finds_it_and_is_not_on_record(office: Office):
    assert office.found(CHILD) == office.found(f"{CHILD[:6]} {CHILD[6:]}\u200b") == [office.case.number]
    for entry in AuditEntry.select().where(AuditEntry.action == "search_by_iin"):
        assert CHILD not in str(entry.data) + entry.object


@pytest.mark.parametrize(
    "query", ["8 701 000 00 01", "+7 (701) 000-00-01", "\u202a+77010000001\u202c", "8 705 111 22 33"]
)
def test_a_phone_finds_it_and_is_not_on_record(office: Office, query: str):
    assert office.found(query) == [office.case.number]
    entry = AuditEntry.get(AuditEntry.action == "search_by_phone")
    assert "701" not in str(entry.data) + entry.object


def test_the_last_four_signs_of_its_number_find_it(office: Office):
    tail = office.case.number[-4:]
    assert office.case.number in office.found(tail)
    assert office.case.number in office.found(f" {tail.lower()} ")
    assert office.found(office.case.number[:4]) in ([], [office.case.number])


def test_v8_4_1_nothing_of_another_body_is_found(office: Office):
    elsewhere = make_staff(make_school("another"), "bolat")
    for query in ("Ахметова", "Айгерім", "Ахметовой", CHILD, "8 701 000 00 01", office.case.number[-4:]):
        assert find_cases(elsewhere, query, MONDAY).rows == []


def test_with_the_case_its_names_move(office: Office):
    other = make_school("another")
    Case.update(body=other).where(Case.id == office.case.id).execute()
    move_names(Case.get_by_id(office.case.id))
    assert office.found("Айгерім") == []
    assert find_cases(make_staff(other, "bolat"), "Айгерім", MONDAY).rows


def test_names_written_again_stand_there_once(office: Office):
    names, numbers = found_by(PASSPORT, office.case.answers, office.case.facts)
    write_names(office.case, (MOTHER, *names), numbers)
    keys = [row.name for row in CaseName.select().where(CaseName.case == office.case)]
    assert sorted(keys) == sorted(find_keys(office.case.number, (MOTHER, *names), numbers))
    assert len(keys) == len(set(keys))


def test_a_key_is_digits_alone_and_tells_its_words():
    assert name_key("Нұр-Сұлтан Әли").isdecimal()
    assert words_in(name_key("Нұр-Сұлтан Әли")) == ["нурсултан", "али"]
    assert len(name_key("ә" * 500)) <= 200


CYRILLIC = str.maketrans("KMHPCTX3", "КМНРСТХЗ")


def test_a_number_is_found_in_cyrillic_look_alikes_and_small_letters(office: Office) -> None:
    number = office.case.number
    for typed in (number.translate(CYRILLIC), number.translate(CYRILLIC).lower(), number[-4:].translate(CYRILLIC)):
        assert office.found(typed) == [number], typed
    Case.update(incoming_number="Ш-2026/000012").where(Case.id == office.case).execute()
    for typed in ("ш-2026/12", "W-2026/000012", "№ щ-2026/12"):
        assert office.found(typed) == [number], typed
