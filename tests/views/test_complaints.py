"""A complaint through the front door: its number, date, acceptor, term and confirmation."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from portal import db as database
from portal.models import Case, Draft, Message, Paper
from portal.services import complaints
from portal.services.demo import load_demo
from portal.services.languages import local
from tests.conftest import Clock
from tests.queue_data import PASSPORT
from tests.signing_in import MOTHER, last_code, sign_in
from tests.views.test_apply import Browser, submit, to_check


@pytest.fixture
def browser(app: Flask, clock: Clock) -> Browser:
    database.connect()
    load_demo(app.extensions["settings"], clock())
    return Browser(app.test_client())


def write(browser: Browser, to: str, text: str = "Кезек нөмірім дұрыс емес.", **more: str) -> None:
    browser.get("/kk/complaints/new?service=preschool-queue")
    if "/sign-in" in browser.path:
        browser.send(iin=MOTHER)
        browser.send(code=last_code())
    browser.send(to=to)
    bodies = [option["value"] for option in browser.page.select("#body option") if option["value"]]
    browser.send(body=bodies[0], text=text, address="Орал, Демо көшесі, 1", **more)


def complaint() -> Case:
    return Case.select().where(Case.kind == "complaint").order_by(Case.id.desc()).get()


@pytest.mark.parametrize(("to", "due"), [("provider", "2026-11-30"), ("state_corporation", "2026-11-30")])
def test_five_working_days_at_the_provider_and_the_state_corporation(browser: Browser, to: str, due: str) -> None:
    write(browser, to)
    browser.send(code=last_code())
    assert browser.page.select_one("time[datetime]")["datetime"].startswith(due)


def test_fifteen_working_days_at_the_authorised_body_leave_out_days_off(browser: Browser) -> None:
    write(browser, "authorised_body")
    browser.send(code=last_code())
    # Mon 23 Nov; 16 Dec (Independence Day) is off: the fifteenth working day is Mon 14 Dec.
    assert local(complaint().due_at).date() == dt.date(2026, 12, 14)


def test_the_confirmation_names_number_date_acceptor_term_and_place(browser: Browser) -> None:
    write(browser, "provider")
    browser.send(code=last_code())
    case = complaint()
    assert case.incoming_number.startswith("Ш-2026/")
    assert case.accepted_by
    paper = Paper.get(Paper.case == case)
    for value in (case.incoming_number, case.accepted_by, "2026-11-30", "2026-11-23"):
        assert value in str(paper.data)
    assert case.incoming_number in Message.select().where(Message.case == case).get().text
    browser.get(next(a["href"] for a in browser.page.select("main a") if "/papers/" in a["href"]))
    assert case.accepted_by in browser.page.text


def test_incoming_numbers_of_a_body_run_on(browser: Browser) -> None:
    numbers = []
    for text in ("Бірінші шағым", "Екінші шағым"):
        write(browser, "authorised_body", text)
        browser.send(code=last_code())
        numbers.append(int(complaint().incoming_number.rsplit("/", 1)[1]))
    assert numbers[1] == numbers[0] + 1


def test_on_a_day_off_it_is_registered_on_the_next_working_day(browser: Browser) -> None:
    route = complaints.routes(PASSPORT)[0]
    saturday = dt.datetime(2026, 11, 21, 7, 0, tzinfo=dt.UTC)
    registered, due = complaints.registration(route, saturday)
    assert (local(registered).date(), local(due).date()) == (dt.date(2026, 11, 23), dt.date(2026, 11, 30))


def test_a_complaint_about_my_application_goes_to_its_own_body(browser: Browser) -> None:
    to_check(browser)
    submit(browser)
    number = browser.page.select_one("#reference").text
    browser.get(f"/kk/complaints/new?about={number}")
    browser.send(to="provider")
    assert len([option for option in browser.page.select("#body option") if option["value"]]) == 1
    browser.send(text="Себебін түсіндіріңіз.", address="Орал")
    browser.send(code=last_code())
    assert complaint().about.number == number


def test_what_is_missing_is_named_and_what_was_written_stays(browser: Browser) -> None:
    write(browser, "provider", text="")
    assert browser.page.select_one("[role=alert]")
    assert browser.page.select_one("[name=address]")["value"] == "Орал, Демо көшесі, 1"
    assert Case.select().where(Case.kind == "complaint").count() == 0


def test_a_complaint_not_sent_waits_in_the_cabinet(browser: Browser) -> None:
    write(browser, "provider")
    browser.get("/kk/cabinet")
    draft = Draft.get(Draft.kind == "complaint")
    browser.get(next(a["href"] for a in browser.page.select("main a") if draft.key in a["href"]))
    assert "Кезек нөмірім" in browser.page.select_one("textarea").text


def test_a_double_tap_registers_one_complaint(browser: Browser) -> None:
    write(browser, "provider")
    page, path, code = browser.page, browser.path, last_code()
    browser.send(code=code)
    browser.page, browser.path = page, path
    browser.send(code=code)
    assert Case.select().where(Case.kind == "complaint").count() == 1


def test_home_schooling_names_the_general_law(browser: Browser) -> None:
    sign_in(browser.client, MOTHER)
    response = browser.get("/kk/complaints/new?service=home-schooling")
    assert "№ 88-V" in response.text
