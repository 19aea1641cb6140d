"""The contact centre: nothing before the caller's code, everything on record, a complaint on the caller's behalf."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import db as database
from portal.models import (
    Account,
    AuditEntry,
    Case,
    Complaint,
    Draft,
    Message,
    OneTimeCode,
    Session,
    Signature,
    StaffMember,
)
from portal.services import numbers
from tests.conftest import Clock
from tests.review_data import make_case
from tests.signing_in import MOTHER, STRANGER, last_code, post, sign_in
from tests.staff_signing_in import sign_in_staff
from tests.views.test_staff_cases import page_of

pytestmark = pytest.mark.usefixtures("demo_data")
COMPLAINT = {"body": "", "official": "", "text": "Жауап жоқ.", "outcome": "Жауап", "address": "Орал, Үлгі көшесі, 1"}


class Centre:
    def __init__(self, app: Flask, clock: Clock) -> None:
        self.app, self.clock = app, clock
        sign_in(app.test_client(), MOTHER)
        database.connect()
        self.account = Account.get(Account.iin == MOTHER)
        member = StaffMember.get(StaffMember.login == "oral.officer")
        self.case = make_case(member.organisation, self.account, service="preschool-queue")
        self.operator = StaffMember.get(StaffMember.login == "calls.operator")
        self.client = self.enter()

    def enter(self) -> FlaskClient:
        client = self.app.test_client()
        sign_in_staff(client, "calls.operator")
        database.connect()
        StaffMember.update(language="en").where(StaffMember.login == "calls.operator").execute()
        return client

    def ask(self, query: str) -> None:
        answer = post(self.client, "/staff/calls", {"q": query})
        assert (answer.status_code, answer.location) == (303, "/staff/calls/code")

    def prove(self, query: str = "") -> None:
        self.ask(query or self.account.iin)
        answer = post(self.client, "/staff/calls/code", {"code": last_code()})
        assert (answer.status_code, answer.location) == (303, "/staff/calls/caller"), answer.text

    def write(self) -> None:
        begun = {"service": "preschool-queue", "about": self.case.number, "against": "provider"}
        assert post(self.client, "/staff/calls/complaint", begun).status_code == 303
        page = page_of(self.client.get("/staff/calls/complaint/text"))
        body = page.select_one("#body option[value]:not([value=''])")["value"]
        answer = post(self.client, "/staff/calls/complaint/text", {**COMPLAINT, "body": body})
        assert (answer.status_code, answer.location) == (303, "/staff/calls/complaint/sign"), answer.text


@pytest.fixture
def centre(app: Flask, clock: Clock) -> Centre:
    return Centre(app, clock)


def last_sms() -> Message:
    return Message.select().where(Message.channel == "sms").order_by(Message.id.desc()).get()


class TestBeforeTheCode:
    def test_known_and_unknown_get_the_same_page(self, centre: Centre) -> None:
        pages = []
        for query in (centre.account.iin, centre.case.number, STRANGER, numbers.new_case_number()):
            centre.ask(query)
            pages.append(centre.client.get("/staff/calls/code"))
        main = [str(page_of(page).select_one("main h1")) + page_of(page).select_one("main").text for page in pages]
        assert len(set(main)) == 1
        assert centre.account.name not in main[0]
        assert centre.account.iin not in main[0]

    def test_the_code_goes_to_the_registers_phone_and_says_whom_to_tell(self, centre: Centre) -> None:
        centre.ask(centre.case.number)
        assert last_sms().to == centre.account.register_phone
        assert "1414" in last_sms().text

    def test_nobody_gets_a_code_for_a_number_that_is_not_there(self, centre: Centre) -> None:
        before = Message.select().count()
        centre.ask(numbers.new_case_number())
        assert Message.select().count() == before
        code = OneTimeCode.select().order_by(OneTimeCode.id.desc()).get()
        assert (code.phone, code.iin[:4]) == (None, "9999")

    @pytest.mark.parametrize("query", ["", "Үлгі", "123", "123456789012", "x" * 300])
    def test_what_is_neither_number_nor_iin_is_told(self, centre: Centre, query: str) -> None:
        assert post(centre.client, "/staff/calls", {"q": query}).status_code == 422

    @pytest.mark.parametrize("part", ["/code", "/caller", "/complaint", "/complaint/text", "/complaint/sign"])
    def test_v8_2_2_no_page_opens_before_the_code(self, centre: Centre, part: str) -> None:
        for answer in (centre.client.get("/staff/calls" + part), post(centre.client, "/staff/calls" + part)):
            assert answer.status_code in (303, 405)
            assert centre.account.name not in answer.text

    def test_v6_5_1_a_wrong_code_opens_nothing(self, centre: Centre) -> None:
        centre.ask(centre.account.iin)
        wrong = f"{(int(last_code()) + 1) % 10**6:06d}"
        assert post(centre.client, "/staff/calls/code", {"code": wrong}).status_code == 422
        assert centre.client.get("/staff/calls/caller").status_code == 303

    def test_v7_2_2_a_code_asked_for_by_one_operator_opens_nothing_for_another(self, centre: Centre) -> None:
        centre.ask(centre.account.iin)
        code, other = last_code(), centre.enter()
        row = Session.select().where(Session.staff == centre.operator).order_by(Session.created_at).get()
        post(other, "/staff/calls", {"q": STRANGER})
        assert row.data["call"]
        assert post(other, "/staff/calls/code", {"code": code}).status_code == 422

    def test_v6_3_1_an_operator_cannot_ask_for_codes_without_end(self, centre: Centre) -> None:
        for number in range(60):
            answer = post(centre.client, "/staff/calls", {"q": numbers.new_case_number()})
            assert answer.status_code == 303, number
        assert post(centre.client, "/staff/calls", {"q": centre.case.number}).status_code == 429

    def test_another_code_may_be_asked_for_and_the_first_no_longer_works(self, centre: Centre) -> None:
        centre.ask(centre.account.iin)
        first = last_code()
        answer = post(centre.client, "/staff/calls/code", {"again": "1"})
        assert answer.location.startswith("/staff/calls/code")
        assert "A new code has been asked for" in centre.client.get(answer.location).text
        second = last_code()
        if first != second:
            assert post(centre.client, "/staff/calls/code", {"code": first}).status_code == 422
        assert post(centre.client, "/staff/calls/code", {"code": second}).location == "/staff/calls/caller"

    def test_another_code_for_one_that_is_long_gone_begins_at_the_beginning(self, centre: Centre) -> None:
        centre.ask(centre.account.iin)
        OneTimeCode.delete().execute()
        answer = post(centre.client, "/staff/calls/code", {"again": "1"})
        assert (answer.status_code, answer.location) == (303, "/staff/calls")

    def test_v8_2_1_nobody_else_of_the_staff_comes_here(self, centre: Centre) -> None:
        client = centre.app.test_client()
        sign_in_staff(client, "oral.head")
        assert client.get("/staff/calls").status_code == 403
        assert centre.client.get("/staff/work").status_code == 403
        assert centre.client.get(f"/staff/cases/{centre.case.number}").status_code == 403


class TestAfterTheCode:
    def test_the_cases_are_read_out_with_deadline_and_next_step(self, centre: Centre) -> None:
        centre.prove()
        text = page_of(centre.client.get("/staff/calls/caller")).select_one("main").text
        assert centre.case.number in text
        assert "The result is due on" in text
        assert centre.account.iin not in text

    def test_every_look_is_on_record(self, centre: Centre) -> None:
        centre.prove()
        for _ in range(2):
            centre.client.get("/staff/calls/caller")
        looks = AuditEntry.select().where(AuditEntry.action == "view_caller")
        assert [entry.object for entry in looks] == [f"account:{centre.account.id}"] * 2
        assert {entry.actor for entry in looks} == {f"staff:{centre.operator.id}"}
        assert AuditEntry.select().where(AuditEntry.action == "caller_proved").count() == 1

    def test_v7_3_1_it_ends_after_fifteen_minutes_or_with_the_call(self, centre: Centre) -> None:
        centre.prove()
        for _ in range(2):
            centre.clock.forward(minutes=7)
            assert centre.client.get("/staff/calls/caller").status_code == 200
        centre.clock.forward(minutes=2)
        assert centre.client.get("/staff/calls/caller").status_code == 303
        centre.prove()
        assert post(centre.client, "/staff/calls/end").status_code == 303
        assert centre.client.get("/staff/calls/caller").status_code == 303

    def test_the_next_caller_does_not_see_the_one_before(self, centre: Centre) -> None:
        centre.prove()
        centre.ask(STRANGER)
        assert centre.client.get("/staff/calls/caller").status_code == 303


class TestAComplaintForTheCaller:
    def test_it_is_written_read_out_and_signed_by_a_second_code(self, centre: Centre) -> None:
        centre.prove()
        centre.write()
        assert "Жауап жоқ." in page_of(centre.client.get("/staff/calls/complaint/sign")).select_one(".paper").text
        assert "1414" in last_sms().text
        answer = post(centre.client, "/staff/calls/complaint/sign", {"code": last_code()})
        assert (answer.status_code, answer.location) == (303, "/staff/calls/caller")
        case = Case.get(Case.kind == "complaint")
        details = Complaint.get(Complaint.case == case)
        assert (case.channel, case.account, case.about) == ("contact_centre", centre.account, centre.case)
        assert (details.opened_by, details.outcome) == (centre.operator, "Жауап")
        assert Signature.get(Signature.case == case).signer_iin == centre.account.iin
        assert AuditEntry.get(AuditEntry.action == "complain_for_caller").actor == f"staff:{centre.operator.id}"
        page = page_of(centre.client.get("/staff/calls/caller"))
        assert case.number in page.select_one(".good").text
        assert case.incoming_number in page.text

    def test_v8_2_1_a_draft_that_the_citizen_began_stays_theirs(self, centre: Centre) -> None:
        citizen = centre.app.test_client()
        sign_in(citizen, MOTHER)
        begun = {"service": "preschool-queue", "about": centre.case.number, "against": "provider"}
        own = post(citizen, "/kk/complaints/new", begun).location
        post(citizen, own, {**COMPLAINT, "text": "Тек өзім үшін.", "address": ""})
        centre.prove()
        assert post(centre.client, "/staff/calls/complaint", begun).status_code == 303
        assert "Тек өзім үшін." not in centre.client.get("/staff/calls/complaint/text").text
        assert Draft.select().where(Draft.kind == "complaint").count() == 2

    def test_what_is_missing_is_told_and_nothing_is_lost(self, centre: Centre) -> None:
        centre.prove()
        assert post(centre.client, "/staff/calls/complaint", {"service": "preschool-queue"}).status_code == 422
        begun = {"service": "preschool-queue", "about": centre.case.number, "against": "provider"}
        post(centre.client, "/staff/calls/complaint", begun)
        answer = post(centre.client, "/staff/calls/complaint/text", {**COMPLAINT, "address": ""})
        assert answer.status_code == 422
        assert "Жауап жоқ." in page_of(answer).select_one("#text").text

    def test_v2_3_2_a_code_for_one_text_signs_no_other(self, centre: Centre) -> None:
        centre.prove()
        centre.write()
        code = last_code()
        body = page_of(centre.client.get("/staff/calls/complaint/text")).select_one("#body option[selected]")["value"]
        post(centre.client, "/staff/calls/complaint/text", {**COMPLAINT, "text": "Басқа", "body": body})
        if last_code() != code:
            assert post(centre.client, "/staff/calls/complaint/sign", {"code": code}).status_code == 422
        assert not Case.select().where(Case.kind == "complaint").exists()

    def test_it_ends_with_the_fifteen_minutes_too(self, centre: Centre) -> None:
        centre.prove()
        centre.write()
        code = last_code()
        centre.clock.forward(minutes=8)
        centre.client.get("/staff/calls/caller")
        centre.clock.forward(minutes=8)
        answer = post(centre.client, "/staff/calls/complaint/sign", {"code": code})
        assert (answer.status_code, answer.location) == (303, "/staff/calls")
        assert centre.clock() > dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def test_the_caller_s_complaint_may_be_signed_with_another_code(centre: Centre) -> None:
    centre.prove()
    centre.write()
    first = last_code()
    assert post(centre.client, "/staff/calls/complaint/sign", {"again": "1"}).status_code == 303
    second = last_code()
    if first != second:
        assert post(centre.client, "/staff/calls/complaint/sign", {"code": first}).status_code == 422
    assert post(centre.client, "/staff/calls/complaint/sign", {"code": second}).location == "/staff/calls/caller"
    assert Complaint.select().count() == 1


def test_whoever_has_no_phone_in_the_registers_complains_with_the_phone_at_hand(centre: Centre) -> None:
    """They state who they are: a complaint is written, and nothing of the owner of the IIN is told."""
    stated = {"iin": MOTHER, "name": "Үлгібаева Айгүл", "phone": "+7 701 123 45 67"}
    assert post(centre.client, "/staff/calls/stated", {**stated, "phone": "1"}).status_code == 422
    assert post(centre.client, "/staff/calls/stated", stated).location == "/staff/calls/code"
    assert (last_sms().to, "1414" in last_sms().text) == ("+77011234567", True)
    assert post(centre.client, "/staff/calls/code", {"code": last_code()}).location == "/staff/calls/caller"
    page = page_of(centre.client.get("/staff/calls/caller"))
    assert "proved a phone only" in page.text
    assert centre.case.number not in page.text
    begun = {"service": "preschool-queue", "about": "", "against": "provider"}
    assert post(centre.client, "/staff/calls/complaint", begun).status_code == 303
    assert post(centre.client, "/staff/calls/complaint/text", {**COMPLAINT, "body": "oral-edu"}).status_code == 303
    post(centre.client, "/staff/calls/complaint/sign", {"code": last_code()})
    account = Complaint.get().case.account
    assert (account.stated_phone, account.iin, account.id != centre.account.id) == ("+77011234567", MOTHER, True)
