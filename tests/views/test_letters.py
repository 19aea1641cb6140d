"""Messages both ways on a case: text, files, the mark for officers, and what is refused."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import db as database
from portal.models import AuditEntry, Case, CaseMessage, Document, Event, Message, StaffMember
from portal.services.cabinet import withdrawing
from portal.services.review import desk as review
from portal.web.csrf import FIELD
from tests import files_to_upload as files
from tests.conftest import Clock
from tests.signing_in import FATHER, MOTHER, sign_in, token
from tests.staff_signing_in import sign_in_staff
from tests.views.test_apply import Browser, newest_case, submit, to_check

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


class Family:
    """A mother with a case of the kindergarten queue, and the officers of its body."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self.app, self.browser = app, Browser(client)
        to_check(self.browser, "en")
        submit(self.browser)
        self.case = newest_case()
        self.page = f"/en/cabinet/{self.case.number}"

    def see(self, path: str = "") -> BeautifulSoup:
        self.browser.get(self.page + path)
        return self.browser.page

    def write(self, text: str, *given: tuple[str, bytes], once: str = "a-key-of-a-form", **more: str) -> TestResponse:
        data = {FIELD: token(self.browser.client), "text": text, "once": once, **more}
        sent = {"letter": [(io.BytesIO(content), name) for name, content in given]} if given else {}
        return self.browser.client.post(self.page + "/write", data={**data, **sent}, content_type="multipart/form-data")

    def officer(self, login: str = "oral.officer") -> FlaskClient:
        client = self.app.test_client()
        StaffMember.update(language="en").execute()
        sign_in_staff(client, login)
        database.connect()
        return client


@pytest.fixture
def family(app: Flask, client: FlaskClient, fill_with_demo: Callable[[Flask], None]) -> Family:
    fill_with_demo(app)
    return Family(app, client)


def page_of(answer: TestResponse) -> BeautifulSoup:
    assert answer.status_code == 200, answer.status
    return BeautifulSoup(answer.text, "html.parser")


def desk_page(officer: FlaskClient, family: Family) -> BeautifulSoup:
    return page_of(officer.get(f"/staff/cases/{family.case.number}"))


def test_a_question_goes_to_the_officer_and_the_answer_comes_back(family: Family, clock: Clock) -> None:
    assert family.see().select_one(f'a[href="{family.page}/write"]')
    family.see("/write")
    family.browser.send(text="Do I need a vaccination card?\nThank you.")
    assert family.browser.page.select_one("[role=status]").text.startswith("Sent.")
    mine = family.see().select_one(".letter.citizen")
    assert [line.text for line in mine.select("p")] == ["Do I need a vaccination card?", "Thank you."]
    assert family.browser.page.select_one("[data-event=citizen_wrote]")
    assert Case.get_by_id(family.case.id).news == "answered"
    officer = family.officer()
    shown = desk_page(officer, family).select_one("#messages")
    assert "new" in shown.h2.text
    assert "Do I need a vaccination card?" in shown.text
    answer = officer.post(
        f"/staff/cases/{family.case.number}/message", data={FIELD: token(officer), "text": "Yes, please bring it."}
    )
    assert answer.status_code == 303
    database.connect()
    assert Case.get_by_id(family.case.id).news is None
    assert "new" not in desk_page(officer, family).select_one("#messages h2").text
    theirs = family.see().select_one(".letter.office")
    assert "Yes, please bring it." in theirs.text
    assert StaffMember.get(StaffMember.login == "oral.officer").name in theirs.text
    assert Message.select().where(Message.text.contains("officer has written")).count() == 1


def test_the_office_is_told_by_a_letter_that_says_nothing_of_what_was_written(family: Family) -> None:
    family.write("Құпия")
    letter = Message.get(Message.channel == "mail", Message.subject.contains(family.case.number))
    assert family.case.number in letter.text
    assert "Құпия" not in letter.text


def test_a_document_is_added_though_nobody_asked_for_it(family: Family) -> None:
    assert family.write("", ("anyqtama.pdf", files.pdf(2))).status_code == 303
    document = Document.get()
    assert (document.case_id, document.field, document.account_id) == (family.case.id, "letter", family.case.account_id)
    assert CaseMessage.get().files == [document.key]
    link = family.see().select_one(".letter a")
    assert family.browser.client.get(link["href"]).data.startswith(b"%PDF")
    assert "You added a document." in family.browser.page.select_one("[data-event=citizen_wrote]").text
    officer = family.officer()
    page = desk_page(officer, family)
    assert officer.get(page.select_one("#messages .note a")["href"]).data.startswith(b"%PDF")
    assert page.select_one("#viewer iframe")["title"] == "anyqtama.pdf"


def test_files_stay_when_the_rest_is_wrong(family: Family) -> None:
    answer = family.write("a" * 2001, ("a.pdf", files.pdf()))
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    assert "a.pdf" in page.select_one("#letter-files").text
    assert page.select_one("#text-error")
    assert CaseMessage.select().count() == 0
    assert family.write("Enough").status_code == 303
    assert len(CaseMessage.get().files) == 1


def test_v2_3_4_a_form_sent_twice_is_one_message(family: Family) -> None:
    for _ in range(2):
        assert family.write("Once").status_code == 303
    assert CaseMessage.select().count() == 1
    assert Event.select().where(Event.kind == "citizen_wrote").count() == 1
    family.see("/write")
    assert family.write("Once", once=family.browser.page.select_one("[name=once]")["value"]).status_code == 303
    assert CaseMessage.select().count() == 2


@pytest.mark.parametrize("text", ["", "   \n "])
def test_nothing_at_all_is_no_message(family: Family, text: str) -> None:
    answer = family.write(text)
    assert answer.status_code == 422
    assert "Write a message or add a document." in answer.text


def test_v2_4_1_nobody_floods_an_office(family: Family) -> None:
    answers = [family.write("Again", once=f"key-number-{number}").status_code for number in range(21)]
    assert answers == [303] * 20 + [429]


def test_what_was_typed_stays_when_the_language_changes(family: Family) -> None:
    family.see("/write")
    answer = family.write("Typed so far", other_language="1")
    assert "Typed so far" in answer.text
    assert CaseMessage.select().count() == 0


def test_a_withdrawn_case_takes_no_messages(family: Family, clock: Clock) -> None:
    withdrawing.withdraw(family.case.account, family.case.number, clock())
    assert family.see().select_one(f'a[href="{family.page}/write"]') is None
    assert family.write("Still there?").status_code == 303
    assert CaseMessage.select().count() == 0


def test_v8_2_2_nobody_else_reads_or_writes(family: Family) -> None:
    family.write("Mine alone")
    father = family.app.test_client()
    sign_in(father, FATHER, "en")
    for path in ("", "/write", "/sent"):
        assert father.get(family.page + path).status_code == 404
    elsewhere = family.officer("aqsai.officer")
    assert elsewhere.get(f"/staff/cases/{family.case.number}").status_code == 404
    answer = elsewhere.post(f"/staff/cases/{family.case.number}/message/read", data={FIELD: token(elsewhere)})
    assert answer.status_code == 404


def test_read_without_an_answer_is_told_once(family: Family, clock: Clock) -> None:
    family.write("Just so that you know")
    officer = StaffMember.get(StaffMember.login == "oral.officer")
    for _ in range(2):
        review.mark_read(officer, family.case.number, clock())
    assert Case.get_by_id(family.case.id).news is None
    assert len(family.see().select("[data-event=message_seen]")) == 1
    assert AuditEntry.select().where(AuditEntry.action == "mark_read").count() == 1


def test_one_owns_answers_stand_on_a_page_as_they_were_sent(family: Family) -> None:
    page = family.see("/sent")
    child = family.case.answers["child_name"]
    assert child in page.select_one("#answers").text
    assert child in page.select_one("#sent").text


def test_the_state_tells_two_children_apart(family: Family) -> None:
    name = family.case.answers["child_name"]
    assert name in family.see().select_one("main .lead").text
    assert name in family.browser.page.title.text
    family.browser.get("/en/cabinet")
    assert name in family.browser.page.select_one(".links a").text
    family.browser.get("/en/services/preschool-queue/apply")
    family.browser.send()
    family.browser.send(consent="yes")
    other = family.browser.page.select("[name=child]")[1]
    family.browser.send(child=other["value"])
    family.browser.get("/en/cabinet")
    draft, case = (link.text for link in family.browser.page.select(".links li > a, .links li > b"))
    assert name in case
    assert name not in draft
    assert draft.rpartition(", ")[2] in other.find_parent("label").text
    assert MOTHER not in family.browser.page.text
