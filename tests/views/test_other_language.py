"""Turning to another language in the middle of a form loses nothing that was typed; without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.models import Case, Draft
from tests.conftest import Clock
from tests.signing_in import MOTHER, sign_in
from tests.views.test_apply import Browser, child_of, newest_case, start, submit, to_check


@pytest.fixture(autouse=True)
def reference_data(app: Flask, fill_with_demo: Callable[[Flask], None]) -> None:
    fill_with_demo(app)


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client)


def turn_to(browser: Browser, lang: str, **typed: object) -> int:
    """Press the button of a language with this typed into the page's form; the status."""
    button = browser.page.select_one(f"#languages button[lang={lang}]")
    form = browser.page.select_one(f"form#{button['form']}")
    form["action"] = button["formaction"]
    for other in browser.page.select("main form"):
        if other is not form:
            other.decompose()
    marks = {button["name"]: button["value"]} if button.get("name") else {}
    return browser.send(**typed, **marks).status_code


def test_a_step_keeps_what_was_typed_and_saves_nothing_yet(browser: Browser) -> None:
    start(browser, "kk")
    browser.send(consent="yes")
    browser.send(child=child_of(browser))
    browser.send(child_confirmed="yes")
    browser.send(locality="oral")
    boxes = [box["value"] for box in browser.page.select("[name=kindergartens]")]
    assert turn_to(browser, "ru", kindergartens=boxes[1:3], language="ru", wanted_from__day="1 қыркүйек 2027") == 200
    assert browser.path.startswith("/ru/apply/")
    assert [box["value"] for box in browser.page.select("[name=kindergartens][checked]")] == boxes[1:3]
    assert browser.page.select_one("[name=language][checked]")["value"] == "ru"
    assert browser.page.select_one("[name=wanted_from-day]")["value"] == "1 қыркүйек 2027"
    assert browser.page.select_one("#errors") is None
    assert "kindergartens" not in Draft.get().answers
    browser.send()
    assert Draft.get().answers["wanted_from"] == "2027-09-01"
    assert Draft.get().answers["kindergartens"] == boxes[1:3]


def test_a_complaint_keeps_its_text(browser: Browser) -> None:
    sign_in(browser.client, MOTHER, "kk")
    browser.get("/kk/complaints/new?service=preschool-queue")
    browser.send(against="provider")
    assert turn_to(browser, "en", text="Екі апта жауап жоқ.", address="Орал, 1") == 200
    assert browser.path.startswith("/en/complaints/")
    assert browser.page.select_one("[name=text]").text.strip() == "Екі апта жауап жоқ."
    assert browser.page.select_one("[name=address]")["value"] == "Орал, 1"
    assert browser.page.select_one("#errors") is None


def test_the_status_page_keeps_what_was_typed_and_what_was_found(browser: Browser) -> None:
    to_check(browser, "kk")
    submit(browser)
    case: Case = newest_case()
    browser.client.post("/kk/sign-out")
    browser.get("/kk/status")
    assert turn_to(browser, "ru", number=case.number, code="") == 200
    assert browser.page.select_one("[name=number]")["value"] == case.number
    browser.send(code=case.receipt_code)
    assert browser.page.select_one("[data-state]")
    assert turn_to(browser, "en") == 200
    assert browser.path == "/en/status"
    assert browser.page.select_one("h1").text == case.number
    assert browser.page.select_one("[data-state]")


def test_v8_2_2_a_ticket_of_the_status_page_opens_its_own_case_for_a_while(browser: Browser, clock: Clock) -> None:
    to_check(browser, "kk")
    submit(browser)
    case: Case = newest_case()
    browser.get("/kk/status")
    browser.send(number=case.number, code=case.receipt_code)
    ticket = browser.page.select_one("[name=ticket]")["value"]
    for wrong in (ticket.replace(case.number, "1111-11111"), ticket[:-1] + "x", case.number, "", "a.b.c", "1.²2.3"):
        assert turn_to(browser, "en", ticket=wrong) == 422, wrong
        browser.get("/kk/status")
        browser.send(number=case.number, code=case.receipt_code)
    clock.forward(minutes=16)
    assert turn_to(browser, "en", ticket=ticket) == 422
