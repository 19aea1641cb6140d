"""One sentence says what is missing, by when, and what happens otherwise; what has come is not asked for again."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from flask import Flask

from portal import db as database
from portal.models import Case, Check, Message, StaffMember
from portal.services.complaints.history import quote_decision
from portal.services.procedures.rules import NotInThisState
from portal.services.review import desk
from tests import files_to_upload as files
from tests.conftest import Clock
from tests.signing_in import post
from tests.views.test_apply import Browser
from tests.views.test_home_schooling import to_case
from tests.views.test_queue_claims import mother, officer, page

pytestmark = pytest.mark.usefixtures("demo_data")
LATER = dt.datetime(2026, 12, 1, 5, tzinfo=dt.UTC)


def see(browser: Browser, case: Case, lang: str = "en") -> str:
    browser.get(f"/{lang}/cabinet/{case.number}")
    return " ".join(browser.page.select_one("#next").text.split())


def send_document(browser: Browser, case: Case) -> None:
    browser.get(f"/en/cabinet/{case.number}/write")
    browser.send(letter=[(io.BytesIO(files.photo()), "paper.jpg")])


def test_what_is_asked_names_the_paper_the_day_both_ways_and_what_happens_otherwise(app: Flask) -> None:
    hers, case = mother(app)
    said = see(hers, case)
    assert said.startswith("Send a document that proves the privilege by")
    for word in ("a certificate from the place of service", "Send a photo", "bring it to", "general queue"):
        assert word in said
    database.connect()
    sms = Message.get(Message.key.contains("proof_needed")).text
    for word in ("send a photo", "bring it", "place of service", "30.11.2026"):
        assert word in sms


def test_once_the_document_came_an_officer_checks_it_also_after_it_was_read(app: Flask) -> None:
    hers, case = mother(app)
    send_document(hers, case)
    assert see(hers, case).startswith("We have your document: an officer checks it")
    client = officer(app)
    post(client, f"/staff/cases/{case.number}/take")
    post(client, f"/staff/cases/{case.number}/read")
    assert see(hers, case).startswith("We have your document: an officer checks it")
    assert "A paper that proves it is needed" not in hers.page.text
    looked_up = post(app.test_client(), "/en/status", {"number": case.number, "code": case.receipt_code})
    assert "an officer checks it" in looked_up.text


def test_no_privilege_is_turned_down_before_its_term_unless_a_document_came(app: Flask, clock: Clock) -> None:
    hers, case = mother(app)
    client = officer(app)
    address = f"/staff/cases/{case.number}"
    post(client, f"{address}/take")
    assert page(client.get(address)).select_one("#text-turn_down_privilege") is None
    assert post(client, f"{address}/do/turn_down_privilege", {"text": "No."}).status_code == 409
    database.connect()
    assert Check.get(Check.case == case, Check.subject == "privilege").state == "pending"
    send_document(hers, case)
    assert post(client, f"{address}/do/turn_down_privilege", {"text": "No."}).status_code == 303


def test_after_the_term_an_officer_may_turn_it_down(app: Flask, clock: Clock) -> None:
    _, case = mother(app)
    database.connect()
    staff = StaffMember.get(StaffMember.login == "oral.officer")
    desk.take(staff, case.number, clock())
    with pytest.raises(NotInThisState):
        desk.act(staff, case.number, "turn_down_privilege", "No.", clock())
    desk.act(staff, case.number, "turn_down_privilege", "No.", LATER)


def test_a_privilege_that_was_turned_down_is_said_with_its_reason_its_price_and_the_way_to_complain(
    app: Flask, clock: Clock
) -> None:
    hers, case = mother(app)
    send_document(hers, case)
    client = officer(app)
    post(client, f"/staff/cases/{case.number}/take")
    post(client, f"/staff/cases/{case.number}/do/turn_down_privilege", {"text": "The certificate is old"})
    said = see(hers, case)
    assert said.startswith("The privilege was not confirmed: the child is in the general queue now")
    assert "The reason: The certificate is old." in said
    number = hers.page.select_one("#queue-number").text
    assert f"Your number was 2, it became {number}." in said
    link = hers.page.select_one("#next a[href*='/complaints/']")
    hers.get(link["href"])
    assert case.number in str(hers.page)
    database.connect()
    said = quote_decision(Case.get_by_id(case.id), "en")
    assert said.startswith("Decision not to confirm the privilege")
    assert "The certificate is old" in said


class TestHomeSchooling:
    def unconfirmed(self, app: Flask) -> tuple[Browser, Case]:
        browser = Browser(app.test_client())
        case = to_case(browser, "en", ("a.pdf", files.pdf()))
        database.connect()
        Case.update(unchecked=True).where(Case.id == case.id).execute()
        Check.create(case=case, subject="child", next_try_at=LATER)
        return browser, case

    def test_one_sentence_says_what_is_missing_and_nothing_says_that_nothing_is_to_do(self, app: Flask) -> None:
        browser, case = self.unconfirmed(app)
        said = see(browser, case)
        assert said.startswith("Send a document that proves the child is yours by")
        assert "may refuse" in said
        assert "need not do anything for now" not in browser.page.text

    def test_a_guardianship_paper_that_was_uploaded_counts_as_sent(self, app: Flask) -> None:
        browser, case = self.unconfirmed(app)
        answers = Case.get_by_id(case.id).answers
        Case.update(answers={**answers, "guardianship_scan": ["k"]}).where(Case.id == case.id).execute()
        assert see(browser, case).startswith("We have your document, an officer checks it: the answer comes by")
        assert "Send a document that proves" not in browser.page.text


def test_the_page_before_starting_and_the_step_name_the_paper_of_each_privilege(app: Flask) -> None:
    text = app.test_client().get("/en/services/preschool-queue/apply").text
    assert "the large family's booklet or the children's birth certificates" in " ".join(text.split()).replace(
        "&#39;", "'"
    )
