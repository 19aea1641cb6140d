"""Complaints in figures: for managers with marks, for everybody without anybody who could be recognised."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import db as database
from portal.models import Account, Case, Complaint, Organisation, Rating, StaffMember
from portal.services.reports.complaints import ComplaintLine, merge_small
from tests.complaint_data import make_complaint
from tests.conftest import Clock
from tests.review_data import make_account, make_case
from tests.staff_signing_in import sign_in_staff
from tests.views.test_staff_cases import page_of

pytestmark = pytest.mark.usefixtures("demo_data")
OCTOBER = dt.datetime(2026, 10, 5, 5, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


class Year:
    def __init__(self, app: Flask, clock: Clock) -> None:
        self.app, self.clock = app, clock
        database.connect()
        self.account = make_account(1, "Үлгіқызы Айнұр")

    def body(self, code: str) -> Organisation:
        return Organisation.get(Organisation.code == code)

    def complain(self, code: str, count: int, answer: str = "", days: int = 2, at: dt.datetime = OCTOBER) -> None:
        for _ in range(count):
            case = make_complaint(self.body(code), self.account, at=at)
            if answer:
                state = "refused" if answer == "refused" else "granted"
                Case.update(state=state, is_open=False, answered_at=at + days * DAY).where(Case.id == case.id).execute()
                Complaint.update(answer=answer).where(Complaint.case == case).execute()

    def enter(self, login: str) -> FlaskClient:
        client = self.app.test_client()
        sign_in_staff(client, login)
        database.connect()
        StaffMember.update(language="en").where(StaffMember.login == login).execute()
        return client


@pytest.fixture
def year(app: Flask, clock: Clock) -> Year:
    return Year(app, clock)


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def cells(page, name: str) -> list[str]:
    row = next(row for row in page.select("main tbody tr") if row.select_one("th").text == name)
    return [cell.text for cell in row.select("td")]


class TestForManagers:
    def test_their_own_body_by_outcome_term_and_days(self, year: Year) -> None:
        year.complain("oral-edu", 3, "satisfied", days=1)
        year.complain("oral-edu", 1, "partly", days=4)
        year.complain("oral-edu", 1, "refused", days=20)
        year.complain("oral-edu", 2)
        year.complain("aqsai-edu", 4)
        page = page_of(year.enter("oral.manager").get("/staff/reports/complaints"))
        assert cells(page, "All complaints") == ["7", "4 (57 %)", "1", "2", "3", "1", "1", "1"]
        assert "Borili" not in page.text

    def test_administrators_see_all_and_one(self, year: Year) -> None:
        year.complain("oral-edu", 1)
        year.complain("aqsai-edu", 2)
        client = year.enter("admin")
        assert cells(page_of(client.get("/staff/reports/complaints")), "All complaints")[0] == "3"
        assert cells(page_of(client.get("/staff/reports/complaints?body=oral-edu")), "All complaints")[0] == "1"
        assert client.get("/staff/reports/complaints?body=none").status_code == 404

    def test_the_csv_holds_no_formula(self, year: Year) -> None:
        Organisation.update(name_en='=HYPERLINK("x")').where(Organisation.code == "oral-edu").execute()
        year.complain("oral-edu", 1, "satisfied")
        rows = rows_of(year.enter("oral.manager").get("/staff/reports/complaints.csv"))
        assert rows[0][:3] == ["Service", "Organisation", "Received"]
        assert rows[1][1].startswith("'=")
        assert rows[1][2:] == ["1", "1", "0", "0", "0", "1", "0", "0", "100", "2"]

    def test_marks_by_service_and_the_sentences_of_low_ones(self, year: Year) -> None:
        for score, text in ((5, "Жақсы"), (1, "Кеш жауап берді"), (2, "")):
            case = make_case(year.body("oral-edu"), year.account, "granted")
            Rating.create(case=case, score=score, text=text, given_at=year.clock())
        other = make_case(year.body("aqsai-edu"), year.account, "granted")
        Rating.create(case=other, score=1, text="Басқа мекеме", given_at=year.clock())
        page = page_of(year.enter("oral.manager").get("/staff/reports/complaints"))
        assert [cell.text for cell in page.select("#marks td")] == ["2.7", "3"]
        assert "Кеш жауап берді" in page.select_one("#low").text
        assert "Жақсы" not in page.text
        assert "Басқа мекеме" not in page.text

    def test_v8_2_1_officers_do_not_come_here(self, year: Year) -> None:
        assert year.enter("oral.officer").get("/staff/reports/complaints").status_code == 403


class TestForEverybody:
    def test_small_groups_are_counted_with_the_others_only(self, year: Year, client: FlaskClient) -> None:
        year.complain("oral-edu", 6, "satisfied")
        year.complain("aqsai-edu", 3)
        year.complain("oral-school", 3)
        page = page_of(client.get("/en/figures/complaints"))
        assert cells(page, "All complaints")[0] == "12"
        assert cells(page, "All others together")[0] == "6"
        assert "Borili" not in page.select_one("main").text

    def test_one_small_group_takes_the_next_one_with_it(self, year: Year, client: FlaskClient) -> None:
        year.complain("oral-edu", 9)
        year.complain("oral-school", 5)
        year.complain("aqsai-edu", 1)
        page = page_of(client.get("/en/figures/complaints"))
        assert cells(page, "All others together")[0] == "6"

    def test_fewer_than_five_are_not_shown_at_all(self, year: Year, client: FlaskClient) -> None:
        year.complain("oral-edu", 4)
        page = page_of(client.get("/en/figures/complaints"))
        assert page.select("main table") == []
        assert len(rows_of(client.get("/en/figures/complaints.csv"))) == 1

    def test_nobody_chooses_the_days(self, year: Year, client: FlaskClient) -> None:
        year.complain("oral-edu", 5)
        year.complain("oral-edu", 5, at=dt.datetime(2026, 11, 2, 5, 0, tzinfo=dt.UTC))
        year.complain("oral-edu", 5, at=dt.datetime(2025, 10, 31, 5, 0, tzinfo=dt.UTC))
        page = page_of(client.get("/en/figures/complaints?since=2026-10-05&until=2026-10-05"))
        assert cells(page, "All complaints")[0] == "5"

    def test_no_name_and_no_number_stands_there(self, year: Year, client: FlaskClient) -> None:
        year.complain("oral-edu", 6, "refused")
        account, case = Account.get_by_id(year.account.id), Case.get(Case.kind == "complaint")
        for address in ("/kk/figures/complaints", "/ru/figures/complaints.csv"):
            text = client.get(address).text
            for secret in (account.name, account.iin, case.number, case.answers["text"]):
                assert secret not in text
            assert not re.search(r"\b[0-9]{12}\b", text)

    def test_the_page_is_kept(self, year: Year, client: FlaskClient, app: Flask) -> None:
        for _ in range(2):  # the first answer brings the stylesheet, the second names it
            client.get("/kk/figures/complaints")
        before = app.extensions["kept_pages"].answered
        assert client.get("/kk/figures/complaints").status_code == 200
        assert app.extensions["kept_pages"].answered == before + 1


@pytest.mark.parametrize("sizes", [(9, 1), (5, 5, 4), (6, 3, 3), (4,), (20, 5, 1, 1), (), (4, 4)])
def test_no_line_for_everybody_counts_fewer_than_five(sizes: tuple[int, ...]) -> None:
    shown, others = merge_small({str(number): ComplaintLine(received=size) for number, size in enumerate(sizes)})
    assert all(line.received >= 5 for line in shown.values())
    assert others is None or others.received >= 5
    hidden = sum(sizes) - sum(line.received for line in shown.values()) - (others.received if others else 0)
    assert hidden == 0 or not shown
