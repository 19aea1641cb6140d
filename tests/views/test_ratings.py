"""How was the service? Asked once after a result, by SMS and in the cabinet; a low mark reaches the managers."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from portal import db as database
from portal.models import Account, Case, Message, Rating
from portal.services.cabinet import ratings
from portal.services.messages.notices import tell
from tests.complaint_data import make_complaint
from tests.conftest import Clock
from tests.review_data import make_case, make_school, make_staff
from tests.signing_in import FATHER, MOTHER, post, sign_in
from tests.views.test_apply import Browser


class Result:
    """The mother's case, refused by a school that has a manager."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        database.connect()
        self.browser, self.clock = Browser(app.test_client()), clock
        sign_in(self.browser.client, MOTHER)
        school = make_school()
        self.manager = make_staff(school, "manager", "manager")
        self.account = Account.get(Account.iin == MOTHER)
        self.case = make_case(school, self.account, "refused")
        self.page = f"/kk/cabinet/{self.case.number}"

    def messages(self, key: str) -> list[Message]:
        return list(Message.select().where(Message.key.contains(key)))


@pytest.fixture
def result(app: Flask, clock: Clock) -> Result:
    return Result(app, clock)


def test_one_tap_and_a_sentence_keep_the_mark_once(result: Result) -> None:
    result.browser.get(result.page)
    result.browser.send(score="5", text="Рақмет, тез болды.")
    rating = Rating.get()
    assert (rating.case, rating.score, rating.text) == (result.case, 5, "Рақмет, тез болды.")
    assert result.browser.page.select_one("[data-score='5']")
    assert not result.browser.page.select("[name=score]"), "asked once"
    assert result.messages("low_rating") == []
    assert post(result.browser.client, f"{result.page}/rate", {"score": "1"}).status_code == 303
    assert Rating.get().score == 5


@pytest.mark.parametrize("score", ["1", "2"])
def test_a_low_mark_reaches_the_managers_and_shows_the_way_to_complain(result: Result, score: str) -> None:
    result.browser.get(result.page)
    result.browser.send(score=score)
    assert [message.to for message in result.messages("low_rating")] == [result.manager.email]
    assert result.browser.page.select_one(f"[data-score] a[href*='about={result.case.number}']")


def test_a_low_mark_for_an_answer_shows_the_way_too(result: Result) -> None:
    case = make_complaint(result.case.body, result.account)
    Case.update(state="refused", is_open=False).where(Case.id == case.id).execute()
    assert post(result.browser.client, f"/kk/cabinet/{case.number}/rate", {"score": "1"}).status_code == 303
    result.browser.get(f"/kk/cabinet/{case.number}")
    assert result.browser.page.select_one("[data-score] a[href*='service=home-schooling']")


@pytest.mark.parametrize("score", ["", "0", "6", "good", "٣"])
def test_a_mark_is_one_of_five(result: Result, score: str) -> None:
    answer = post(result.browser.client, f"{result.page}/rate", {"score": score, "text": "Сөйлем"})
    assert answer.status_code == 422
    assert "Сөйлем" in answer.text
    assert Rating.select().count() == 0


def test_before_there_is_a_result_nothing_is_asked(result: Result) -> None:
    Case.update(state="in_review").execute()
    result.browser.get(result.page)
    assert not result.browser.page.select("[name=score]")
    with pytest.raises(ratings.NothingToRate):
        ratings.rate(result.account, result.case.number, 5, "", result.clock())


def test_nobody_else_rates_it(result: Result, app: Flask) -> None:
    other = app.test_client()
    sign_in(other, FATHER)
    assert post(other, f"{result.page}/rate", {"score": "1"}).status_code == 404
    assert Rating.select().count() == 0


def test_an_sms_asks_once_and_only_who_wants_reminders(result: Result) -> None:
    for hours in (0, 1):
        tell(result.case, "refused", result.clock() + dt.timedelta(hours=hours))
    assert len(result.messages(":rate")) == 1
    asked, told = result.messages(":rate")[0], result.messages(":refused")[0]
    assert asked.send_after - told.send_after == dt.timedelta(days=1), "the result is read first"
    Account.update(reminders=False).execute()
    second = make_case(result.case.body, Account.get_by_id(result.account.id), "refused")
    tell(second, "refused", result.clock())
    assert len(result.messages(":rate")) == 1
