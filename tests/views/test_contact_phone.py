"""A phone that an application names: nothing goes there before its holder has read a code from it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal import db as database
from portal.models import Case, Message
from portal.services.messages import notices
from tests.conftest import Clock
from tests.signing_in import FATHER, last_code, post, sign_in
from tests.views.test_apply import Browser, child_of, newest_case, start, submit

pytestmark = pytest.mark.usefixtures("demo_data")

OWN, NAMED = "+77000000001", "+77015554433"


@pytest.fixture
def browser(app: Flask) -> Browser:
    """The mother has sent an application that names another phone."""
    browser = Browser(app.test_client())
    start(browser, "en")
    browser.send(consent="yes")
    browser.send(child=child_of(browser))
    browser.send(child_confirmed="yes")
    browser.send(locality="oral")
    browser.send(
        kindergartens=["oral-01"], language="kk", wanted_from__day="1", wanted_from__month="12",
        wanted_from__year="2026",
    )  # fmt: skip
    browser.send(priority="none")
    assert "until then SMS go to the one you sign in with" in browser.page.text
    browser.send(contact_phone="8 701 555 44 33", message_language="en")
    submit(browser)
    return browser


def told(number: str) -> list[str]:
    return [row.text for row in Message.select().where(Message.to == number).order_by(Message.id)]


def test_a_number_that_was_only_written_down_gets_neither_news_nor_the_receipts_code(browser: Browser) -> None:
    case = newest_case()
    assert told(NAMED) == []
    assert any(case.receipt_code in text for text in told(OWN))


def test_the_case_leads_to_the_code_that_proves_the_number_and_then_news_go_there(
    browser: Browser, clock: Clock
) -> None:
    case, client = newest_case(), browser.client
    page = BeautifulSoup(client.get(f"/en/cabinet/{case.number}").text, "html.parser")
    notice = page.select_one("#unproved-phone")
    assert notice
    assert NAMED in notice.text
    assert OWN in notice.text
    clock.forward(minutes=6)  # who holds the session proves first that it is theirs
    there = notice.a["href"]
    post(client, there)
    asked = post(client, there, {"code": last_code()})
    form = BeautifulSoup(client.get(asked.location).text, "html.parser")
    assert form.select_one("[name=phone]")["value"] == NAMED
    post(client, asked.location, {"phone": NAMED})
    post(client, asked.location, {"code": last_code()})
    assert "unproved-phone" not in client.get(f"/en/cabinet/{case.number}").text
    database.connect()
    notices.tell(Case.get_by_id(case.id), "withdrawn", clock())
    assert case.number in told(NAMED)[-1]


def test_nobody_reads_a_number_from_somebody_elses_case(browser: Browser, app: Flask) -> None:
    other = app.test_client()
    sign_in(other, FATHER)
    seen = other.get(f"/en/cabinet/settings/phone?case={newest_case().number}")  # as if no case had been named
    assert seen.status_code == 200
    assert NAMED not in seen.text
