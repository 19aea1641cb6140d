"""The work list and the case page, through the front door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from portal import db as database
from portal.db import db
from portal.models import (
    Account,
    AuditEntry,
    Case,
    Check,
    Decision,
    Event,
    Message,
    Organisation,
    Signature,
    StaffMember,
)
from portal.services.reports import usual_time
from portal.services.review import corrections, decisions
from portal.services.review import desk as review
from tests.conftest import Clock
from tests.review_data import make_account, make_case, make_unchecked
from tests.signing_in import MOTHER, last_code, post, sign_in
from tests.staff_signing_in import confirm_staff, sign_in_staff

pytestmark = pytest.mark.usefixtures("demo_data")


class Office:
    def __init__(self, app: Flask, clock: Clock) -> None:
        self.app, self.clock = app, clock
        database.connect()
        self.school = Organisation.get(Organisation.code == "oral-school")
        self.account = make_account(1, "Үлгіқызы Айнұр")
        self.case = make_case(self.school, self.account)
        self.officer = self.member("school.officer")
        self.head = self.member("school.head")
        StaffMember.update(is_active=False).where(StaffMember.login == "school.deputy").execute()

    def member(self, login: str) -> StaffMember:
        return StaffMember.get(StaffMember.login == login)

    def enter(self, login: str = "school.officer") -> FlaskClient:
        client = self.app.test_client()
        sign_in_staff(client, login)
        database.connect()
        return client

    @property
    def address(self) -> str:
        return f"/staff/cases/{self.case.number}"

    @property
    def state(self) -> str:
        return Case.get_by_id(self.case.id).state

    def take(self) -> None:
        review.take(self.officer, self.case.number, self.clock())

    def prepare(self) -> Decision:
        self.take()
        return decisions.prepare(self.officer, self.case.number, "grant", self.clock())


@pytest.fixture
def office(app: Flask, clock: Clock) -> Office:
    return Office(app, clock)


def page_of(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def shown_on(page: BeautifulSoup) -> dict[str, str]:
    """What the form for signing holds: which decision, and what of its paper was shown."""
    return {name: page.select_one(f"[name={name}]")["value"] for name in ("decision", "shown")}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that run meanwhile, but for those that begin and end transactions."""
    seen: list[str] = []
    plain = type(db.obj).execute_sql

    def execute(self, sql, *args, **options):
        if sql.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            seen.append(sql)
        return plain(self, sql, *args, **options)

    type(db.obj).execute_sql = execute
    try:
        yield seen
    finally:
        type(db.obj).execute_sql = plain


class TestWorkList:
    def test_it_shows_what_is_open_with_masked_iins(self, office: Office) -> None:
        client = office.enter()
        page = page_of(client.get("/staff/work?tab=open"))
        row = page.select_one("tbody tr")
        assert row.select_one("a").text == office.case.number
        assert "Үлгіқызы Айнұр" in row.text
        assert office.account.iin not in page.text
        assert office.account.iin[:6] + "****" + office.account.iin[-2:] in page.text
        assert [tab.select_one("b").text for tab in page.select(".tabs a")] == ["0", "1", "0", "0", "1", "0", "0"]

    def test_each_tab_holds_its_own(self, office: Office) -> None:
        mine = make_case(office.school, office.account, "in_review", office.officer)
        today = make_case(office.school, office.account, due_at=dt.datetime(2026, 11, 23, 18, 59, 59, tzinfo=dt.UTC))
        late = make_case(office.school, office.account, due_at=dt.datetime(2026, 11, 20, 18, 59, 59, tzinfo=dt.UTC))
        done = make_case(office.school, office.account, "granted", office.officer)
        client = office.enter()

        def numbers(query: str) -> set[str]:
            return {link.text for link in page_of(client.get(f"/staff/work?{query}")).select("tbody a")}

        assert numbers("tab=mine") == {mine.number}
        assert numbers("tab=open") == {office.case.number, mine.number, today.number, late.number}
        assert numbers("tab=overdue") == {late.number}
        assert numbers("tab=today") == {today.number}
        assert numbers("tab=unassigned") == {office.case.number, today.number, late.number}
        assert numbers("state=granted") == {done.number}
        assert numbers("tab=open&service=preschool-queue") == set()
        assert numbers("tab=mine&state=in_review") == {mine.number}
        assert numbers("tab=mine&state=submitted") == set(), "the state does not open the whole body's cases"
        assert numbers("tab=mine&state=granted") == {done.number}
        assert numbers("tab=overdue&state=submitted") == {late.number}
        assert numbers("tab=today&state=submitted&service=home-schooling") == {today.number}
        assert numbers("tab=unassigned&state=submitted") == {office.case.number, today.number, late.number}
        assert numbers("tab=complaints&state=submitted") == set()

    def test_what_is_overdue_says_so_in_words(self, office: Office) -> None:
        make_case(office.school, office.account, due_at=dt.datetime(2026, 11, 20, 18, 59, 59, tzinfo=dt.UTC))
        client = office.enter()
        StaffMember.update(language="en").execute()
        assert "overdue: 1 working day" in page_of(client.get("/staff/work?tab=overdue")).select_one("tbody").text

    def test_pages_lead_on_and_back(self, office: Office) -> None:
        for number in range(59):
            make_case(
                office.school, office.account, due_at=office.case.due_at + dt.timedelta(hours=number // 2),
                submitted_at=office.case.submitted_at + dt.timedelta(minutes=number),
            )  # fmt: skip
        client = office.enter()
        for sort in ("due", "submitted"):
            pages, address = [], f"/staff/work?tab=open&sort={sort}"
            while address:
                page = page_of(client.get(address))
                pages.append([link.text for link in page.select("tbody a")])
                following = page.select_one("a[rel=next]")
                address = following["href"] if following else None
            assert [len(each) for each in pages] == [25, 25, 10]
            assert len({number for each in pages for number in each}) == 60
            back = page_of(client.get(page.select_one("a[rel=prev]")["href"]))
            assert [link.text for link in back.select("tbody a")] == pages[1]
            first = page_of(client.get(back.select_one("a[rel=prev]")["href"]))
            assert [link.text for link in first.select("tbody a")] == pages[0]
            assert first.select_one("a[rel=prev]") is None

    @pytest.mark.parametrize("page", ["x", "YTIw", "%F0%9F%98%80", "YWFhLGFh"])
    def test_a_page_that_the_list_never_gave_is_not_there(self, office: Office, page: str) -> None:
        assert office.enter().get(f"/staff/work?page={page}").status_code == 404

    def test_at_most_eight_queries_make_a_page_however_many_cases_stand_there(self, office: Office) -> None:
        client = office.enter()
        client.get("/staff/work?tab=open")  # reads the calendar, good for a minute
        with counted() as seen:
            assert client.get("/staff/work?tab=open").status_code == 200
        assert len([sql for sql in seen if '"session"' not in sql]) <= 8  # one counts the notices in the page's head

    @pytest.mark.parametrize("query", ["үлгіқызы ай", "УЛГИКЫЗЫ", "Үлгі Бала"])
    def test_a_case_is_found_by_the_beginning_of_a_name(self, office: Office, query: str) -> None:
        answer = post(office.enter(), "/staff/work/search", {"q": query})
        assert answer.status_code == 200
        assert office.case.number in answer.text

    def test_a_case_is_found_by_its_number_as_typed(self, office: Office) -> None:
        typed = office.case.number.lower().replace("-", " ")
        assert office.case.number in post(office.enter(), "/staff/work/search", {"q": typed}).text

    def test_v14_2_1_an_iin_is_searched_without_an_address_that_holds_it(self, office: Office) -> None:
        answer = post(office.enter(), "/staff/work/search", {"q": office.account.iin})
        assert answer.status_code == 200
        assert answer.request.query_string == b""
        assert office.case.number in answer.text
        entry = AuditEntry.get(AuditEntry.action == "search_by_iin")
        assert office.account.iin not in str(entry.data) + entry.object

    def test_v8_4_1_a_search_finds_nothing_of_another_organisation(self, office: Office) -> None:
        client = office.enter("aqsai.officer")
        for query in (office.case.number, office.account.iin, "Үлгіқызы"):
            assert (
                office.case.number
                not in page_of(post(client, "/staff/work/search", {"q": query})).select_one("main").text
            )

    def test_an_empty_search_says_what_to_type(self, office: Office) -> None:
        answer = post(office.enter(), "/staff/work/search", {"q": " "})
        assert answer.status_code == 422
        assert page_of(answer).select_one("[role=alert]")


class TestCasePage:
    def test_everything_is_on_it(self, office: Office) -> None:
        office.take()
        page = page_of(office.enter().get(office.address))
        assert page.select_one("output#reference").text == office.case.number
        assert "ДКК-45/7" in page.text
        assert page.select_one("time[datetime]")
        assert {item["data-event"] for item in page.select("#timeline li")} == {"submitted", "taken"}
        grounds = {radio["value"] for radio in page.select("[name=ground]")}
        assert grounds == {"untrue-documents", "requirements-not-met", "no-consent"}
        assert page.select_one("[name=kind][value=grant]")

    def test_it_costs_at_most_ten_queries(self, office: Office) -> None:
        office.prepare()
        client = office.enter()
        client.get(office.address)
        with counted() as seen:
            assert client.get(office.address).status_code == 200
        assert len(seen) <= 10, "\n".join(seen)

    def test_v16_3_opening_it_is_on_record(self, office: Office) -> None:
        client = office.enter()
        before = AuditEntry.select().where(AuditEntry.action == "view").count()
        client.get(office.address)
        entry = AuditEntry.select().where(AuditEntry.action == "view").order_by(AuditEntry.id.desc()).get()
        assert AuditEntry.select().where(AuditEntry.action == "view").count() == before + 1
        assert (entry.actor, entry.object) == (f"staff:{office.officer.id}", f"case:{office.case.id}")

    def test_v14_2_6_iins_are_masked_until_asked_for_and_that_is_on_record(self, office: Office) -> None:
        client = office.enter()
        child = office.case.answers["child_iin"]
        page = client.get(office.address).text
        assert office.account.iin not in page
        assert child not in page
        shown = post(client, office.address + "/iin").text
        assert office.account.iin in shown
        assert child in shown
        assert AuditEntry.select().where(AuditEntry.action == "reveal_iin").count() == 1
        assert office.account.iin not in client.get(office.address).text

    @pytest.mark.parametrize("part", ["", "/assign", "/message", "/correction", "/decision", "/wait"])
    def test_v8_4_1_another_organisations_case_is_not_there(self, office: Office, part: str) -> None:
        client = office.enter("aqsai.officer")
        assert client.get(office.address + part).status_code == 404
        if part:
            answer = post(client, office.address + part, {"kind": "grant", "text": "x", "to": ""})
            assert answer.status_code == 404
        assert Event.select().where(Event.case == office.case).count() == 1

    def test_managers_read_and_do_nothing(self, office: Office) -> None:
        StaffMember.update(role="manager").where(StaffMember.login == "school.officer").execute()
        client = office.enter()
        assert client.get(office.address).status_code == 200
        assert post(client, office.address + "/take").status_code == 403


class TestActing:
    def test_from_taking_to_signing(self, office: Office) -> None:
        """The officer takes and prepares, the head signs with a fresh factor."""
        officer = office.enter()
        assert post(officer, office.address + "/take").status_code == 303
        assert post(officer, office.address + "/decision", {"kind": "grant"}).status_code == 303
        head = office.enter("school.head")
        page = page_of(head.get(office.address))
        data = shown_on(page)
        answer = post(head, office.address + "/sign", data)
        assert answer.status_code == 303, answer.text
        assert office.state == "granted"

    def test_v7_5_3_signing_asks_for_a_fresh_factor(self, office: Office, clock: Clock) -> None:
        office.prepare()
        head = office.enter("school.head")
        clock.forward(minutes=6)
        data = shown_on(page_of(head.get(office.address)))
        asked = post(head, office.address + "/sign", data)
        assert "/staff/confirm" in asked.location
        assert office.state == "in_review"
        confirm_staff(head, "school.head")
        assert post(head, office.address + "/sign", data).status_code == 303
        assert office.state == "granted"

    def test_officers_do_not_sign(self, office: Office) -> None:
        decision = office.prepare()
        assert post(office.enter(), office.address + "/sign", {"decision": decision.id}).status_code == 403
        assert office.state == "in_review"

    def test_v2_3_5_the_same_person_does_not_prepare_and_sign(self, office: Office) -> None:
        review.take(office.head, office.case.number, office.clock())
        decision = decisions.prepare(office.head, office.case.number, "grant", office.clock())
        answer = post(
            office.enter("school.head"), office.address + "/sign", {"decision": decision.id, "shown": "0" * 64}
        )
        assert answer.status_code == 403
        assert office.state == "in_review"

    def test_who_comes_second_is_told_who_was_first_and_when(self, office: Office) -> None:
        officer = office.enter()
        office.prepare()
        answer = post(officer, office.address + "/decision", {"kind": "grant"})
        assert answer.status_code == 409
        text = page_of(answer).select_one("main").text
        assert office.officer.name in text
        assert "10:00" in text

    def test_a_refusal_without_a_ground_keeps_what_was_typed(self, office: Office) -> None:
        office.take()
        client = office.enter()
        answer = post(client, office.address + "/decision", {"kind": "refuse", "explanation": "Мерзімі өткен"})
        page = page_of(answer)
        assert answer.status_code == 422
        assert page.select_one("[role=alert]")
        assert page.select_one("#explanation").text.strip() == "Мерзімі өткен"
        assert page.select_one("[name=kind][value=refuse]").has_attr("checked")
        assert Decision.select().count() == 0

    def test_v8_2_3_more_fields_than_the_form_has_change_nothing(self, office: Office) -> None:
        office.take()
        client = office.enter()
        extra = {
            "state": "granted",
            "assignee": office.head.id,
            "is_open": "",
            "signed_by": office.head.id,
            "role": "head",
        }
        post(client, office.address + "/message", {"text": "Сәлем", **extra})
        post(client, office.address + "/decision", {"kind": "grant", **extra})
        after = Case.get_by_id(office.case.id)
        assert (after.state, after.assignee_id, after.is_open) == ("in_review", office.officer.id, True)
        assert Decision.get().signed_by is None
        assert StaffMember.get(StaffMember.login == "school.officer").role == "officer"

    def test_a_correction_names_its_answers(self, office: Office) -> None:
        office.take()
        client = office.enter()
        answer = post(client, office.address + "/correction", {"text": "Анық емес"})
        assert answer.status_code == 422
        assert page_of(answer).select_one("#correction-text").text.strip() == "Анық емес"
        answer = post(client, office.address + "/correction", {"reason-conclusion_number": "because"})
        assert answer.status_code == 422
        answer = post(client, office.address + "/correction", {"reason-conclusion_number": "unclear"})
        assert answer.status_code == 303
        assert office.state == "needs_correction"

    def test_many_messages_at_once_are_one_sms_and_all_of_them_stand_in_the_cabinet(
        self, office: Office, clock: Clock
    ) -> None:
        office.take()
        client = office.enter()
        told = Message.select().where(Message.channel == "sms", Message.case == office.case)
        before = told.count()
        for number in range(14):
            clock.forward(seconds=1)
            assert post(client, office.address + "/message", {"text": f"Сәлем {number}"}).status_code == 303
        assert told.count() == before + 1
        assert Event.select().where(Event.case == office.case, Event.kind == "message").count() == 14
        Message.update(sent_at=clock()).where(Message.sent_at.is_null()).execute()
        clock.forward(minutes=31)
        sign_in_staff(client, "school.officer")
        assert post(client, office.address + "/message", {"text": "Тағы"}).status_code == 303
        assert told.count() == before + 2, "what is new half an hour later is told"

    def test_an_empty_message_is_not_sent(self, office: Office) -> None:
        answer = post(office.enter(), office.address + "/message", {"text": " "})
        assert answer.status_code == 422

    def test_a_case_is_given_to_a_colleague_of_the_same_body_only(self, office: Office) -> None:
        client = office.enter()
        stranger = office.member("aqsai.officer")
        assert post(client, office.address + "/assign", {"to": str(stranger.id)}).status_code == 422
        assert post(client, office.address + "/assign", {"to": str(office.head.id)}).status_code == 303
        assert Case.get_by_id(office.case.id).assignee_id == office.head.id

    def test_the_page_says_when_a_result_signed_now_is_issued(self, office: Office, clock: Clock) -> None:
        office.prepare()
        clock.forward(hours=9)  # 19:00
        head = office.enter("school.head")
        StaffMember.update(language="en").execute()
        assert "Working time is over" in head.get(office.address).text

    def test_a_kindergarten_case_is_confirmed_by_an_officer(self, office: Office) -> None:
        body = Organisation.get(Organisation.code == "oral-edu")
        checker = office.member("oral.officer")
        case = make_unchecked(
            body, office.account, holder=checker,
            answers={"kindergartens": ["nope"], "child_birth_date": "2023-05-01", "priority": "none"},
        )  # fmt: skip
        client = office.enter("oral.officer")
        page = page_of(client.get(f"/staff/cases/{case.number}"))
        assert page.select_one(f'form[action$="{case.number}/check"]')
        assert not page.select("[name=kind]")
        paper = {"subject": "child", "paper_kind": "Туу туралы куәлік", "number": "7", "issued": "1.2.2024"}
        assert post(client, f"/staff/cases/{case.number}/check", paper).status_code == 303
        assert Case.get_by_id(case.id).state == "accepted"

    def test_the_page_says_what_of_a_reviewed_case_is_not_confirmed_and_keeps_the_paper(self, office: Office) -> None:
        Check.create(case=office.case, subject="child", next_try_at=office.clock())
        Case.update(unchecked=True, answers={**office.case.answers, "child_name": "Үлгі Бала"}).where(
            Case.id == office.case.id
        ).execute()
        client = office.enter()
        StaffMember.update(language="en").execute()
        said = page_of(client.get(office.address)).select_one("#unconfirmed").text
        assert "That the child is the applicant's: Үлгі Бала" in said
        post(client, office.address + "/take")
        paper = {"subject": "child", "paper_kind": "Birth certificate", "number": "No. 12", "issued": "1.2.2024"}
        assert post(client, office.address + "/check", paper).status_code == 303
        page = page_of(client.get(office.address))
        assert "Birth certificate" in page.select_one("[data-event=confirmed_by_officer]").text
        assert page.select_one("#unconfirmed") is None
        assert page.select_one("#kind"), "the review goes on: the decision is still to be made"
        assert Case.get_by_id(office.case.id).state == "in_review"


class TestTheCitizensSide:
    def test_a_correction_with_a_sign_that_does_not_print_says_so_first(self, office: Office) -> None:
        client = office.enter()
        post(client, office.address + "/take")
        sent = {"reason-conclusion_number": "unclear", "text": "Нөмір 中"}
        answer = post(client, office.address + "/correction", sent)
        assert answer.status_code == 422
        assert "中" in page_of(answer).select_one("#correction-error").text
        seen = page_of(answer).select_one("[name=text-as-is]")["value"]
        assert post(client, office.address + "/correction", {**sent, "text-as-is": seen}).status_code == 303

    def test_a_correction_is_shown_with_its_reason_and_mended(self, office: Office) -> None:
        client = office.app.test_client()
        sign_in(client, MOTHER, "en")
        database.connect()
        mother = Account.get(Account.iin == MOTHER)
        Case.update(account=mother).where(Case.id == office.case.id).execute()
        office.take()
        review.write_message(office.officer, office.case.number, "Сәлеметсіз бе", office.clock())
        corrections.ask_correction(
            office.officer, office.case.number, {"conclusion_number": "does_not_match"}, "№ 46 емес пе?",
            office.clock(),
        )  # fmt: skip
        address = f"/en/cabinet/{office.case.number}"
        page = page_of(client.get(address))
        assert "does not match the document" in page.text
        assert "№ 46 емес пе?" in page.text
        assert "Сәлеметсіз бе" in page.select_one(".letter.office").text
        form = page_of(client.get(address + "/correct"))
        asked = {control["name"] for control in form.select("main form input:not([type=hidden])")}
        assert asked == {"conclusion_number"}
        assert post(client, address + "/correct", {"conclusion_number": ""}).status_code == 422
        mended = {"conclusion_number": "ДКК-46/1", "child_name": "Басқа", "state": "granted"}
        assert post(client, address + "/correct", mended).location == address + "/correct/sign"
        assert Case.get_by_id(office.case.id).state == "needs_correction", "nothing is changed before it is signed"
        page = page_of(client.get(address + "/correct/sign"))
        assert [page.select_one(f"#mended {tag}").text for tag in ("del", "ins")] == ["ДКК-45/7", "ДКК-46/1"]
        post(client, address + "/correct/sign", {"again": "1"})
        mark = page_of(client.get(address + "/correct/sign")).select_one("[name=text]")["value"]
        assert post(client, address + "/correct/sign", {"code": "000000", "text": mark}).status_code == 422
        assert post(client, address + "/correct/sign", {"code": last_code(), "text": mark}).status_code == 303
        signed = Signature.get(Signature.case == office.case.id)
        assert "ДКК-46/1" in signed.text
        after = Case.get_by_id(office.case.id)
        assert (after.state, after.answers["conclusion_number"]) == ("in_review", "ДКК-46/1")
        assert after.answers["child_name"] == "Үлгі Бала"

    def test_what_an_officer_wrote_is_not_told_to_who_holds_the_receipt_alone(self, office: Office) -> None:
        review.write_message(office.officer, office.case.number, "Құпия сөз", office.clock())
        asked = {"number": office.case.number, "code": office.case.receipt_code}
        answer = post(office.app.test_client(), "/kk/status", asked)
        assert office.case.number in answer.text
        assert "Құпия сөз" not in answer.text

    def test_three_figures_of_usual_time_once_there_are_five_cases(self, office: Office, clock: Clock) -> None:
        for days in (0, 3, 3, 4, 10):  # Monday, Friday twice, Thursday, the Friday before
            assert usual_time.usual_time("home-schooling", clock()) is None
            clock.forward(minutes=11)
            begun = clock() - dt.timedelta(days=days)
            make_case(office.school, office.account, "granted", submitted_at=begun, answered_at=clock())
        figures = usual_time.usual_time("home-schooling", clock())
        assert (figures.half, figures.nine_of_ten, figures.longest) == (1, 6, 6)
