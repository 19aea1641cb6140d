"""Kindergartens are chosen from a list that says what to expect of each, in an order of wish, and may be changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.models import Case, Draft, Event, Group, Kindergarten, Locality, QueueEntry, Referral
from tests.conftest import Clock
from tests.signing_in import FATHER, sign_in
from tests.views.test_apply import Browser, child_of, newest_case, start, submit, to_check

DAY = {"wanted_from__day": "1 12 2026", "wanted_from__month": "", "wanted_from__year": ""}


@pytest.fixture(autouse=True)
def reference_data(app: Flask, fill_with_demo: Callable[[Flask], None]) -> None:
    fill_with_demo(app)


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client)


def to_kindergartens(browser: Browser, lang: str = "en") -> list[str]:
    """To the page where one chooses; the codes that it offers."""
    start(browser, lang)
    browser.send(consent="yes")
    browser.send(child=child_of(browser))
    browser.send(child_confirmed="yes")
    browser.send(locality="oral")
    return offered(browser)


def offered(browser: Browser) -> list[str]:
    return [box["value"] for box in browser.page.select("[name=kindergartens]")]


def said_of(browser: Browser, code: str) -> str:
    return browser.page.select_one(f"[value={code}]").find_parent("label").text


def take_all_places() -> None:
    Group.update(places=0).execute()


def apply(browser: Browser, lang: str = "en") -> Case:
    """An application that waits: no place is free anywhere."""
    take_all_places()
    to_check(browser, lang)
    submit(browser)
    return newest_case()


def test_the_list_says_address_free_places_and_how_many_wait(browser: Browser) -> None:
    garden = Kindergarten.get(Kindergarten.code == "oral-01")
    Group.update(places=0).where(Group.kindergarten == garden, Group.birth_year == 2023).execute()
    Group.update(places=7).where(
        Group.kindergarten == garden, Group.birth_year == 2023, Group.language == "ru"
    ).execute()
    to_kindergartens(browser)
    before = (
        QueueEntry.select()
        .join(Locality)
        .where(Locality.code == "oral", QueueEntry.birth_year == 2023, QueueEntry.state == "waiting")
    )
    wishing = sum("oral-01" in entry.kindergartens for entry in before)
    taken = Referral.select().join(Group).where(
        Group.kindergarten == garden, Group.birth_year == 2023, Group.language == "ru", Referral.seat.is_null(False)
    ).count()  # fmt: skip
    words = said_of(browser, "oral-01")
    assert garden.address_en in words
    assert f"Free in the Russian group: {7 - taken}." in words
    assert "Free in the Kazakh group: 0." in words
    assert f"Waiting: {wishing}." in words


def test_it_says_where_there_is_no_group_for_the_childs_year(browser: Browser) -> None:
    garden = Kindergarten.get(Kindergarten.code == "oral-01")
    Referral.delete().execute()
    Group.delete().where(Group.kindergarten == garden, Group.birth_year == 2023).execute()
    to_kindergartens(browser)
    assert "No group for children born in 2023." in said_of(browser, "oral-01")


def test_one_kindergarten_needs_no_order(browser: Browser) -> None:
    codes = to_kindergartens(browser)
    browser.send(kindergartens=codes[:1], language="any", **DAY)
    assert browser.path.endswith("/priority")


def test_several_are_put_in_order_and_the_order_is_kept(browser: Browser) -> None:
    codes = to_kindergartens(browser)
    browser.send(kindergartens=codes[:3], language="any", **DAY)
    assert browser.path.endswith("/kindergartens/order")
    browser.send(up=codes[2])
    browser.send(up=codes[2])
    assert Draft.get().answers["kindergartens"] == [codes[2], codes[0], codes[1]]
    browser.send()
    assert browser.path.endswith("/priority")
    browser.get(browser.path.replace("priority", "kindergartens"))
    assert offered(browser)[:3] == [codes[2], codes[0], codes[1]], "what is chosen stands first, in its order"
    browser.send()
    assert browser.path.endswith("/priority"), "the same choice is not asked about once more"
    assert Draft.get().answers["kindergartens"] == [codes[2], codes[0], codes[1]]


def test_more_than_four_are_refused_with_the_mend(browser: Browser) -> None:
    codes = to_kindergartens(browser)
    assert browser.send(kindergartens=codes[:5], language="any", **DAY).status_code == 422
    assert "You chose 5. Choose at most 4" in browser.page.select_one("#kindergartens-error").text
    assert len(browser.page.select("[name=kindergartens][checked]")) == 5


class TestChangingLater:
    def test_the_choice_changes_and_the_moment_stands(self, browser: Browser, clock: Clock) -> None:
        case = apply(browser)
        entry = QueueEntry.get(QueueEntry.case == case)
        clock.forward(minutes=10)
        browser.get(browser.path)
        link = browser.page.select_one(f"main a[href='/en/cabinet/{case.number}/choice']")
        browser.get(link["href"])
        codes = offered(browser)
        browser.send(kindergartens=[codes[1]])
        assert browser.path.endswith(f"/cabinet/{case.number}?done=choice")
        now = QueueEntry.get_by_id(entry.id)
        assert now.kindergartens == [codes[1]]
        assert (now.asked_at, now.state) == (entry.asked_at, "waiting")
        assert Case.get_by_id(case.id).answers["kindergartens"] == [codes[1]]
        assert "You changed your choice of kindergartens" in browser.page.select_one("[data-event=wishes_changed]").text

    def test_several_are_put_in_order_before_anything_is_saved(self, browser: Browser) -> None:
        case = apply(browser)
        browser.get(f"/en/cabinet/{case.number}/choice")
        codes = offered(browser)
        browser.send(kindergartens=codes[:2])
        assert QueueEntry.get(QueueEntry.case == case).kindergartens == codes[:1], "nothing is saved yet"
        browser.send(up=codes[1])
        browser.send(ordered="")
        assert QueueEntry.get(QueueEntry.case == case).kindergartens == [codes[1], codes[0]]
        assert Event.select().where(Event.case == case, Event.kind == "wishes_changed").count() == 1

    def test_a_place_free_at_the_new_kindergarten_is_given_at_once(self, browser: Browser) -> None:
        case = apply(browser)
        codes = [row.code for row in Kindergarten.select().join(Locality).where(Locality.code == "oral")]
        other = next(code for code in codes if code not in case.answers["kindergartens"])
        free = Kindergarten.get(Kindergarten.code == other)
        Referral.delete().execute()
        QueueEntry.delete().where(QueueEntry.case != case).execute()
        Group.update(places=50).where(Group.kindergarten == free).execute()
        browser.get(f"/en/cabinet/{case.number}/choice")
        browser.send(kindergartens=[other])
        assert Case.get_by_id(case.id).state == "granted"

    def test_a_bad_choice_says_so_and_changes_nothing(self, browser: Browser) -> None:
        case = apply(browser)
        browser.get(f"/en/cabinet/{case.number}/choice")
        assert browser.send(kindergartens=["elsewhere-1"]).status_code == 422
        assert QueueEntry.get(QueueEntry.case == case).kindergartens == case.answers["kindergartens"]

    def test_a_place_that_was_given_or_a_case_withdrawn_offers_no_change(self, browser: Browser) -> None:
        case = apply(browser)
        QueueEntry.update(state="offered").where(QueueEntry.case == case).execute()
        browser.get(f"/en/cabinet/{case.number}/choice")
        assert browser.path.endswith(f"/cabinet/{case.number}")
        assert browser.page.select_one("a[href$='/choice']") is None

    def test_v8_2_2_somebody_elses_choice_is_not_there(self, browser: Browser, app: Flask) -> None:
        case = apply(browser)
        father = app.test_client()
        sign_in(father, FATHER, "en")
        assert father.get(f"/en/cabinet/{case.number}/choice").status_code == 404
