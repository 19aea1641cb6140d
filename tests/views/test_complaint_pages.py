"""A complaint's page in the cabinet: the question, the answer, silence, the next instance, the court."""

from __future__ import annotations

import io
import re
import subprocess

import pikepdf
import pytest
from flask import Flask

from portal import db as database
from portal.models import Case, Complaint, Event, Message, Organisation, Paper
from portal.services.complaints import work as complaint_work
from portal.services.review import desk as review
from tests.complaint_data import make_complaint
from tests.conftest import Clock
from tests.queue_data import PASSPORT
from tests.review_data import make_staff
from tests.signing_in import FATHER, MOTHER, sign_in
from tests.views.test_apply import Browser, newest_case, submit, to_check


class Office:
    """The mother's complaint about her application, and an officer and an inspector who may look into it."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        database.connect()
        self.browser, self.clock = Browser(app.test_client()), clock
        to_check(self.browser)
        submit(self.browser)
        about = newest_case()
        self.case = make_complaint(about.body, about.account, about=about, at=clock(), passport=PASSPORT)
        self.officer = make_staff(about.body, "aigul")
        review.take(self.officer, self.case.number, clock())
        self.page = f"/kk/cabinet/{self.case.number}"

    def answer(self, outcome: str = "refused", remedy: str = "") -> None:
        complaint_work.answer(self.officer, self.case.number, outcome, "Себебі бар.", self.clock(), remedy=remedy)

    def see(self) -> str:
        self.browser.get(self.page)
        return self.browser.page.select_one("main").text


@pytest.fixture
def office(app: Flask, clock: Clock, demo_data: None) -> Office:
    return Office(app, clock)


def test_the_page_says_who_has_it_until_when_and_about_what(office: Office) -> None:
    text = office.see()
    assert office.case.body.name_kk in text
    assert office.case.about.number in text
    assert office.browser.page.select_one(".facts time")["datetime"].startswith("2026-11-30")
    assert office.browser.page.select_one("[data-state=in_review]")


def test_a_question_is_answered_in_the_cabinet(office: Office) -> None:
    complaint_work.ask_complainant(office.officer, office.case.number, "Қай күні келдіңіз?", office.clock())
    assert "Қай күні келдіңіз?" in office.see()
    office.browser.get(f"{office.page}/reply")
    office.browser.send(text="")
    assert office.browser.page.select_one("[role=alert]")
    office.browser.send(text="Бейсенбі күні.")
    assert office.browser.page.select_one("#timeline li")["data-event"] == "complainant_replied"
    assert "Бейсенбі күні." in office.browser.page.text
    office.browser.get(f"{office.page}/reply")
    assert office.browser.path == office.page, "nothing is asked any more"


def test_the_answer_is_shown_with_its_reasons_and_what_was_ordered(office: Office) -> None:
    office.answer("partly", "Маманға ескерту жасалды.")
    text = office.see()
    assert office.browser.page.select_one("[data-answer=partly]")
    assert "Себебі бар." in text
    assert "Маманға ескерту жасалды." in text
    kinds = {paper.kind for paper in Paper.select().where(Paper.case == office.case)}
    assert kinds == {"complaint_receipt", "complaint_answer"}
    for kind in kinds | {event.kind for event in Event.select().where(Event.case == office.case)}:
        assert kind not in text, "said in words"


def test_from_an_answer_to_the_authorised_body_is_one_tap(office: Office) -> None:
    office.see()
    assert not office.browser.page.select("form[action*='/after/']"), "not while its term runs"
    office.answer()
    office.see()
    office.browser.send()
    assert office.browser.path.startswith("/kk/complaints/")
    assert office.browser.page.select_one("#body option[selected]")["value"] == "service-quality"
    assert office.case.incoming_number in office.browser.page.select_one("textarea").text


def test_silence_is_told_and_opens_the_next_instance(office: Office) -> None:
    office.clock.forward(days=9)
    complaint_work.raise_silent(office.clock())
    sign_in(office.browser.client, MOTHER)
    office.see()
    assert office.browser.page.select_one("form[action*='/after/']")
    assert office.browser.page.select_one("#timeline [data-event=escalated]")


def test_a_complaint_is_withdrawn_while_it_is_open(office: Office) -> None:
    office.browser.get(f"{office.page}/withdraw")
    office.browser.send()
    case = Case.get_by_id(office.case.id)
    assert (case.state, case.is_open) == ("withdrawn", False)
    assert "Шағымыңыз қайтарып алынды" in Message.select().order_by(Message.id.desc()).get().text
    assert Case.get_by_id(office.case.about_id).state != "withdrawn", "the application stays"


def test_an_answered_one_is_not_withdrawn(office: Office) -> None:
    office.answer()
    office.browser.get(f"{office.page}/withdraw")
    assert office.browser.path == office.page


def test_everything_for_the_court_is_one_pdf_with_every_paper(office: Office) -> None:
    assert office.browser.client.get(f"{office.page}/court.pdf").status_code == 409
    office.answer()
    quality = Organisation.get(Organisation.code == "service-quality")
    second = make_complaint(
        quality, office.case.account, "authorised_body", office.case.about, office.clock(), PASSPORT,
        previous=office.case,
    )  # fmt: skip
    inspector = make_staff(quality, "inspector")
    review.take(inspector, second.number, office.clock())
    complaint_work.answer(inspector, second.number, "refused", "Заңды.", office.clock())
    office.page = f"/kk/cabinet/{second.number}"
    text = office.see()
    assert PASSPORT.complaints[-1].when.kk in text
    assert not office.browser.page.select("form[action*='/after/']"), "above it there is only the court"
    answer = office.browser.client.get(f"{office.page}/court.pdf")
    assert answer.mimetype == "application/pdf"
    papers = Paper.select().where(Paper.case.in_([office.case.about, office.case, second])).count()
    assert papers >= 6
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) >= papers + 1


@pytest.mark.needs("pdftotext")
def test_for_the_court_every_number_says_whose_it_is(office: Office) -> None:
    """Each body has its own series: two complaints may bear the same number, and one may have had two."""
    office.answer()
    quality = Organisation.get(Organisation.code == "service-quality")
    second = make_complaint(
        quality, office.case.account, "authorised_body", office.case.about, office.clock(), PASSPORT,
        previous=office.case,
    )  # fmt: skip
    assert second.incoming_number == office.case.incoming_number
    inspector = make_staff(quality, "inspector")
    review.take(inspector, second.number, office.clock())
    complaint_work.answer(inspector, second.number, "refused", "Заңды.", office.clock())
    said = squeezed(office, second)
    for body in (office.case.body, quality):
        assert said.count(f"{second.incoming_number}({body.name_kk.replace(' ', '')})") >= 3, "chronology, papers"


@pytest.mark.needs("pdftotext")
def test_for_the_court_a_complaint_that_was_passed_on_bears_the_number_of_that_day(office: Office) -> None:
    first, body = Case.get_by_id(office.case.id).incoming_number, office.case.body
    Event.create(
        case=office.case, kind="complaint_registered", at=office.clock(), actor="system", data={"number": first}
    )
    quality = make_staff(Organisation.get(Organisation.code == "service-quality"), "inspector")
    complaint_work.forward(office.officer, office.case.number, "service-quality", "Сізге.", office.clock())
    review.take(quality, office.case.number, office.clock())
    complaint_work.answer(quality, office.case.number, "refused", "Заңды.", office.clock())
    said = squeezed(office, Case.get_by_id(office.case.id))
    now = Case.get_by_id(office.case.id)
    assert f"{first}({body.name_kk.replace(' ', '')})Шағымтіркелді" in said
    assert f"{now.incoming_number}({now.body.name_kk.replace(' ', '')})Шағымғажауапберілді" in said


def squeezed(office: Office, case: Case) -> str:
    answer = office.browser.client.get(f"/kk/cabinet/{case.number}/court.pdf")
    read = subprocess.run(["pdftotext", "-", "-"], input=answer.data, capture_output=True, check=True)
    return re.sub(r"\s+", "", read.stdout.decode())  # cell by cell


def test_somebody_else_sees_nothing_of_it(office: Office, app: Flask) -> None:
    office.answer()
    other = app.test_client()
    sign_in(other, FATHER)
    for path in ("", "/reply", "/withdraw", "/court.pdf"):
        assert other.get(office.page + path).status_code == 404
    assert Complaint.select().count() == 1, "and nothing was begun"
