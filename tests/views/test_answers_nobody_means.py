"""Answers that are no answer are refused beside their field, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.models import Draft
from tests.queue_data import make_iin
from tests.signing_in import MOTHER, post, sign_in
from tests.views.test_apply import CHILDLESS, Browser, start, to_check
from tests.views.test_wishes import DAY, to_kindergartens


@pytest.fixture(autouse=True)
def reference_data(app: Flask, fill_with_demo: Callable[[Flask], None]) -> None:
    fill_with_demo(app)


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client)


def to_child(browser: Browser) -> None:
    """To the page where the IIN of a child is typed."""
    start(browser, "en", CHILDLESS)
    browser.send(consent="yes")
    browser.send(child="other")


def to_child_details(browser: Browser) -> None:
    to_child(browser)
    browser.send(child_iin=make_iin("2305016"))
    assert browser.path.endswith("/child-details")


@pytest.mark.parametrize(("begins", "said"), [("2302316", "no such day"), ("9912316", "not born yet")])
def test_an_iin_whose_date_never_was_or_lies_ahead_is_refused_at_its_field(
    browser: Browser, begins: str, said: str
) -> None:
    to_child(browser)
    assert browser.send(child_iin=make_iin(begins)).status_code == 422
    assert said in browser.page.select_one("#child_iin-error").text


@pytest.mark.parametrize(
    "name", ["Бала <b>Үлгі</b>", "Бала 5", "Бала\u0301\u0301\u0301\u0301", "Үлгі\U0001f600", "Бала; Үлгі"]
)
def test_a_name_takes_no_sign_that_names_do_not_have(browser: Browser, name: str) -> None:
    to_child_details(browser)
    answer = browser.send(child_name=name, child_birth_date="2023-05-01", relation="parent")
    assert answer.status_code == 422
    assert "Take this out" in browser.page.select_one("#child_name-error").text


@pytest.mark.parametrize("name", ["О'Коннор Анна-Мария (Мүллер)", "Nguyễn Thị Ánh", "محمد علي", "Әбу Әли\uffff\x07"])
def test_a_name_may_be_of_any_script(browser: Browser, name: str) -> None:
    to_child_details(browser)
    browser.send(child_name=name, child_birth_date="2023-05-01", relation="parent")
    assert not browser.page.select_one("#child_name-error")
    assert Draft.get().answers["child_name"]


@pytest.mark.parametrize("parts", [("-1", "9", "2027"), ("1", "\u00b2", "2027"), ("1", "9", "\u2460")])
def test_a_date_takes_digits_and_nothing_like_them(browser: Browser, parts: tuple[str, str, str]) -> None:
    codes = to_kindergartens(browser)
    names = ("wanted_from__day", "wanted_from__month", "wanted_from__year")
    answer = browser.send(kindergartens=codes[:1], language="any", **dict(zip(names, parts, strict=True)))
    assert answer.status_code == 422
    assert browser.page.select_one("#wanted_from-error")
    assert "is saved once everything on it is right" in browser.page.text


def test_a_nul_is_a_blank_and_no_dead_end(browser: Browser) -> None:
    to_child_details(browser)
    browser.send(child_name="Үлгі\0Бала", child_birth_date="2023-05-01", relation="parent")
    assert Draft.get().answers["child_name"] == "Үлгі Бала"


@pytest.mark.parametrize("typed", ["№ 12", "№12", "No. 12", "N 12", "No 12", "№ № 12"])
def test_the_sign_before_a_number_is_not_kept(browser: Browser, typed: str) -> None:
    to_child_details(browser)
    browser.send(child_name="Үлгі Бала", child_birth_date="2023-05-01", relation="parent", child_certificate=typed)
    assert Draft.get().answers["child_certificate"] == "12"


def test_a_series_with_an_n_stays_what_it_is(browser: Browser) -> None:
    to_child_details(browser)
    browser.send(child_name="Үлгі Бала", child_birth_date="2023-05-01", relation="parent", child_certificate="N12-3")
    assert Draft.get().answers["child_certificate"] == "N12-3"


class TestTooLong:
    TEXT = "Ә" * 21_000

    def test_a_complaint_comes_back_with_its_text_and_the_limit_beside_it(self, browser: Browser) -> None:
        sign_in(browser.client, MOTHER)
        browser.get("/ru/complaints/new?service=preschool-queue")
        assert "8000" in browser.page.select_one("#text-hint").text
        assert browser.send(text=self.TEXT, against="provider").status_code == 422
        assert browser.page.select_one("#text-error")
        assert browser.page.select_one("textarea[name=text]").text.strip() == self.TEXT

    def test_what_is_larger_than_any_form_takes_no_page_away_from_a_browser_with_script(self, app: Flask) -> None:
        from portal.web.htmx import CONFIG

        assert '{"code":"413","swap":false,"error":true}' in CONFIG
        client = app.test_client()
        sign_in(client, MOTHER)
        assert post(client, "/ru/complaints/new", {"text": "x" * 700_000}).status_code == 413


def test_an_addressee_that_the_service_does_not_have_stays_chosen_and_is_explained(browser: Browser) -> None:
    sign_in(browser.client, MOTHER)
    browser.get("/en/complaints/new")
    services = [each["value"] for each in browser.page.select("#service option")]
    offered = [each["value"] for each in browser.page.select("[name=against]")]
    browser.get("/en/complaints/new?service=home-schooling")
    fitting = [each["value"] for each in browser.page.select("[name=against]")]
    other = next(each for each in offered if each not in fitting)
    browser.get("/en/complaints/new")
    assert "home-schooling" in services
    assert browser.send(service="home-schooling", against=other, text="Үлгі").status_code == 422
    assert browser.page.select_one(f"[name=against][value={other}]").has_attr("checked")
    assert "Choose another service" in browser.page.select_one("#against-error").text


def test_the_order_is_a_place_one_comes_to_again(browser: Browser) -> None:
    codes = to_kindergartens(browser)
    browser.send(kindergartens=codes[:2], language="any", **DAY)
    order = browser.path
    browser.send()
    assert browser.page.select_one("main a")["href"].startswith(order), "Back leads to what one comes from"
    browser.send(priority="none")
    browser.send(message_language="en")
    assert browser.path.endswith("/check")
    again = browser.page.find("a", string="Change the order")["href"]
    browser.get(again)
    browser.send(up=codes[1])
    browser.send()
    assert browser.path.endswith("/check")
    assert Draft.get().answers["kindergartens"] == [codes[1], codes[0]]


def test_the_way_to_sign_that_is_chosen_stands_first(browser: Browser) -> None:
    to_check(browser)
    browser.send()
    controls = [each["name"] for each in browser.page.select("main form input:not([type=hidden])")]
    assert controls.index("code") < [*controls, "signature"].index("signature")
    ways = browser.page.select("[name=method]")
    assert not ways or ways[0].has_attr("checked")
