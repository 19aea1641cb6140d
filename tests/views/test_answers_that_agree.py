"""Answers are held against each other: dates in order, ages that fit, letters that say what the answers say."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.models import Case, Draft, StaffMember
from portal.services.applications.submitting import AnswersIncomplete, submit_application
from portal.services.journeys.drafts import journey_of
from portal.services.signatures.signing import SignedByCode
from tests import files_to_upload as files
from tests.conftest import Clock
from tests.queue_data import make_iin
from tests.signing_in import MOTHER, last_code, post, sign_in
from tests.staff_signing_in import sign_in_staff
from tests.views.test_apply import Browser
from tests.views.test_home_schooling import CONCLUSION, FATHER_OF_A_PUPIL, day

ONCE_MORE = "press the button once more"


@pytest.fixture
def browser(client: FlaskClient, app: Flask, fill_with_demo: Callable[[Flask], None]) -> Browser:
    fill_with_demo(app)
    return Browser(client)


def begin(browser: Browser, iin: str = FATHER_OF_A_PUPIL, service: str = "home-schooling") -> None:
    sign_in(browser.client, iin, "en")
    browser.get(f"/en/services/{service}/apply")
    browser.send()
    browser.send(consent="yes")


def to_conclusion(browser: Browser, iin: str = FATHER_OF_A_PUPIL) -> None:
    begin(browser, iin)
    browser.send(child=browser.page.select_one("[name=child]")["value"])
    browser.send(child_confirmed="yes")
    browser.send(locality="oral")
    browser.send(school="oral-school", grade="class-3", language="kk")


def to_start(browser: Browser, **dates: str) -> None:
    to_conclusion(browser)
    answers: dict[str, object] = {**CONCLUSION, "conclusion_scan": [(io.BytesIO(files.pdf()), "a.pdf")]}
    for name, written in dates.items():
        answers |= day(name, written)
    browser.send(**answers)


def to_check(browser: Browser) -> str:
    """All answered; the address of the draft."""
    to_start(browser)
    browser.send(**day("wanted_from", "2026-12-01"))
    browser.send()
    browser.send(message_language="en")
    assert browser.path.endswith("/check")
    return browser.path.removesuffix("/check")


def said(browser: Browser, field: str) -> str:
    error = browser.page.select_one(f"#{field}-error")
    return error.text if error is not None else ""


def test_teaching_cannot_begin_after_the_term_that_the_conclusion_recommends(browser: Browser) -> None:
    to_start(browser, conclusion_until="2026-12-10")
    answer = browser.send(**day("wanted_from", "2027-01-15"))
    assert answer.status_code == 422
    assert "after the term" in said(browser, "wanted_from")
    assert browser.page.select_one("#errors a")["href"] == "#wanted_from"
    assert browser.send(**day("wanted_from", "2026-12-10")).status_code == 200


def test_a_date_changed_later_opens_the_step_that_it_contradicts_and_nothing_is_sent(
    browser: Browser, clock: Clock
) -> None:
    draft = to_check(browser)
    browser.get(f"{draft}/conclusion?change=")
    browser.send(**day("conclusion_until", "2026-11-25"))
    assert browser.path.startswith(f"{draft}/start")
    assert "after the term" in said(browser, "wanted_from")
    assert browser.page.select_one("#errors") is not None
    browser.get(f"{draft}/check")
    assert browser.path.startswith(f"{draft}/start")
    row = Draft.get()
    passport = browser.client.application.extensions["context"].passports.get("home-schooling")
    with pytest.raises(AnswersIncomplete):
        submit_application(row.account, row, passport, "en", SignedByCode("x", "1"), None, clock())
    browser.send(**day("wanted_from", "2026-11-24"))
    browser.get(f"{draft}/check")
    assert browser.path == f"{draft}/check"


def test_a_date_that_has_passed_while_the_draft_lay_is_asked_again(browser: Browser, clock: Clock) -> None:
    draft = to_check(browser)
    clock.forward(days=20)
    sign_in(browser.client, FATHER_OF_A_PUPIL, "en")
    browser.get(f"{draft}/check")
    assert browser.path.startswith(f"{draft}/start")
    assert "That day has passed" in said(browser, "wanted_from")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("conclusion_date", "0001-01-01", "two years ago"),
        ("conclusion_date", "1990-05-01", "two years ago"),
        ("conclusion_until", "9999-12-31", "such a long term"),
    ],
)
def test_years_are_sane(browser: Browser, field: str, value: str, words: str) -> None:
    to_start(browser, **{field: value})
    assert words in said(browser, field).lower()


def test_a_year_of_two_digits_is_read(browser: Browser) -> None:
    to_start(browser)
    browser.send(wanted_from__day="1 желтоқсан 26", wanted_from__month="", wanted_from__year="")
    assert Draft.get().answers["wanted_from"] == "2026-12-01"


def test_what_to_have_at_hand_is_said_before_one_starts(browser: Browser) -> None:
    browser.get("/en/services/home-schooling/apply")
    assert "Photo or scan of the conclusion" in browser.page.select_one("main ul").text


def test_errors_that_say_the_same_name_their_fields(browser: Browser) -> None:
    to_conclusion(browser)
    browser.send(conclusion_scan=[])
    said = [link.text for link in browser.page.select("#errors a")]
    assert len(set(said)) == len(said) > 1


def test_a_class_that_does_not_fit_the_age_is_a_warning_that_can_be_confirmed_and_the_officer_sees(
    browser: Browser,
) -> None:
    begin(browser)
    browser.send(child=browser.page.select_one("[name=child]")["value"])
    browser.send(child_confirmed="yes")
    browser.send(locality="oral")
    answers = {"school": "oral-school", "grade": "class-11", "language": "kk"}
    assert browser.send(**answers).status_code == 422
    assert ONCE_MORE in said(browser, "grade")
    assert browser.send(**{**answers, "grade": "class-10"}).status_code == 422  # another answer was not confirmed
    assert browser.send(**{**answers, "grade": "class-11"}).status_code == 422
    assert browser.send().status_code == 200
    browser.send(conclusion_scan=[(io.BytesIO(files.pdf()), "a.pdf")], **CONCLUSION)
    browser.send(**day("wanted_from", "2026-12-01"))
    browser.send()
    browser.send(message_language="en")
    browser.send()
    browser.send(code=last_code())
    case = Case.get(Case.service == "home-schooling")
    StaffMember.update(language="en").execute()
    staff = Browser(browser.client.application.test_client())
    sign_in_staff(staff.client, "school.officer")
    staff.get(f"/staff/cases/{case.number}")
    assert "usually not in this class" in staff.page.select_one("#warnings").text


def test_a_toddler_is_not_taught_at_home(browser: Browser) -> None:
    begin(browser, MOTHER)
    browser.send(child=browser.page.select_one("[name=child]")["value"])
    browser.send(child_confirmed="yes")
    browser.send(locality="oral")
    answer = browser.send(school="oral-school", grade="class-11", language="kk")
    assert answer.status_code == 422
    assert "children of school age" in said(browser, "grade")
    assert browser.send().status_code == 422


@pytest.mark.parametrize("service", ["home-schooling", "preschool-queue"])
class TestTypedChild:
    def test_an_adults_iin_is_refused_in_words(self, browser: Browser, service: str) -> None:
        begin(browser, service=service)
        browser.send(child="other")
        assert browser.send(child_iin=make_iin("8001013")).status_code == 422
        assert "adult" in said(browser, "child_iin")

    def test_v2_2_3_a_birth_date_unlike_the_iin_is_a_warning_and_no_refusal(
        self, browser: Browser, service: str
    ) -> None:
        born, typed = ("2015-05-01", "2015-05-02") if service == "home-schooling" else ("2022-05-01", "2022-05-02")
        begin(browser, service=service)
        browser.send(child="other")
        number = born[2:].replace("-", "") + "5"
        browser.send(child_iin=make_iin(number))
        answers = {"child_name": "Үлгі Бала", "relation": "parent", **day("child_birth_date", typed)}
        assert browser.send(**answers).status_code == 422
        assert ONCE_MORE in said(browser, "child_birth_date")
        assert browser.send(**answers).status_code == 200
        assert browser.path.endswith("/locality")

    def test_a_guardian_names_the_document_and_sends_it(self, browser: Browser, service: str) -> None:
        born = "2015-05-01" if service == "home-schooling" else "2022-05-01"
        begin(browser, service=service)
        browser.send(child="other")
        browser.send(child_iin=make_iin(born[2:].replace("-", "") + "5"))
        browser.send(child_name="Үлгі Бала", relation="guardian", **day("child_birth_date", born))
        assert browser.path.endswith("/guardianship")
        assert browser.send().status_code == 422
        assert said(browser, "guardianship_paper")
        assert said(browser, "guardianship_scan")
        browser.send(
            guardianship_paper="Әкімдік, № 45, 2024", guardianship_scan=[(io.BytesIO(files.pdf()), "qorgan.pdf")]
        )
        assert browser.path.endswith("/locality")
        assert Draft.get().answers["guardianship_paper"] == "Әкімдік, № 45, 2024"
        assert len(Draft.get().answers["guardianship_scan"]) == 1

    def test_a_parent_is_asked_for_no_document(self, browser: Browser, service: str) -> None:
        born = "2015-05-01" if service == "home-schooling" else "2022-05-01"
        begin(browser, service=service)
        browser.send(child="other")
        browser.send(child_iin=make_iin(born[2:].replace("-", "") + "5"))
        browser.send(child_name="Үлгі Бала", relation="parent", **day("child_birth_date", born))
        assert browser.path.endswith("/locality")


def test_whose_child_it_is_not_chooses_again_and_is_told_how(browser: Browser) -> None:
    begin(browser, MOTHER, "preschool-queue")
    first, second = (radio["value"] for radio in browser.page.select("[name=child]")[:2])
    browser.send(child=first)
    browser.send(child_confirmed="no")
    assert browser.path.endswith("/child?denied=1")
    assert browser.page.select("[name=child][checked]") == []
    assert "1414" in browser.page.select_one("main [role=status]").text
    draft = Draft.get()
    assert not {"child", "child_iin", "child_name", "child_confirmed"} & draft.answers.keys()
    assert draft.facts == {}
    browser.send(child=second)
    browser.send(child_confirmed="yes")
    assert browser.path.endswith("/locality")
    assert Draft.get().answers["child_iin"] == second


def test_a_pupil_was_not_born_in_1950(browser: Browser) -> None:
    begin(browser)
    browser.send(child="other")
    browser.send(child_iin=make_iin("1505015"))
    browser.send(child_name="Үлгі Бала", relation="parent", **day("child_birth_date", "1950-05-01"))
    assert "year of birth" in said(browser, "child_birth_date")


def test_a_place_is_not_wanted_for_a_day_on_which_the_child_is_seven(browser: Browser) -> None:
    begin(browser, MOTHER, "preschool-queue")
    browser.send(child=browser.page.select("[name=child]")[1]["value"])  # born on 30 September 2021
    browser.send(child_confirmed="yes")
    browser.send(locality="oral")
    garden = next(box["value"] for box in browser.page.select("[name=kindergartens]"))
    browser.send(kindergartens=[garden], language="any", **day("wanted_from", "2028-10-01"))
    assert "will be 7" in said(browser, "wanted_from")
    assert browser.send(kindergartens=[garden], language="any", **day("wanted_from", "2028-09-29")).status_code == 200


class TestLetter:
    def test_a_prepared_letter_says_what_the_answers_say_now(self, browser: Browser) -> None:
        draft = to_check(browser)
        browser.get(f"{draft}/conclusion?change=")
        browser.send(conclusion_number="999")
        assert browser.path == f"{draft}/check"
        letter = Draft.get().answers["application"]
        assert "999" in letter
        assert "ДКК-45/7" not in letter

    def test_an_edited_letter_is_shown_beside_the_new_one_and_the_person_is_asked(self, browser: Browser) -> None:
        draft = to_check(browser)
        browser.get(f"{draft}/application?change=")
        mine = "We ask you kindly: conclusion ДКК-45/7."
        browser.send(application=mine)
        assert browser.path == f"{draft}/check"
        browser.get(f"{draft}/conclusion?change=")
        browser.send(conclusion_number="999")
        assert browser.path.startswith(f"{draft}/application")
        assert browser.page.select_one("textarea").text.strip() == mine
        assert "999" in browser.page.select_one("blockquote").text
        assert said(browser, "application")
        browser.get(f"{draft}/check")
        assert browser.path.startswith(f"{draft}/application")
        browser.send(application__prepared="yes")
        assert "999" in Draft.get().answers["application"]
        browser.get(f"{draft}/check")
        assert browser.path == f"{draft}/check"

    def test_who_keeps_their_own_words_keeps_them(self, browser: Browser) -> None:
        draft = to_check(browser)
        browser.get(f"{draft}/application?change=")
        browser.send(application="My own words.")
        browser.get(f"{draft}/start?change=")
        browser.send(**day("wanted_from", "2026-12-02"))
        browser.send(application="My own words.")
        assert Draft.get().answers["application"] == "My own words."
        browser.get(f"{draft}/check")
        assert browser.path == f"{draft}/check"


def test_v2_3_1_a_question_that_falls_due_later_cannot_be_skipped(browser: Browser, clock: Clock) -> None:
    """A `when` question in a step already done is asked once an earlier answer calls for it, at sending too."""
    begin(browser, service="preschool-queue")
    browser.send(child="other")
    browser.send(child_iin=make_iin("2205015"))
    browser.send(child_name="Үлгі Бала", relation="parent", **day("child_birth_date", "2022-05-01"))
    row = Draft.get()
    passport = browser.client.application.extensions["context"].passports.get("preschool-queue")
    Draft.update(answers={**row.answers, "relation": "guardian"}, done=[step.id for step in passport.steps]).execute()
    journey = journey_of(Draft.get(), passport, clock())
    assert [step.id for step in journey.steps if not journey.is_done(step)] == ["guardianship"]
    with pytest.raises(AnswersIncomplete):
        submit_application(row.account, Draft.get(), passport, "en", SignedByCode("x", "1"), None, clock())
    browser.get(browser.path.rsplit("/", 1)[0] + "/check")
    assert browser.path.endswith("/guardianship")
    assert said(browser, "guardianship_paper")
    assert post(browser.client, browser.path.rsplit("/", 1)[0] + "/check").status_code == 303


@pytest.mark.parametrize(("born", "says"), [("1805016", "already 7"), ("2305016", "")])
def test_the_queue_says_an_age_past_it_at_the_field_where_the_iin_is_typed(
    browser: Browser, born: str, says: str
) -> None:
    begin(browser, MOTHER, "preschool-queue")
    browser.send(child="other")
    answer = browser.send(child_iin=make_iin(born))
    assert says in said(browser, "child_iin")
    assert (answer.status_code == 422) is bool(says)


def test_the_iin_of_an_adult_gets_one_message_and_not_two(browser: Browser) -> None:
    begin(browser, MOTHER, "preschool-queue")
    browser.send(child="other")
    browser.send(child_iin=make_iin("8504014"))
    assert "an adult" in said(browser, "child_iin")
    assert "already 7" not in said(browser, "child_iin")


def test_an_unconfirmed_child_of_home_schooling_leads_to_the_next_step(browser: Browser) -> None:
    begin(browser)
    browser.send(child="other")
    browser.send(child_iin=make_iin("1705016"))
    browser.send(relation="parent", child_name="Үлгі Бала", **day("child_birth_date", "2017-05-01"))
    browser.send(locality="oral")
    browser.send(school="oral-school", grade="class-3", language="kk")
    browser.send(**CONCLUSION, conclusion_scan=[(io.BytesIO(files.pdf()), "a.pdf")])
    browser.send(**day("wanted_from", "2026-12-01"))
    browser.send()
    browser.send(message_language="en")
    browser.send()
    browser.send(code=last_code())
    case = Case.get(Case.service == "home-schooling")
    place = case.body.address_en
    assert place
    receipt = browser.client.get(browser.page.select_one('a[href*="/papers/"]')["href"])
    looked_up = post(browser.client, "/en/status", {"number": case.number, "code": case.receipt_code})
    for text in (browser.page.text, receipt.text, looked_up.text):
        assert "Send a photo of the birth certificate" in text
        assert place in text
