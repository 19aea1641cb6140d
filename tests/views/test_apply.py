"""The journey of the kindergarten queue through the front door, without script."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.gateways.registries import RegistryClient, RegistryDown
from portal.models import Account, Case, Draft
from tests.conftest import Clock
from tests.queue_data import make_iin
from tests.signing_in import FATHER, MOTHER, last_code, sign_in

CHILDLESS = "010203590013"  # in the sandbox registers


@pytest.fixture(autouse=True)
def reference_data(app: Flask, fill_with_demo: Callable[[Flask], None]) -> None:
    fill_with_demo(app)


class Browser:
    """Fills in the main form as a person without script does: what is prefilled stays, names are as in the HTML."""

    def __init__(self, client: FlaskClient) -> None:
        self.client, self.page, self.path, self.requests, self.bytes = client, BeautifulSoup(""), "", 0, 0

    def get(self, path: str) -> TestResponse:
        return self._take(self.client.get(path))

    def send(self, **answers: object) -> TestResponse:
        """Send the main form; an answer replaces what stands in the control of that name."""
        form = self.page.select_one("main form")
        assert form is not None, self.page.text
        data = {}
        for control in form.select("input[name], select[name], textarea[name]"):
            if control.get("type") in ("radio", "checkbox") and not control.has_attr("checked"):
                continue
            chosen = control.select_one("option[selected]") or control.select_one("option")
            value = chosen["value"] if chosen else control.get("value", control.text)
            data.setdefault(control["name"], []).append(value)
        for name, value in answers.items():
            data[name.replace("__", "-")] = value if isinstance(value, list) else [value]
        return self._take(self.client.post(form.get("action") or self.path, data=data))

    def _take(self, response: TestResponse) -> TestResponse:
        self.requests += 1
        while response.status_code == 303:
            self.requests += 1
            response = self.client.get(response.location)
        self.path = urlsplit(response.request.url).path + (
            "?" + response.request.query_string.decode() if response.request.query_string else ""
        )
        self.page = BeautifulSoup(response.text, "lxml")
        return response

    @property
    def title(self) -> str:
        return self.page.select_one("h1").text


def newest_case() -> Case:
    return Case.select().order_by(Case.id.desc()).get()


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client)


def start(browser: Browser, lang: str = "kk", iin: str = MOTHER) -> None:
    sign_in(browser.client, iin, lang)
    browser.get(f"/{lang}/services/preschool-queue/apply")
    browser.send()


def child_of(browser: Browser, number: int = 0) -> str:
    """The value of a child in the list of the page."""
    return [radio["value"] for radio in browser.page.select("[name=child]")][number]


def to_check(browser: Browser, lang: str = "kk", iin: str = MOTHER, **answers: object) -> None:
    """Answer every step up to checking."""
    start(browser, lang, iin)
    browser.send(consent="yes")
    browser.send(child=answers.get("child") or child_of(browser))
    browser.send(child_confirmed="yes")
    browser.send(locality=answers.get("locality", "oral"))
    options = [box["value"] for box in browser.page.select("[name=kindergartens]")]
    browser.send(
        kindergartens=[options[0]],
        language="any",
        wanted_from__day="1",
        wanted_from__month="12",
        wanted_from__year="2026",
    )
    browser.send(priority="none")
    browser.send(message_language=lang)


def submit(browser: Browser) -> TestResponse:
    browser.send()
    return browser.send(code=last_code())


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_from_the_first_tap_to_a_number(browser: Browser, lang: str) -> None:
    to_check(browser, lang)
    assert browser.path.endswith("/check")
    response = submit(browser)
    assert response.status_code == 200
    reference = browser.page.select_one("output#reference").text
    assert newest_case().number == reference
    assert browser.page.select_one("[data-state]")["data-state"] in ("accepted", "granted")
    assert browser.page.select_one("#timeline li[data-event=submitted] time[datetime]")
    assert Draft.select().count() == 0


def test_each_bad_answer_is_named_beside_its_field_and_nothing_typed_is_lost(browser: Browser) -> None:
    to_check(browser)
    browser.get(browser.path.replace("check", "kindergartens"))
    response = browser.send(wanted_from__day="31", wanted_from__month="2", kindergartens=["", ""])
    assert response.status_code == 422
    assert browser.page.select_one("[role=alert]")
    described = browser.page.select_one("fieldset[aria-invalid]")["aria-describedby"].split()
    assert any(browser.page.find(id=name).select_one(".error") or "error" in name for name in described)
    assert browser.page.select_one("[name=wanted_from-day]")["value"] == "31"


def test_without_consent_nothing_more_is_asked(browser: Browser) -> None:
    start(browser)
    assert browser.send().status_code == 422
    browser.get(browser.path.replace("consent", "locality"))
    assert browser.path.endswith("/consent")


def test_a_change_from_the_check_page_returns_there(browser: Browser) -> None:
    to_check(browser)
    link = next(a["href"] for a in browser.page.select("main a") if "/priority?" in a["href"])
    browser.get(link)
    browser.send(priority="large_family")
    assert browser.path.endswith("/check")


def test_another_locality_asks_for_its_kindergartens_again(browser: Browser) -> None:
    to_check(browser)
    browser.get(browser.path.replace("check", "locality") + "?change=1")
    options = browser.page.select("[name=locality] option")
    browser.send(locality=next(option["value"] for option in options if option["value"] not in ("", "oral")))
    assert browser.path.split("?")[0].endswith("/kindergartens")


def test_a_change_that_opens_another_question_asks_that_one_and_returns(browser: Browser) -> None:
    to_check(browser)
    browser.get(browser.path.replace("check", "locality") + "?change=1")
    options = [option["value"] for option in browser.page.select("[name=locality] option")]
    browser.send(locality=next(code for code in options if code not in ("", "oral")))
    garden = next(each["value"] for each in browser.page.select("input[name=kindergartens]") if each["value"])
    browser.send(
        kindergartens=[garden], language="any", wanted_from__day="1", wanted_from__month="12", wanted_from__year="2026"
    )
    assert browser.path.endswith("/check"), "not once more through what was answered long ago"


def test_who_came_to_change_goes_back_to_the_check_page(browser: Browser) -> None:
    to_check(browser)
    check = browser.path
    browser.get(browser.path.replace("check", "priority") + "?change=1")
    browser.get(browser.page.select_one("main a")["href"])
    assert browser.path == check


def test_a_child_typed_by_a_stranger_reveals_nothing(browser: Browser, app: Flask) -> None:
    start(browser)
    browser.send(consent="yes")
    child, name = child_of(browser), browser.page.select_one("label.choice span").contents[0]
    browser.client = app.test_client()
    sign_in(browser.client, CHILDLESS)
    browser.get("/kk/services/preschool-queue/apply")
    browser.send()
    browser.send(consent="yes")
    browser.send(child="other")
    response = browser.send(child_iin=child)
    assert browser.path.endswith("/child-details")
    assert name not in response.text


def test_a_child_over_seven_is_refused_before_anything_else_is_asked(browser: Browser) -> None:
    start(browser)
    browser.send(consent="yes")
    browser.send(child="other")
    browser.send(child_iin=make_iin("1702155"))
    browser.send(child_iin=make_iin("1702155"))  # warned where it is typed, for some real IINs state another day
    response = browser.send(child_name="Үлгі Бала", child_birth_date="2017-02-15", relation="parent")
    assert response.status_code == 422
    assert "7 жасқа" in browser.page.select_one("[role=alert]").text


def test_a_draft_is_resumed_where_it_was_left(browser: Browser, app: Flask) -> None:
    start(browser)
    browser.send(consent="yes")
    elsewhere = Browser(app.test_client())
    sign_in(elsewhere.client)
    elsewhere.get("/kk/services/preschool-queue/apply")
    elsewhere.send()
    assert elsewhere.path == browser.path
    assert elsewhere.path.endswith("/child")


def test_v8_2_2_somebody_elses_draft_and_case_are_not_there(browser: Browser, app: Flask) -> None:
    to_check(browser)
    draft_page = browser.path
    other = app.test_client()
    sign_in(other, CHILDLESS)
    assert other.get(draft_page).status_code == 404
    submit(browser)
    assert other.get(browser.path).status_code == 404


def test_after_an_expired_session_what_was_typed_is_still_there(browser: Browser, clock: Clock) -> None:
    to_check(browser)
    page = browser.path.replace("check", "contact")
    browser.get(page)
    clock.forward(minutes=40)
    browser.send(contact_phone="8 701 000 00 00")
    assert "/sign-in" in browser.path
    browser.send(iin=MOTHER)
    browser.send(code=last_code())
    assert browser.path == page
    assert browser.page.select_one("[name=contact_phone]")["value"] == "8 701 000 00 00"


def test_v3_5_1_a_stale_token_shows_the_filled_form_again(browser: Browser) -> None:
    to_check(browser)
    browser.get(browser.path.replace("check", "contact"))
    response = browser.send(contact_phone="8 701 000 00 00", csrf_token="stale")
    assert response.status_code == 400
    assert browser.page.select_one("[name=contact_phone]")["value"] == "8 701 000 00 00"
    browser.send()
    assert browser.path.endswith("/check")


def test_a_double_tap_on_sign_makes_one_case_and_both_see_it(browser: Browser) -> None:
    to_check(browser)
    browser.send()
    sign_page, page = browser.path, browser.page
    code = last_code()
    first = browser.send(code=code)
    browser.page, browser.path = page, sign_page
    second = browser.send(code=code)
    assert first.request.path == second.request.path
    assert Case.select().join(Account).where(Account.iin == MOTHER).count() == 1


def test_one_live_entry_a_child_whichever_parent_files(browser: Browser, app: Flask) -> None:
    to_check(browser)
    submit(browser)
    father = Browser(app.test_client())
    start(father, iin=FATHER)
    father.send(consent="yes")
    response = father.send(child=child_of(father))
    assert response.status_code == 409
    assert newest_case().number not in response.text


def test_a_register_that_is_down_lets_the_citizen_type(browser: Browser, app: Flask, monkeypatch) -> None:
    start(browser)
    browser.send(consent="yes")

    def down(*_: object) -> None:
        raise RegistryDown

    for question in ("list_children", "find_child", "list_privileges", "find_person"):
        monkeypatch.setattr(RegistryClient, question, down)
    browser.get(browser.path)
    assert browser.page.select_one("main .notice")
    browser.send(child="other")
    browser.send(child_iin=make_iin("2305016"))
    browser.send(child_name="Үлгі Бала", child_birth_date="2023-05-01", relation="parent")
    browser.send(locality="oral")
    options = [box["value"] for box in browser.page.select("[name=kindergartens]")]
    browser.send(kindergartens=[options[0]], language="any", wanted_from="2026-12-01")
    browser.send(priority="none")
    browser.send(message_language="kk")
    submit(browser)
    assert newest_case().unchecked
    assert browser.page.select_one("[data-event=to_be_checked]")


def test_withdrawing_asks_first_and_then_frees_the_child(browser: Browser) -> None:
    to_check(browser)
    submit(browser)
    browser.get(browser.path + "/withdraw")
    assert newest_case().state != "withdrawn"
    browser.send()
    assert browser.page.select_one("[data-state]")["data-state"] == "withdrawn"
    assert browser.page.select_one(".notice.good[role=status]").text == "Дайын. SMS арқылы растаймыз."
    to_check_again = Browser(browser.client)
    to_check_again.get("/kk/services/preschool-queue/apply")
    to_check_again.send()
    assert to_check_again.path.endswith("/consent")


def test_who_does_not_find_their_town_or_kindergarten_in_the_list_has_a_way_on(browser: Browser) -> None:
    start(browser, "en")
    browser.send(consent="yes")
    browser.send(child=child_of(browser))
    browser.send(child_confirmed="yes")
    for chosen in ({"locality": "oral"}, {}):
        assert "Not in the list?" in browser.page.text
        assert browser.page.select_one('main a[href="tel:1414"]')
        assert browser.client.get(browser.page.select_one('main a[href$="/providers"]')["href"]).status_code == 200
        browser.send(**chosen)
