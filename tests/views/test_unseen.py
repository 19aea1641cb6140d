"""Nobody signs a text that they have not seen: two devices, two windows, two languages."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal.models import Case, Draft, OneTimeCode
from portal.services.local_time import local
from tests.conftest import Clock
from tests.signing_in import MOTHER, last_code, sign_in
from tests.views.test_apply import Browser, newest_case, reference_data, to_check

assert reference_data  # the fixture that fills the tables

CHANGED = "The text was changed at"


@pytest.fixture
def here(app: Flask) -> Browser:
    """The first device, on its signing page."""
    browser = Browser(app.test_client())
    to_check(browser, "en")
    browser.send()
    assert browser.path.endswith("/sign")
    return browser


@pytest.fixture
def there(app: Flask, here: Browser) -> Browser:
    """The same person on another device."""
    browser = Browser(app.test_client())
    sign_in(browser.client, MOTHER, "en")
    return browser


def change(browser: Browser, sign_page: str, phone: str = "8 701 999 88 77") -> None:
    browser.get(sign_page.replace("/sign", "/contact") + "?change=1")
    browser.send(contact_phone=phone)


def cases() -> int:
    return Case.select().where(Case.kind == "application", ~Case.draft_key.startswith("demo")).count()


def test_what_was_changed_on_another_device_is_not_signed_and_the_page_says_when(here, there, clock: Clock) -> None:
    code, before = last_code(), here.page.select_one("[name=text]")["value"]
    clock.forward(minutes=2)
    change(there, here.path)
    answer = here.send(code=code)
    assert (answer.status_code, cases()) == (422, 0)
    told = here.page.select_one("[role=alert]").text
    assert f"{CHANGED} {local(clock()):%H:%M}" in told
    assert "Ask for a new code" in told
    shown = here.page.select_one("details[open]").text
    assert "+77019998877" in shown
    assert here.page.select_one("[name=code]") is None, "no code that was sent signs this text"
    assert OneTimeCode.select().where(OneTimeCode.purpose == "sign", OneTimeCode.tries > 0).count() == 0
    here.send(again="1")
    assert here.page.select_one("[name=text]")["value"] != before
    assert not here.page.select(".notice[role=status]")
    here.send(code=last_code())
    assert newest_case().answers["contact_phone"] == "+77019998877"


def test_who_comes_back_to_the_page_reads_that_the_text_is_another_one(here, there, clock: Clock) -> None:
    clock.forward(minutes=2)
    change(there, here.path)
    assert here.get(here.path).status_code == 200
    assert CHANGED in here.page.select_one(".notice[role=status]").text
    assert here.page.select_one("[name=code]") is None


def test_a_code_sent_for_the_new_text_in_another_window_does_not_sign_what_the_old_one_shows(here) -> None:
    window, page = here.path, here.page
    change(here, window)
    here.get(window.replace("/sign", "/check"))
    here.send()
    code = last_code()
    here.path, here.page = window, page
    assert (here.send(code=code).status_code, cases()) == (422, 0)
    assert "+77019998877" in here.page.select_one("details[open]").text
    assert here.page.select_one("[name=code]"), "the code is good for the text that is shown now"
    here.send(code=code)
    assert cases() == 1


def test_the_text_in_another_language_is_another_text(here) -> None:
    code = last_code()
    here.get(here.path.replace("/en/", "/ru/"))
    assert here.page.select_one(".notice[role=status]")
    assert here.page.select_one("[name=code]") is None
    here.get(here.path.replace("/ru/", "/en/"))
    assert not here.page.select_one(".notice[role=status]")
    here.send(code=code)
    assert cases() == 1


@pytest.mark.parametrize("seen", ["", "x", ".", "0.9999999999999999999", "ы.²"])
def test_a_mark_that_no_page_bore_signs_nothing_unless_it_is_left_out(here, seen: str) -> None:
    answer = here.send(code=last_code(), text=seen)
    assert cases() == (1 if not seen else 0)
    assert answer.status_code == (200 if not seen else 422)


def test_signing_twice_with_one_code_leads_to_the_one_case(here) -> None:
    window, page, code = here.path, here.page, last_code()
    first = here.send(code=code)
    here.path, here.page = window, page
    second = here.send(code=code)
    assert first.request.path == second.request.path
    assert second.status_code == 200
    assert BeautifulSoup(second.text, "lxml").select_one("output#reference")
    assert cases() == 1


def test_a_complaint_that_was_changed_elsewhere_is_not_signed_unread(app: Flask, clock: Clock) -> None:
    one, other = Browser(app.test_client()), Browser(app.test_client())
    for browser in (one, other):
        sign_in(browser.client, MOTHER, "en")
    one.get("/en/complaints/new?service=preschool-queue")
    one.send(against="provider")
    one.send(body="oral-edu", text="The queue has not moved for two weeks.", address="Oral, 1", outcome="Look again")
    assert one.path.endswith("/sign")
    code = last_code()
    clock.forward(minutes=2)
    other.get(one.path.removesuffix("/sign"))
    other.send(text="Something else altogether.")
    assert one.send(code=code).status_code == 422
    assert CHANGED in one.page.select_one("[role=alert]").text
    assert "Something else altogether." in one.page.select_one(".paper").text
    assert Draft.select().where(Draft.kind == "complaint").count() == 1
    one.send(again="1")
    one.send(code=last_code())
    assert newest_case().answers["text"] == "Something else altogether."


def pairs(browser: Browser) -> list[tuple[str, str]]:
    """What the page says has changed: from what, to what."""
    rows = browser.page.select(".changes > div")
    return [(row.select_one("del").text if row.select_one("del") else "", row.select_one("ins").text) for row in rows]


def test_the_page_says_which_answer_changed_from_what_to_what(here, there) -> None:
    change(there, here.path)
    here.send(code=last_code())
    assert pairs(here) == [("Your mobile phone: +77000000001", "Your mobile phone: +77019998877")]
    here.get(here.path)
    assert here.page.select_one(".notice[role=status]")


def test_answers_changed_since_the_check_page_was_opened_are_shown_before_a_code_is_sent(here, there) -> None:
    check = here.path.replace("/sign", "/check")
    here.get(check)
    codes = OneTimeCode.select().count()
    change(there, here.path.replace("/check", "/sign"))
    answer = here.send()
    assert (answer.status_code, OneTimeCode.select().count()) == (422, codes)
    assert pairs(here) == [("Your mobile phone: +77000000001", "Your mobile phone: +77019998877")]
    assert "+77019998877" in here.page.select_one("dl.answers").text
    here.send()
    assert here.path.endswith("/sign")
    assert OneTimeCode.select().count() == codes + 1


def test_a_new_code_asked_for_too_soon_says_when_and_the_page_stays(here) -> None:
    for _ in range(6):
        answer = here.send(again="1")
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert here.page.select_one("[name=code]") is not None
    assert "after" in here.page.select_one("main .notice[role=status]").text
    assert answer.headers["Retry-After"]


def test_every_answer_has_a_change_link_of_its_own_that_comes_back(here) -> None:
    check = here.path.replace("/sign", "/check")
    here.get(check)
    labels = [term.text for term in here.page.select("dl.answers dt")]
    links = here.page.select("dl.answers a")
    assert [link["aria-label"] for link in links] == [f"Change: {label}" for label in labels]
    for link in links:
        here.get(link["href"])
        assert here.page.select_one(f"main a[href='{check}']"), link["href"]
    here.send()
    assert here.path == check


def test_the_check_page_has_a_way_back(here) -> None:
    here.get(here.path.replace("/sign", "/check"))
    here.get(here.page.select_one("main a")["href"])
    assert here.path.endswith("/contact")
