"""The same application once more: told at the step of the child, before anything else is asked or signed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.models import Case, Draft, Kindergarten
from tests.queue_data import make_iin
from tests.signing_in import FATHER, sign_in
from tests.views import test_home_schooling as home
from tests.views.test_apply import CHILDLESS, Browser, child_of, newest_case, start, submit, to_check


@pytest.fixture
def browser(client: FlaskClient, app: Flask, fill_with_demo: Callable[[Flask], None]) -> Browser:
    fill_with_demo(app)
    return Browser(client)


def choose_again(browser: Browser, lang: str = "en"):  # type: ignore[no-untyped-def]
    browser.get(f"/{lang}/services/preschool-queue/apply")
    browser.send()
    browser.send(consent="yes")
    return browser.send(child=child_of(browser))


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_my_own_application_is_told_at_the_child_step_with_a_link_and_no_draft_stays(
    browser: Browser, lang: str
) -> None:
    to_check(browser, lang)
    submit(browser)
    case = newest_case()
    answer = choose_again(browser, lang)
    assert answer.status_code == 409
    assert browser.page.select_one(f'main a[href="/{lang}/cabinet/{case.number}"]')
    assert browser.page.select_one(f'main a[href="/{lang}/services/preschool-queue/apply"]'), "for another child"
    assert Draft.select().count() == 0


def test_also_where_no_register_has_confirmed_mine_and_i_typed_the_child(browser: Browser) -> None:
    iin = make_iin("2305016")
    sign_in(browser.client, CHILDLESS, "en")
    for _ in range(2):
        browser.get("/en/services/preschool-queue/apply")
        browser.send()
        browser.send(consent="yes")
        browser.send(child="other")
        answer = browser.send(child_iin=iin)
        if answer.status_code == 409:
            break
        browser.send(relation="parent", child_name="Үлгі Бала", child_birth_date="2023-05-01")
        browser.send(locality="oral")
        browser.send(
            kindergartens=[Kindergarten.get(Kindergarten.code == "oral-01").code], language="kk",
            wanted_from__day="1", wanted_from__month="12", wanted_from__year="2026",
        )  # fmt: skip
        browser.send(priority="none")
        browser.send(message_language="en")
        submit(browser)
        case = newest_case()
    assert browser.page.select_one(f'main a[href="/en/cabinet/{case.number}"]')
    assert Case.select().where(Case.number == case.number).count() == 1


def test_the_other_parents_application_is_told_there_without_a_name(browser: Browser, app: Flask) -> None:
    to_check(browser, "en")
    submit(browser)
    case = newest_case()
    father = Browser(app.test_client())
    start(father, "en", FATHER)
    father.send(consent="yes")
    answer = father.send(child=child_of(father))
    assert answer.status_code == 409
    said = " ".join(father.page.select_one("main").text.split())
    assert "1414" in said
    for secret in (case.number, case.account.name):
        assert secret not in answer.text
    assert Draft.select().count() == 0


def test_what_came_in_since_the_child_was_chosen_is_told_before_signing(browser: Browser, app: Flask) -> None:
    to_check(browser, "en")
    father = Browser(app.test_client())
    to_check(father, "en", FATHER)
    submit(father)
    answer = browser.get(browser.path)
    assert answer.status_code == 409
    assert newest_case().number not in answer.text


def test_home_schooling_too_has_one_application_of_mine_for_a_child(browser: Browser) -> None:
    case = home.to_case(browser, "en", ("a.pdf", home.files.pdf()))
    browser.get(f"/en/services/{home.SERVICE}/apply")
    browser.send()
    browser.send(consent="yes")
    answer = browser.send(child=browser.page.select_one("[name=child]")["value"])
    assert answer.status_code == 409
    assert browser.page.select_one(f'main a[href="/en/cabinet/{case.number}"]')
    assert Case.select().where(Case.service == home.SERVICE).count() == 1
