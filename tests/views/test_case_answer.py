"""The case page is the answer: what to do next, where, until when, in each state; and the days for a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import db as database
from portal.models import Account, Case, Group, Kindergarten, Referral, StaffMember
from portal.services.cabinet import withdrawing
from portal.services.preschool import referrals
from portal.services.review import corrections, decisions
from portal.services.review import desk as review
from tests import files_to_upload as files
from tests.conftest import Clock
from tests.review_data import sign as sign_shown
from tests.signing_in import FATHER, sign_in
from tests.views.test_apply import Browser, newest_case, submit, to_check
from tests.views.test_home_schooling import to_case

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def browser(client: FlaskClient, app: Flask, fill_with_demo: Callable[[Flask], None]) -> Browser:
    fill_with_demo(app)
    return Browser(client)


def apply(browser: Browser, lang: str = "en", places: bool = True) -> Case:
    if not places:
        Group.update(places=0).execute()
    to_check(browser, lang)
    submit(browser)
    return newest_case()


def see(browser: Browser, case: Case, lang: str = "en") -> str:
    browser.get(f"/{lang}/cabinet/{case.number}")
    return " ".join(browser.page.select_one("#next").text.split())


def test_a_place_stands_first_with_its_kindergarten_its_last_day_and_its_paper(browser: Browser) -> None:
    case = apply(browser)
    said, garden, day = (
        see(browser, case),
        Kindergarten.select().join(Group).join(Referral).get(),
        Referral.get().valid_until,
    )
    assert said.startswith(f"There is a place: take the documents to the kindergarten by {day.day} {day:%B}")
    for word in (garden.name_en, garden.address_en):
        assert word in said
    assert browser.page.select_one("#next a[href^='tel:']")["href"].endswith(garden.phone)
    assert browser.page.select_one("#next a[href*='/papers/']")
    stages = [(li.get("aria-current"), li.get("class")) for li in browser.page.select(".stages li")]
    assert stages == [(None, None), (None, None), ("step", None), (None, ["next"])]
    assert "Result due" not in browser.page.text


def test_the_day_goes_into_ones_own_calendar(browser: Browser) -> None:
    case = apply(browser, "kk")
    see(browser, case, "kk")
    link = browser.page.select_one("#next a[href$='.ics']")
    answer = browser.client.get(link["href"])
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert f"DTSTART;VALUE=DATE:{Referral.get().valid_until:%Y%m%d}\r\n" in answer.text
    assert case.answers["child_name"] not in answer.text.replace("\r\n ", "")
    father = browser.client.application.test_client()
    sign_in(father, FATHER)
    assert father.get(link["href"]).status_code == 404


def test_in_the_queue_the_number_is_large_and_no_day_is_promised(browser: Browser) -> None:
    case = apply(browser, places=False)
    assert see(browser, case).startswith("The child is in the queue, you need not do anything more")
    assert browser.page.select_one("output.big#queue-number").text == "14"
    assert "Result due" not in browser.page.text
    assert browser.page.select_one("#next a[href$='.ics']") is None


def test_once_the_kindergarten_has_taken_the_child_nothing_is_left_to_do(browser: Browser, clock: Clock) -> None:
    case = apply(browser)
    referrals.enrol(case, StaffMember.get(StaffMember.login == "oral.officer"), clock())
    assert see(browser, case).startswith("The child has been enrolled")
    assert browser.page.select_one("#next a[href$='.ics']") is None
    assert browser.page.select_one(".stages [aria-current]") is None


def test_a_withdrawn_case_says_so_and_has_no_stages(browser: Browser, clock: Clock) -> None:
    case = apply(browser)
    browser.get(f"/en/cabinet/{case.number}/withdraw")
    assert "goes to the next child" in browser.page.select_one("main .notice").text
    browser.send()
    assert browser.page.select_one("[role=status]").text == "Done. We confirm it by SMS."
    assert see(browser, case).startswith("You withdrew the application")
    assert browser.page.select_one(".stages") is None
    assert "Result due" not in browser.page.text


def test_who_works_on_it_and_how_to_reach_them(browser: Browser) -> None:
    case = apply(browser)
    see(browser, case)
    who = browser.page.select_one("#who")
    assert case.body.name_en in who.text
    assert case.body.address_en in who.text
    assert who.select_one("a[href^='tel:']")["href"].endswith(case.body.phone)
    assert "Open now" in who.text


class TestAReviewedCase:
    def test_until_the_answer_comes_its_day_stands_first(self, browser: Browser) -> None:
        case = to_case(browser, "en", ("scan.jpg", files.photo()))
        due = case.due_at
        assert f"the answer comes by {due.day} {due:%B}" in see(browser, case)
        day = browser.client.get(browser.page.select_one("#next a[href$='.ics']")["href"])
        assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}" in day.text

    def test_late_it_says_that_one_may_complain(self, browser: Browser, clock: Clock) -> None:
        case = to_case(browser, "en", ("scan.jpg", files.photo()))
        Case.update(due_at=clock() - dt.timedelta(days=1)).execute()
        assert see(browser, case).startswith("The answer is late: you may complain")

    def test_a_correction_is_the_next_step_with_its_button(self, browser: Browser, clock: Clock) -> None:
        case = to_case(browser, "en", ("scan.jpg", files.photo()))
        officer = StaffMember.get(StaffMember.login == "school.officer")
        review.take(officer, case.number, clock())
        corrections.ask_correction(officer, case.number, {"conclusion_number": "unclear"}, "", clock())
        assert see(browser, case).startswith("Correct the application")
        assert browser.page.select_one("#next a.button")["href"].endswith("/correct")
        assert officer.name in browser.page.select_one("#who").text

    @pytest.mark.parametrize(("kind", "said"), [("grant", "It is granted"), ("refuse", "It is refused")])
    def test_a_decision_opens_its_paper(self, browser: Browser, clock: Clock, kind: str, said: str) -> None:
        case = to_case(browser, "en", ("scan.jpg", files.photo()))
        officer = StaffMember.get(StaffMember.login == "school.officer")
        review.take(officer, case.number, clock())
        refused = kind == "refuse"
        ground = review.get_desk(officer, case.number, clock()).passport.refusal_grounds[0].id if refused else ""
        decision = decisions.prepare(officer, case.number, kind, clock(), ground=ground, explanation="Why" * refused)
        sign_shown(StaffMember.get(StaffMember.login == "school.head"), case.number, decision.id, clock())
        assert see(browser, case).startswith(said)
        assert browser.page.select_one("#next a[href*='/papers/']")
        assert "Result due" not in browser.page.text


def test_the_page_is_drawn_with_few_queries(browser: Browser) -> None:
    case = apply(browser)
    asked: list[str] = []
    execute, database.db.obj.execute_sql = database.db.obj.execute_sql, None
    try:

        def counting(sql: str, *args: object, **kwargs: object) -> object:
            if sql.startswith("SELECT"):
                asked.append(sql)
            return execute(sql, *args, **kwargs)

        database.db.obj.execute_sql = counting
        see(browser, case)
    finally:
        del database.db.obj.execute_sql
    assert len(asked) <= 10, "\n".join(asked)


def test_every_state_speaks_kazakh_and_russian_without_a_gap(browser: Browser, clock: Clock) -> None:
    case = apply(browser, "kk")
    day = Referral.get().valid_until
    assert f"соңғы күні: {day.day} қараша «" in see(browser, case, "kk")
    assert f"до {day.day} ноября" in see(browser, case, "ru")
    withdrawing.withdraw(Account.get_by_id(case.account_id), case.number, clock())
    assert see(browser, case, "kk").startswith("Сіз өтінішті қайтарып алдыңыз")


def test_each_paper_stands_beside_its_shape_of_3_kb_at_most(browser: Browser) -> None:
    case = apply(browser)
    see(browser, case)
    pictures = browser.page.select(".files img")
    assert len(pictures) == 2
    for picture in pictures:
        assert (picture["loading"], picture["alt"]) == ("lazy", "")
        answer = browser.client.get(picture["src"])
        assert answer.content_type == "image/png"
        assert len(answer.data) <= 3 * 1024
    father = browser.client.application.test_client()
    sign_in(father, FATHER)
    assert father.get(pictures[0]["src"]).status_code == 404
    saving = browser.client.get(browser.path, headers={"Save-Data": "on"})
    assert "<img" not in saving.text


def test_the_current_stage_is_the_referral_with_its_last_day_until_the_child_is_enrolled(browser: Browser) -> None:
    case = apply(browser)
    see(browser, case)
    now_at = browser.page.select_one(".stages [aria-current]").text
    day = Referral.get().valid_until
    assert now_at.startswith("Referral issued")
    assert f"Last day of the referral: {day.day} {day:%B}" in now_at


def test_a_referral_says_what_becomes_of_the_place_in_the_queue(browser: Browser) -> None:
    case = apply(browser)
    said = see(browser, case)
    link = browser.page.select_one("#next a[href*='/papers/']")["href"]
    paper = " ".join(browser.client.get(link).text.split())
    for text in (said, paper):
        assert "within 28 days, you may come back" in text
    assert "If you turn the place down, withdraw the application" in paper


def test_the_number_stands_with_the_order_of_the_queue_and_the_kindergartens_waited_for(browser: Browser) -> None:
    case = apply(browser, places=False)
    see(browser, case)
    text = " ".join(browser.page.select_one("main").text.split())
    assert "1 of each 4 places goes to a first-priority child and 3 to the general queue" in text
    wished = Kindergarten.get(Kindergarten.code == case.answers["kindergartens"][0]).name_en
    assert browser.page.select_one("#wishes").text == f"1. {wished}"
    looked_up = browser.client.post("/en/status", data={"number": case.number, "code": case.receipt_code}).text
    assert wished not in looked_up, "what was answered is for its owner alone"


def test_a_changed_choice_is_said_to_be_saved(browser: Browser) -> None:
    case = apply(browser, places=False)
    browser.get(f"/en/cabinet/{case.number}/choice")
    browser.send()
    assert browser.page.select_one("[role=status]").text.startswith("Your choice is saved")


def test_my_complaint_about_a_case_is_linked_on_its_page(browser: Browser) -> None:
    case = apply(browser, places=False)
    account = Account.get_by_id(case.account_id)
    complaint = Case.create(
        number="7F3M-2K9PX", kind="complaint", draft_key="k", account=account, service=case.service,
        edition=case.edition, channel="portal", language="en", body=case.body_id, state="submitted", is_open=True,
        answers={}, facts={}, receipt_code="K7MH4XP9", about=case, submitted_at=case.submitted_at,
        registered_at=case.registered_at, due_at=case.due_at,
    )  # fmt: skip
    see(browser, case)
    assert browser.page.select_one(f'a[href="/en/cabinet/{complaint.number}"]')


def test_a_correction_sent_after_a_withdrawal_is_said_not_to_be_taken(browser: Browser, clock: Clock) -> None:
    case = to_case(browser, "en", ("a.pdf", files.pdf()))
    officer = StaffMember.get(StaffMember.organisation == case.body_id, StaffMember.role == "officer")
    review.take(officer, case.number, clock())
    corrections.ask_correction(officer, case.number, {"grade": "unclear"}, "", clock())
    browser.get(f"/en/cabinet/{case.number}/correct")
    withdrawing.withdraw(Account.get_by_id(case.account_id), case.number, clock())
    browser.send()
    assert browser.page.select_one("[role=status]").text.startswith("Your correction was not taken")
