"""A complaint by somebody who only states an IIN and proves a phone: filed, answered, and nothing else opened."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal.models import (
    Account,
    AuditEntry,
    Case,
    Complaint,
    Document,
    Draft,
    Event,
    Message,
    OneTimeCode,
    Paper,
    Session,
)
from portal.services.identity import limits
from portal.services.papers import issuing
from tests.conftest import Clock
from tests.files_to_upload import photo
from tests.queue_data import make_iin
from tests.signing_in import FATHER, MOTHER, NEIGHBOUR, STRANGER, last_code, post, sign_in, state_identity
from tests.staff_signing_in import sign_in_staff
from tests.views.test_apply import Browser

START = "/kk/complaints/without-sign-in"
TEXT = "Кабинет ашылмайды, ал маман кеңес бермеді."
REGISTERED = "+77000000001"  # the mother's phone in the registers
NAME = "Үлгібаева Айгүл"


@pytest.fixture
def browser(app: Flask, fill_with_demo: Callable[[Flask], None]) -> Browser:
    fill_with_demo(app)
    return Browser(app.test_client())


def state(browser: Browser, phone: str = NEIGHBOUR, iin: str = MOTHER, query: str = "") -> None:
    browser.get(START + query)
    browser.send(iin=iin, name=NAME, phone=phone)
    browser.send(code=last_code())


def write(browser: Browser, **more: object) -> None:
    browser.send(service="preschool-queue", against="provider")
    browser.send(body="oral-edu", text=TEXT, address="Орал, Демо көшесі, 1", **more)


def complain(browser: Browser, phone: str = NEIGHBOUR, iin: str = MOTHER) -> Case:
    state(browser, phone, iin)
    write(browser)
    browser.send(code=last_code())
    return complaint()


def complaint() -> Case:
    return Case.select().where(Case.kind == "complaint").order_by(Case.id.desc()).get()


def texts_to(phone: str) -> list[str]:
    return [message.text for message in Message.select().where(Message.to == phone).order_by(Message.id)]


def test_an_iin_a_name_and_a_phone_are_enough_and_the_confirmation_comes_at_once(browser: Browser) -> None:
    case = complain(browser)
    shown = browser.page.select_one("main").text
    assert browser.page.select_one("#reference").text == case.number
    assert case.incoming_number in shown
    assert case.accepted_by in shown
    assert case.receipt_code in shown
    assert browser.page.select_one("time[datetime]")["datetime"].startswith("2026-11-30")
    assert (case.account.iin, case.account.name, case.account.phone) == (MOTHER, NAME, NEIGHBOUR)
    assert any(case.incoming_number in text for text in texts_to(NEIGHBOUR))


def test_the_confirmation_opens_as_a_page_and_a_pdf_and_says_where_the_answer_opens(browser: Browser) -> None:
    case = complain(browser)
    paper = Paper.get(Paper.case == case, Paper.kind == "complaint_receipt")
    assert f"{NAME} (өз айтуы бойынша)" in str(issuing.lay_sheet(paper, "https://qyzmet.gov.test"))
    assert "ЖСН мен телефонды кодпен" in str(issuing.lay_sheet(paper, "https://qyzmet.gov.test"))
    assert browser.client.get(f"/kk/cabinet/{case.number}/papers/{paper.code}").status_code == 200
    assert browser.client.get(f"/kk/cabinet/{case.number}/papers/{paper.code}.pdf").data.startswith(b"%PDF")


def test_the_signed_text_bears_the_name_and_the_iin_as_stated(browser: Browser) -> None:
    state(browser)
    write(browser)
    signed = browser.page.select_one(".paper").text
    assert NAME in signed
    assert MOTHER in signed
    assert f"Кодпен расталған телефоны: {NEIGHBOUR}" in signed


def test_files_go_with_it(browser: Browser) -> None:
    state(browser)
    browser.send(service="preschool-queue", against="provider")
    draft = Draft.get()
    sent = {"body": "oral-edu", "text": TEXT, "address": "Орал", "files": (io.BytesIO(photo()), "хат.jpg")}
    post(browser.client, browser.path, sent, content_type="multipart/form-data")
    assert Document.get().draft_key == draft.key
    browser.get(f"/kk/complaints/{draft.key}")
    assert "хат.jpg" in browser.page.text


@pytest.mark.parametrize(
    "address",
    ["/kk/cabinet/settings", "/kk/cabinet/settings/phone", "/kk/services/home-schooling/apply"],
)  # fmt: skip
def test_everything_else_asks_to_sign_in(browser: Browser, address: str) -> None:
    state(browser)
    if address.endswith("apply"):
        assert "/sign-in" in post(browser.client, address).location
    else:
        assert "/sign-in?next=" in browser.client.get(address).location
    assert browser.client.get("/kk/sign-in").status_code == 200


class TestTheOwnerOfTheIin:
    """Whoever states somebody's IIN learns nothing of that person, and can do nothing in their place."""

    def test_their_cases_and_drafts_are_not_there(self, browser: Browser, app: Flask) -> None:
        owner = app.test_client()
        sign_in(owner, MOTHER)
        theirs = Browser(owner)
        theirs.get("/kk/complaints/new?service=preschool-queue")
        write(theirs)
        theirs.send(code=last_code())
        number = complaint().number
        state(browser)
        assert browser.client.get(f"/kk/cabinet/{number}").status_code == 404
        assert number not in browser.client.get("/kk/cabinet").text
        assert not browser.page.select("#about")

    def test_v2_4_1_a_stranger_uses_up_no_code_that_they_sign_with(
        self, browser: Browser, app: Flask, clock: Clock
    ) -> None:
        state(browser)
        write(browser)
        draft = Draft.get()
        sent = {"body": "oral-edu", "address": "Орал"}
        for number in range(15):
            clock.forward(minutes=2)
            post(browser.client, f"/kk/complaints/{draft.key}", {**sent, "text": f"{TEXT} {number}"})
        owner = Browser(app.test_client())
        sign_in(owner.client, MOTHER)
        owner.get("/kk/complaints/new?service=preschool-queue")
        write(owner)
        assert owner.path.endswith("/sign")
        assert owner.send(code=last_code()).status_code == 200
        assert not complaint().account.stated_phone

    @pytest.mark.parametrize("known", [True, False])
    def test_the_language_of_a_code_does_not_tell_whether_they_were_here(
        self, browser: Browser, app: Flask, known: bool
    ) -> None:
        if known:
            sign_in(app.test_client(), MOTHER, lang="ru")
            Account.update(language="ru").execute()
        state(browser)
        write(browser)
        assert texts_to(NEIGHBOUR)[-1].startswith("Qyzmet: құжатқа қол қою коды"), texts_to(NEIGHBOUR)[-1]

    def test_they_do_not_see_what_a_stranger_sent_but_are_told_by_sms(self, browser: Browser, app: Flask) -> None:
        owner = app.test_client()
        sign_in(owner, MOTHER)
        case = complain(browser)
        assert owner.get(f"/kk/cabinet/{case.number}").status_code == 404
        assert texts_to(REGISTERED)[-1] == f"Qyzmet: атыңыздан шағым түсті, {case.number}. Сіз емессіз бе? 1414"

    def test_they_are_told_also_when_they_were_never_here(self, browser: Browser) -> None:
        case = complain(browser)
        assert any(case.number in text for text in texts_to(REGISTERED))

    def test_they_may_say_that_it_was_not_them_and_the_office_learns_it(self, browser: Browser, app: Flask) -> None:
        case = complain(browser)
        owner = Browser(app.test_client())
        sign_in(owner.client, MOTHER)
        owner.get("/kk/cabinet")
        assert case.number in owner.page.select_one("#in-my-name + ul").text
        assert TEXT not in owner.page.text
        owner.get(f"/kk/cabinet/{case.number}/not-mine")
        assert TEXT not in owner.page.text
        owner.send()
        assert "хабардар" in owner.page.select_one("#in-my-name + ul").text
        assert post(owner.client, f"/kk/cabinet/{case.number}/not-mine").status_code == 303  # twice is once
        assert Event.select().where(Event.case == case, Event.kind == "disowned").count() == 1
        letters = Message.select().where(Message.channel == "mail", Message.case == case)
        assert any("ЖСН иесі" in letter.text for letter in letters)
        officer = app.test_client()
        sign_in_staff(officer, "oral.officer")
        assert "ЖСН иесі" in officer.get(f"/staff/cases/{case.number}").text

    def test_on_a_call_they_may_say_so_too(self, browser: Browser, app: Flask) -> None:
        case = complain(browser)
        operator = Browser(app.test_client())
        sign_in_staff(operator.client, "calls.operator")
        operator.get("/staff/calls")
        operator.send(q=MOTHER)
        operator.send(code=last_code())
        assert case.number in operator.page.text
        assert post(operator.client, "/staff/calls/disown", {"number": case.number}).status_code == 303
        assert Event.select().where(Event.case == case, Event.kind == "disowned").count() == 1

    def test_nobody_else_may(self, browser: Browser, app: Flask) -> None:
        case = complain(browser)
        assert post(browser.client, f"/kk/cabinet/{case.number}/not-mine").status_code == 303  # to sign in
        other = app.test_client()
        sign_in(other, FATHER)
        assert post(other, f"/kk/cabinet/{case.number}/not-mine").status_code == 404
        assert Event.select().where(Event.kind == "disowned").count() == 0

    def test_known_and_unknown_get_the_same_pages(self, browser: Browser, app: Flask) -> None:
        sign_in(app.test_client(), MOTHER)
        pages = []
        for iin in (MOTHER, STRANGER):
            client = Browser(app.test_client())
            client.get(START)
            client.send(iin=iin, name=NAME, phone=NEIGHBOUR)
            asked = str(client.page.select_one("main"))
            client.send(code=last_code())
            pages.append([plain(asked), plain(str(client.page.select_one("main"))), client.path])
        assert pages[0] == pages[1]

    def test_their_own_codes_go_on_to_their_own_phone(self, browser: Browser, app: Flask) -> None:
        state(browser)
        post(app.test_client(), "/kk/sign-in", {"iin": MOTHER})
        assert OneTimeCode.select().order_by(OneTimeCode.id.desc()).get().phone == REGISTERED

    def test_signing_in_with_the_phone_that_was_proved_makes_it_one_cabinet(self, browser: Browser, app: Flask) -> None:
        case = complain(browser, phone=REGISTERED)
        owner = app.test_client()
        sign_in(owner, MOTHER)
        assert owner.get(f"/kk/cabinet/{case.number}").status_code == 200
        assert Account.select().where(Account.iin == MOTHER).count() == 1
        assert browser.client.get(f"/kk/cabinet/{case.number}").status_code == 303, "the limited session is over"
        assert AuditEntry.select().where(AuditEntry.action == "take_over").count() == 1


def plain(html: str) -> str:
    """Without what differs in each form."""
    page = BeautifulSoup(html, "lxml")
    for hidden in page.select("[name=csrf_token]"):
        hidden.decompose()
    return str(page)


class TestTheCode:
    def test_it_goes_to_the_phone_that_was_typed_and_says_what_for(self, browser: Browser) -> None:
        browser.get(START)
        browser.send(iin=MOTHER, name=NAME, phone="8 701 123 45 67")
        assert texts_to(NEIGHBOUR) == [f"Qyzmet: шағым жазу коды {last_code()}. Ешкімге айтпаңыз."]
        assert "+7 701 123 45 67" in browser.page.text.replace("\xa0", " ")

    def test_it_signs_nobody_in(self, browser: Browser, app: Flask) -> None:
        browser.get(START)
        browser.send(iin=MOTHER, name=NAME, phone=NEIGHBOUR)
        post(browser.client, "/kk/sign-in", {"iin": MOTHER})
        stated = texts_to(NEIGHBOUR)[-1]
        code = "".join(sign for sign in stated if sign.isdigit())[:6]
        assert post(browser.client, "/kk/sign-in", {"code": code}).status_code == 422
        assert Session.select().where(Session.account.is_null(False)).count() == 0

    def test_a_wrong_one_is_told_and_a_new_one_may_be_asked_for(self, browser: Browser) -> None:
        browser.get(START)
        browser.send(iin=MOTHER, name=NAME, phone=NEIGHBOUR)
        right = last_code()
        browser.send(code="000000" if right != "000000" else "111111")
        assert browser.page.select_one("#code-error")
        browser.send(code="", again="1")
        browser.send(code=last_code())
        assert browser.path.startswith("/kk/complaints/new")

    def test_whoever_comes_without_having_asked_begins_at_the_beginning(self, browser: Browser) -> None:
        browser.get(START + "/code")
        assert browser.path.startswith(START)
        assert browser.page.select_one("#iin")


@pytest.mark.parametrize(
    ("field", "value"), [("iin", "940308490012"), ("iin", ""), ("name", " "), ("phone", "123"), ("phone", "")]
)
def test_a_mistake_is_shown_at_its_field_and_what_was_typed_is_still_there(
    browser: Browser, field: str, value: str
) -> None:
    browser.get(START)
    typed = {"iin": MOTHER, "name": NAME, "phone": "8 701 123 45 67"}
    assert browser.send(**{**typed, field: value}).status_code == 422
    assert browser.page.select_one(f"#{field}-error")
    for name in typed.keys() - {field}:
        assert browser.page.select_one(f"#{name}")["value"] == typed[name]
    assert OneTimeCode.select().count() == 0


class TestNothingIsLost:
    def test_the_draft_waits_for_the_same_iin_and_phone(self, browser: Browser, app: Flask) -> None:
        state(browser)
        write(browser)
        again = Browser(app.test_client())
        state(again)
        again.send(service="preschool-queue", against="provider")
        assert again.page.select_one("textarea").text.strip() == TEXT

    def test_from_another_phone_it_is_not_there(self, browser: Browser, app: Flask) -> None:
        state(browser)
        write(browser)
        key = Draft.get().key
        again = app.test_client()
        state_identity(again, phone="+77019876543")
        assert again.get(f"/kk/complaints/{key}").status_code == 404

    def test_what_was_typed_when_the_time_was_over_is_there_after_the_same_proof(
        self, browser: Browser, clock: Clock
    ) -> None:
        state(browser)
        browser.send(service="preschool-queue", against="provider")
        clock.forward(minutes=31)
        browser.send(body="oral-edu", text=TEXT, address="Орал")
        assert "/sign-in" in browser.path
        browser.get(browser.page.find("a", string="Кабинетке кірмей шағымдану")["href"])
        browser.send(iin=MOTHER, name=NAME, phone=NEIGHBOUR)
        browser.send(code=last_code())
        assert browser.page.select_one("textarea").text.strip() == TEXT

    def test_the_way_leads_to_the_service_it_began_at(self, browser: Browser) -> None:
        state(browser, query="?service=home-schooling")
        assert browser.page.select_one("#service option[selected]")["value"] == "home-schooling"


class TestAfterwards:
    def test_the_same_proof_opens_the_answer_and_the_instance_above(self, browser: Browser, app: Flask) -> None:
        case = complain(browser)
        Case.update(state="refused", is_open=False, answered_at=case.due_at).where(Case.id == case.id).execute()
        Complaint.update(answer="refused", reasons="Негізсіз.").where(Complaint.case == case).execute()
        later = app.test_client()
        state_identity(later)
        page = later.get(f"/kk/cabinet/{case.number}")
        assert "Негізсіз." in page.text
        assert case.number in later.get("/kk/cabinet").text
        assert post(later, f"/kk/complaints/after/{case.number}").status_code == 303

    def test_number_and_code_show_how_it_stands(self, browser: Browser, app: Flask) -> None:
        case = complain(browser)
        anybody = Browser(app.test_client())
        anybody.get("/kk/status")
        anybody.send(number=case.number, code=case.receipt_code)
        assert anybody.page.select_one("[data-state]")["data-state"] == "submitted"
        assert NAME not in anybody.page.text

    def test_who_leaves_leaves_nothing_open(self, browser: Browser) -> None:
        case = complain(browser)
        post(browser.client, "/kk/sign-out")
        assert browser.client.get(f"/kk/cabinet/{case.number}").status_code == 303

    def test_officers_see_that_the_phone_alone_was_confirmed(self, browser: Browser, app: Flask) -> None:
        case = complain(browser)
        officer = app.test_client()
        sign_in_staff(officer, "oral.officer")
        notice = BeautifulSoup(officer.get(f"/staff/cases/{case.number}").text, "lxml").select_one("#stated").text
        assert "+7 701 123 45 67" in notice.replace("\xa0", " ")
        assert "белгісіз" in notice

    def test_officers_see_that_the_registers_know_the_phone_for_this_iin(self, browser: Browser, app: Flask) -> None:
        case = complain(browser, phone=REGISTERED)
        officer = app.test_client()
        sign_in_staff(officer, "oral.officer")
        page = BeautifulSoup(officer.get(f"/staff/cases/{case.number}").text, "lxml")
        assert "белгісіз" not in page.select_one("#stated").text

    def test_on_a_call_its_number_brings_the_code_to_the_phone_that_was_proved(
        self, browser: Browser, app: Flask
    ) -> None:
        case = complain(browser)
        operator = Browser(app.test_client())
        sign_in_staff(operator.client, "calls.operator")
        operator.get("/staff/calls")
        operator.send(q=case.number)
        assert OneTimeCode.select().order_by(OneTimeCode.id.desc()).get().phone == NEIGHBOUR
        operator.send(code=last_code())
        assert operator.path == "/staff/calls/caller"
        assert case.number in operator.page.text


class TestLimits:
    def test_a_text_corrected_too_often_is_kept_and_the_page_says_when_a_code_comes(
        self, browser: Browser, clock: Clock
    ) -> None:
        state(browser)
        write(browser)
        draft, answers = Draft.get(), []
        for number in range(4):
            browser.get(f"/kk/complaints/{draft.key}")
            answers.append(browser.send(text=f"{TEXT} {number}"))
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert browser.page.select_one("textarea[name=text]").text.strip() == f"{TEXT} 3"
        assert "Жазғаныңыз сақталды" in browser.page.select_one("main [role=status]").text
        assert Draft.get().answers["text"] == f"{TEXT} 3"
        clock.forward(minutes=10)
        browser.send()
        assert browser.path.endswith("/sign")
        assert browser.send(code=last_code()).status_code == 200
        assert complaint().account.stated_phone == NEIGHBOUR

    def test_asked_for_too_soon_on_the_signing_page_the_text_stays_before_the_reader(self, browser: Browser) -> None:
        state(browser)
        write(browser)
        path = browser.path
        answers = [post(browser.client, path, {"again": ""}) for _ in range(4)]
        assert answers[-1].status_code == 429
        assert TEXT in answers[-1].text
        assert "Жазғаныңыз сақталды" in answers[-1].text

    def test_what_was_typed_to_begin_is_still_there_when_it_is_too_soon_for_a_code(self, browser: Browser) -> None:
        for _ in range(4):
            browser.get(START)
            answer = browser.send(iin=MOTHER, name=NAME, phone=NEIGHBOUR)
        assert answer.status_code == 429
        assert [browser.page.select_one(f"#{name}")["value"] for name in ("iin", "name", "phone")] == [
            MOTHER, NAME, NEIGHBOUR
        ]  # fmt: skip
        assert "Жазғаныңыз сақталды" in browser.page.select_one("main [role=status]").text

    def test_any_other_refusal_leads_back_to_the_page_it_came_from(
        self, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser.get(START)
        browser.send(iin=MOTHER, name=NAME, phone=NEIGHBOUR)
        monkeypatch.setitem(limits.LIMITS, "wrong codes of an address", ((3600, 0),))
        path, answer = browser.path, browser.send(code="000000")
        assert answer.status_code == 429
        assert browser.page.select_one(f'main a[href="{path}"]')

    def test_nobody_can_have_a_stranger_s_phone_flooded_with_one_iin_or_many(
        self, browser: Browser, clock: Clock
    ) -> None:
        typed = {"iin": MOTHER, "name": NAME, "phone": NEIGHBOUR}
        assert [post(browser.client, START, typed).status_code for _ in range(4)] == [303] * 3 + [429]
        clock.forward(hours=25)
        iins = [make_iin(f"9001{day:02d}4") for day in range(1, 5)]
        statuses = [post(browser.client, START, {**typed, "iin": iin}).status_code for iin in iins]
        assert statuses == [303] * 3 + [429]
        assert len(texts_to(NEIGHBOUR)) == 6

    def test_with_one_iin_only_a_few_phones_get_a_code_from_one_address(self, app: Flask, clock: Clock) -> None:
        """Strangers' phones are no target (ASVS V6.3.1): its holder signs in all the same, also from there."""
        typed = [{"iin": MOTHER, "name": NAME, "phone": f"+770176543{number:02d}"} for number in range(24)]
        statuses = [post(app.test_client(), START, each).status_code for each in typed]
        assert statuses == [303] * 8 + [429] * 16
        assert Message.select().where(Message.channel == "sms").count() == 8
        sign_in(app.test_client(), MOTHER)
        neighbour = {**typed[20], "iin": make_iin("9001014")}
        assert post(app.test_client(), START, neighbour).status_code == 303, "another person at the same address"
        clock.forward(minutes=6)
        assert post(app.test_client(), START, typed[21]).status_code == 303, "waits, and is not shut out"

    def test_many_named_phones_in_all_leave_every_address_a_few(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """However many addresses and IINs somebody has (ASVS V6.3.1)."""
        monkeypatch.setitem(limits.LIMITS, "codes to named phones", ((3600, 3),))
        statuses = []
        for day in range(1, 9):
            typed = {"iin": make_iin(f"9001{day:02d}4"), "name": NAME, "phone": f"+770176543{day:02d}"}
            statuses.append(post(app.test_client(), START, typed).status_code)
        assert statuses == [303] * 6 + [429] * 2
        far = app.test_client()
        far.environ_base["REMOTE_ADDR"] = "203.0.113.9"
        typed = {"iin": make_iin("9002014"), "name": NAME, "phone": "+77017654399"}
        assert post(far, START, typed).status_code == 303

    def test_whoever_states_an_iin_uses_up_nothing_of_its_owner(self, browser: Browser, app: Flask) -> None:
        """Not even at the owner's own address: neither codes nor tries."""
        for number in range(7):
            client = app.test_client()
            asked = post(client, START, {"iin": MOTHER, "name": NAME, "phone": f"+7701765432{number}"})
            assert asked.status_code == 303
            for _ in range(4):
                assert post(client, asked.location, {"code": "1"}).status_code == 422
                assert post(client, asked.location, {"code": "000000"}).status_code in (422, 303)
        sign_in(app.test_client(), MOTHER)

    def test_whoever_names_somebody_s_phone_keeps_no_code_of_theirs_back(self, browser: Browser, app: Flask) -> None:
        for day in range(1, 13):
            typed = {"iin": make_iin(f"9001{day:02d}4"), "name": NAME, "phone": REGISTERED}
            post(app.test_client(), START, typed)
        before = len(texts_to(REGISTERED))
        assert before == 3
        sign_in(app.test_client(), MOTHER)
        assert len(texts_to(REGISTERED)) == before + 1
