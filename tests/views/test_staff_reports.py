"""The managers' page: its figures are those of the cases, of one organisation or of all, on the page and as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from portal import db as database
from portal.models import AuditEntry, Case, Decision, Group, Organisation, QueueEntry, Referral, StaffMember
from portal.services.reports.applications import STANDINGS
from portal.services.workbooks import read_workbook
from portal.web.sheets import HEADS
from tests.conftest import Clock
from tests.review_data import make_account, make_case
from tests.staff_signing_in import sign_in_staff

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def cases(app, demo_data, clock: Clock) -> dict[str, Case]:
    """At the manager's body: in time, late, refused, waiting, overdue, withdrawn, one of October; at another: one."""
    database.connect()
    StaffMember.update(language="en").execute()
    Case.update(submitted_at=dt.datetime(2019, 1, 1, tzinfo=dt.UTC)).execute()  # those of the demo, out of the way
    now, account = clock(), make_account()
    own = Organisation.get(Organisation.code == "oral-edu")
    other = Organisation.get(Organisation.code == "aqsai-edu")
    sent = now - 10 * DAY

    def made(state: str, body: Organisation = own, after: dt.timedelta | None = None, **changes) -> Case:
        answered = {"answered_at": changes.get("submitted_at", sent) + after} if after else {}
        return make_case(
            body, account, state, **{"submitted_at": sent, "due_at": sent + 2 * DAY, **answered, **changes}
        )

    found = {
        "in_time": made("granted", after=3 * HOUR),
        "late": made("granted", after=5 * DAY),
        "refused": made("refused", after=30 * HOUR),
        "waiting": made("in_review", due_at=now + DAY),
        "overdue": made("in_review"),
        "withdrawn": made("withdrawn", after=HOUR),
        "october": made("granted", after=HOUR, submitted_at=dt.datetime(2026, 10, 31, 18, 59, tzinfo=dt.UTC)),
        "november": made("granted", after=HOUR, submitted_at=dt.datetime(2026, 10, 31, 19, 0, tzinfo=dt.UTC)),
        "elsewhere": made("granted", other, after=HOUR),
    }
    member = StaffMember.get(StaffMember.login == "oral.head")
    Decision.create(
        case=found["refused"], open_case=found["refused"].id, kind="refuse", ground="no-consent", explanation="–",
        prepared_by=member, prepared_at=now, signed_by=member, signed_at=now, issued_at=now, state="signed",
    )  # fmt: skip
    # Signed after hours: nobody has been refused yet.
    Decision.create(
        case=found["waiting"], open_case=found["waiting"].id, kind="refuse", ground="no-consent", explanation="–",
        prepared_by=member, prepared_at=now, signed_by=member, signed_at=now, issue_at=now + DAY, state="signed",
    )  # fmt: skip
    return found


def page(client: FlaskClient, address: str = "/staff/reports") -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def facts(soup: BeautifulSoup) -> dict[str, str]:
    return {each.dt.text: each.dd.text for each in soup.select("dl.facts > div")}


def lines(client: FlaskClient, name: str, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/staff/reports/{name}.csv{query}")
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))


def test_a_manager_sees_the_figures_of_the_own_organisation(client, cases):
    sign_in_staff(client, "oral.manager")
    assert facts(page(client)) == {
        "Received": "8", "Answered in time": "4", "Answered late": "1", "Waits in the queue": "0",
        "Waiting, term not over": "1",
        "Waiting, overdue": "1", "Withdrawn": "1", "Share in time": "66 %",
    }  # fmt: skip


def test_v8_4_1_a_manager_sees_no_other_organisation_whatever_is_asked(client, cases):
    sign_in_staff(client, "oral.manager")
    assert facts(page(client, "/staff/reports?body=aqsai-edu"))["Received"] == "8"
    assert {line["Organisation"] for line in lines(client, "figures", "?body=aqsai-edu")} == {
        cases["in_time"].body.name_en
    }
    assert client.get("/staff/reports?body=aqsai-edu").text.count(cases["elsewhere"].body.name_en) == 0


def test_an_administrator_sees_all_organisations_or_one(client, cases):
    sign_in_staff(client, "admin")
    soup = page(client)
    assert facts(soup)["Received"] == "9"
    rows = soup.select("table.figures")[-1].select("tbody tr")
    assert [row.select_one("td").text for row in rows] == ["8", "1"]
    one = page(client, rows[1].a["href"])
    assert facts(one)["Received"] == "1"
    assert client.get("/staff/reports?body=none").status_code == 404


def test_a_month_begins_at_midnight_of_the_country(client, cases):
    sign_in_staff(client, "oral.manager")
    Case.update(submitted_at=dt.datetime(2026, 7, 31, 19, 0, tzinfo=dt.UTC)).where(
        Case.id == cases["waiting"].id
    ).execute()
    rows = page(client).select("table.figures tbody tr")
    assert [(row.th.text, row.td.text) for row in rows] == [
        ("08.2026", "1"), ("09.2026", "0"), ("10.2026", "1"), ("11.2026", "6"),
    ]  # fmt: skip


def test_the_median_and_the_refusals_are_in_words(client, cases):
    sign_in_staff(client, "oral.manager")
    state, median, grounds = page(client).select("table.counts")
    assert {row.th.text: row.td.text for row in state.select("tbody tr")} == {
        "Granted": "4", "Refused": "1", "In review": "2", "Withdrawn": "1",
    }  # fmt: skip
    assert [row.td.text for row in median.select("tbody tr")] == ["3 hours"]
    assert [row.td.text for row in grounds.select("tbody tr")] == ["1"]
    assert "no-consent" not in grounds.text


def test_days_and_service_narrow_the_figures(client, cases):
    sign_in_staff(client, "oral.manager")
    assert facts(page(client, "/staff/reports?since=2026-11-01&until=2026-11-01"))["Received"] == "1"
    assert facts(page(client, "/staff/reports?since=2026-11-30&until=2026-11-01"))["Received"] == "7"
    assert "No application was sent" in page(client, "/staff/reports?service=preschool-queue").text
    assert facts(page(client, "/staff/reports?since=yesterday&until=0001-01-01"))["Received"] == "8"


def test_charts_are_drawn_by_the_server_and_named(client, cases):
    sign_in_staff(client, "oral.manager")
    soup = page(client)
    chart = soup.select_one("svg.months")
    heights = {rect["class"][0]: float(rect["height"]) for rect in chart.select("rect")[1:]}
    assert sum(float(rect["height"]) for rect in chart.select("rect")[1:]) == pytest.approx(100, abs=0.1)
    assert heights["in_time"] == pytest.approx(3 / 7 * 100, abs=0.1)
    assert all(
        svg["role"] == "img" and (svg.has_attr("aria-label") or svg["aria-hidden"] == "true")
        for svg in soup.select("svg")
    )
    assert not soup.select("[style], script:not([src])")


def test_v1_2_10_the_csv_holds_the_figures_and_no_formula(client, cases):
    Organisation.update(name_en='=HYPERLINK("x")').where(Organisation.code == "aqsai-edu").execute()
    sign_in_staff(client, "admin")
    found = {(line["Organisation"], line["Month"]): line for line in lines(client, "figures")}
    assert ('\'=HYPERLINK("x")', "01.11.2026") in found
    own = found[cases["late"].body.name_en, "01.11.2026"]
    assert [own[str(HEADS[name])] for name in ("received", *STANDINGS)] == ["7", "3", "1", "0", "1", "1", "1"]
    (refusal,) = lines(client, "refusals")
    assert (refusal["Ground (code)"], refusal["Refusals"], refusal["Month"]) == ("no-consent", "1", "01.11.2026")
    assert refusal["Ground"] != "no-consent"
    assert AuditEntry.select().where(AuditEntry.action == "export").count() == 2


@pytest.mark.parametrize("login", ["oral.officer", "oral.head"])
def test_v8_2_1_officers_and_heads_are_no_managers(client, cases, login):
    sign_in_staff(client, login)
    assert client.get("/staff/reports").status_code == 403
    assert client.get("/staff/reports/figures.csv").status_code == 403


def test_a_child_that_waits_is_no_answer_and_its_time_is_until_the_place(client, cases, clock):
    """That it was put into the queue at once is not what the family came for."""
    body, account = cases["in_time"].body, cases["in_time"].account
    sent = clock() - 40 * DAY
    waits, placed = (
        make_case(body, account, state, service="preschool-queue", submitted_at=sent, answered_at=sent,
                  due_at=sent + HOUR, is_open=False)
        for state in ("accepted", "granted")
    )  # fmt: skip
    group = Group.get()
    for case, state in ((waits, "waiting"), (placed, "offered")):
        entry = QueueEntry.create(
            case=case, child_iin="1", locality=group.kindergarten.locality, birth_year=2023, priority=2, asked_at=sent,
            language="kk", kindergartens=[], wanted_from=sent.date(), state=state,
        )  # fmt: skip
    Referral.create(entry=entry, group=group, seat=1, given_at=sent + 30 * DAY)
    sign_in_staff(client, "oral.manager")
    shown = facts(page(client, "/staff/reports?service=preschool-queue"))
    assert (shown["Waits in the queue"], shown["Answered in time"], shown["Share in time"]) == ("1", "1", "100 %")
    _, median, _ = page(client, "/staff/reports?service=preschool-queue").select("section")
    assert median.td.text == "30 days"


def test_the_figures_come_as_a_workbook_too(client, cases):
    sign_in_staff(client, "oral.manager")
    answer = client.get("/staff/reports/figures.xlsx")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = read_workbook(answer.get_data())
    assert (rows[0][:3], rows[1][1]) == (["Organisation", "Month", "Received"], "2026-10-01")
