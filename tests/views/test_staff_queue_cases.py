"""Cases in a queue as officers meet them: claims that they took, what a citizen wrote, and the lists that hold both."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from portal import db as database
from portal.models import Case, Event, Organisation
from portal.services.cabinet import writing
from portal.services.office import watch, work_list
from portal.services.review import decisions
from portal.services.review import desk as review
from tests.conftest import Clock
from tests.review_data import make_account, make_case, make_unchecked
from tests.signing_in import post
from tests.views.test_staff_cases import Office, page_of
from tests.views.test_staff_lists import numbers

pytestmark = pytest.mark.usefixtures("demo_data")
QUEUE = {"kindergartens": ["oral-01"], "child_birth_date": "2023-05-01", "priority": "none", "child_name": "Үлгі Бала"}


@pytest.fixture
def office(app: Flask, clock: Clock) -> Office:
    return Office(app, clock)


def queued(office: Office, unchecked: bool = True) -> Case:
    """A case in the queue of the demo's town, which nobody has."""
    body = Organisation.get(Organisation.code == "oral-edu")
    if unchecked:
        return make_unchecked(body, make_account(7), state="accepted", is_open=False, answers=QUEUE)
    return make_case(body, make_account(7), "accepted", service="preschool-queue", is_open=False, answers=QUEUE)


def test_claims_that_somebody_took_are_theirs_until_they_are_decided(office: Office) -> None:
    case = queued(office)
    client = office.enter("oral.officer")
    assert case.number not in numbers(client.get("/staff/work?tab=mine"))
    post(client, f"/staff/cases/{case.number}/take")
    assert numbers(client.get("/staff/work?tab=mine")) == [case.number]
    counts = work_list.count_tabs(office.member("oral.officer"), office.clock())
    assert (counts["mine"], counts["overdue"]) == (1, 0), "in a queue no day of an answer is missed"
    paper = {"subject": "child", "paper_kind": "Birth certificate", "number": "7", "issued": "1.2.2024"}
    assert post(client, f"/staff/cases/{case.number}/check", paper).status_code == 303
    assert numbers(client.get("/staff/work?tab=mine")) == []


def test_claims_that_were_given_to_somebody_are_theirs_too(office: Office) -> None:
    case = queued(office)
    head, officer = office.member("oral.head"), office.member("oral.officer")
    review.assign(head, case.number, officer, office.clock())
    client = office.enter("oral.officer")
    page = page_of(client.get("/staff/work?tab=mine"))
    assert [row.text for row in page.select("tbody .news")], "the line says that it was given"
    link = page.select_one("[data-notice=assigned]")
    assert link.b.text == "1"
    assert numbers(client.get(link["href"])) == [case.number]


@pytest.mark.parametrize("unchecked", [True, False])
def test_what_a_citizen_wrote_to_a_queued_case_is_counted_and_its_link_leads_to_it(
    office: Office, unchecked: bool
) -> None:
    case = queued(office, unchecked)
    writing.write(case.account, case.number, "Мекенжайымыз өзгерді.", "key-1", office.clock())
    client = office.enter("oral.officer")
    page = page_of(client.get("/staff/work?tab=open"))
    assert case.number in [link.text for link in page.select("tbody th a")]
    link = page.select_one("[data-notice=answered]")
    rows = page_of(client.get(link["href"])).select("tbody tr")
    assert len(rows) == int(link.b.text) == 1
    assert rows[0].select_one(".news")
    watch.mark_overdue(office.clock() + dt.timedelta(days=30))
    late = Event.select().where(Event.case == case, Event.kind == "overdue")
    assert not late.exists(), "nobody is told that the queue is late"
    assert post(client, f"/staff/cases/{case.number}/message/read").status_code == 303
    database.connect()
    assert page_of(client.get("/staff/work?tab=open")).select_one("[data-notice=answered]") is None
    assert Case.get_by_id(case.id).is_open == unchecked, "what was read, with nothing to confirm, waits on by itself"


def test_a_message_after_the_decision_is_found_as_well(office: Office) -> None:
    case = make_case(office.school, office.account, "granted", office.officer)
    writing.write(case.account, case.number, "Рақмет!", "key-2", office.clock())
    client = office.enter()
    link = page_of(client.get("/staff/work")).select_one("[data-notice=answered]")
    assert numbers(client.get(link["href"])) == [case.number]


def test_what_a_head_handed_back_is_marked_in_the_list_that_its_notice_leads_to(office: Office) -> None:
    office.prepare()
    decisions.hand_back(office.head, office.case.number, "Мерзімін қараңыз.", office.clock())
    client = office.enter()
    link = page_of(client.get("/staff/work")).select_one("[data-notice=returned]")
    page = page_of(client.get(link["href"]))
    assert [row.text for row in page.select("tbody th a")] == [office.case.number]
    assert len(page.select("tbody .news")) == 1
    assert Event.select().where(Event.kind == "handed_back").count() == 1
