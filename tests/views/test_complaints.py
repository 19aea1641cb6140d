"""A complaint through the front door: its number, date, acceptor, term and confirmation."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal.models import (
    Account,
    Case,
    Complaint,
    Document,
    Draft,
    Message,
    Organisation,
    Paper,
    Signature,
    StaffMember,
)
from portal.services.complaints import registration as complaint_registration
from portal.services.complaints import submitting
from portal.services.local_time import local
from portal.services.papers import issuing
from portal.services.papers.paper_kinds.refusal import RefusalData
from portal.services.signatures.signing import SignedByCode
from tests.conftest import Clock
from tests.files_to_upload import photo
from tests.queue_data import PASSPORT
from tests.review_data import make_case
from tests.signing_in import FATHER, MOTHER, last_code, post, sign_in
from tests.views.test_apply import Browser, submit, to_check
from tests.views.test_uploads import Tus

BODIES = {
    "provider": "oral-edu",
    "official": "oral-edu",
    "state_corporation": "oral-gov4c",
    "employee": "oral-gov4c",
}


@pytest.fixture
def browser(app: Flask, fill_with_demo: Callable[[Flask], None]) -> Browser:
    fill_with_demo(app)
    return Browser(app.test_client())


def begin(browser: Browser, against: str = "provider", about: str = "", service: str = "preschool-queue") -> None:
    browser.get(f"/kk/complaints/new?service={service}&about={about}")
    if "/sign-in" in browser.path:
        browser.send(iin=MOTHER)
        browser.send(code=last_code())
    browser.send(against=against)


def write(browser: Browser, against: str = "provider", text: str = "Кезек нөмірім дұрыс емес.", **more: object) -> None:
    begin(browser, against)
    written = {"body": BODIES[against], "text": text, "address": "Орал, Демо көшесі, 1", **more}
    browser.send(**written)


def wait_for_the_answer(browser: Browser, answer: str = "refused") -> Case:
    """A complaint that was answered, by the office."""
    write(browser)
    browser.send(code=last_code())
    case = complaint()
    Case.update(state="refused", is_open=False, answered_at=case.due_at).where(Case.id == case.id).execute()
    Complaint.update(answer=answer, reasons="Негізсіз.").where(Complaint.case == case).execute()
    return case


def complaint() -> Case:
    return Case.select().where(Case.kind == "complaint").order_by(Case.id.desc()).get()


@pytest.mark.parametrize("against", ["provider", "state_corporation"])
def test_five_working_days_at_the_provider_and_the_state_corporation(browser: Browser, against: str) -> None:
    write(browser, against)
    browser.send(code=last_code())
    assert browser.page.select_one("time[datetime]")["datetime"].startswith("2026-11-30")
    assert complaint().body.code == BODIES[against]


def test_fifteen_working_days_at_the_authorised_body_leave_out_days_off(browser: Browser) -> None:
    before = wait_for_the_answer(browser)
    post(browser.client, f"/kk/complaints/after/{before.number}")
    browser.get(f"/kk/complaints/{Draft.get().key}")
    browser.send(address="Орал")
    browser.send(code=last_code())
    # Mon 23 Nov: the fifteenth working day is Mon 14 Dec.
    assert local(complaint().due_at).date() == dt.date(2026, 12, 14)


@pytest.mark.parametrize(
    ("against", "to"),
    [("provider", "provider"), ("official", "provider"), ("state_corporation", "state_corporation"),
     ("employee", "state_corporation")],
)  # fmt: skip
def test_the_portal_proposes_the_instance_in_the_passport_s_own_words(browser: Browser, against: str, to: str) -> None:
    begin(browser, against)
    route = next(route for route in PASSPORT.complaints if route.to == to)
    notice = browser.page.select_one("main .notice").text
    assert route.name.kk in notice
    assert route.when.kk in notice
    assert browser.page.select_one("#body optgroup")["label"] == route.name.kk


def test_after_an_answer_the_instance_above_is_one_tap_away_with_the_history(browser: Browser) -> None:
    before = wait_for_the_answer(browser)
    answer = post(browser.client, f"/kk/complaints/after/{before.number}")
    browser.get(answer.location)
    text = browser.page.select_one("textarea").text
    assert before.incoming_number in text
    assert "Негізсіз." in text
    assert "Кезек нөмірім дұрыс емес." in text
    assert browser.page.select_one("#address")["value"] == "Орал, Демо көшесі, 1"
    browser.send()
    browser.send(code=last_code())
    details = Complaint.get(Complaint.case == complaint())
    assert (details.to, details.previous.number) == ("authorised_body", before.number)


def test_silence_opens_the_instance_above_but_not_before_the_term_is_over(browser: Browser, clock: Clock) -> None:
    write(browser)
    browser.send(code=last_code())
    number = complaint().number
    assert post(browser.client, f"/kk/complaints/after/{number}").status_code == 409
    clock.forward(days=8)
    sign_in(browser.client, MOTHER)
    browser.get(post(browser.client, f"/kk/complaints/after/{number}").location)
    assert "Жауап мерзімінде берілмеді" in browser.page.select_one("textarea").text


def test_above_the_authorised_body_there_is_only_the_court(browser: Browser) -> None:
    before = wait_for_the_answer(browser)
    Complaint.update(to="authorised_body").where(Complaint.case == before).execute()
    assert post(browser.client, f"/kk/complaints/after/{before.number}").status_code == 409


def test_a_complaint_to_the_wrong_body_moves_over_before_it_is_sent(browser: Browser) -> None:
    begin(browser, "employee")
    browser.send(add="files", files=[(io.BytesIO(photo()), "хат.jpg")], official="Мысал", text="Дөрекі сөйледі.")
    browser.send(body="oral-edu", outcome="Кешірім сұрасын", address="Орал")
    assert browser.path.endswith("/addressee")
    assert Message.select().where(Message.key.startswith("code:")).count() == 1, "no code before it is corrected"
    notice = browser.page.select_one("main .notice").text
    assert "Мемлекеттік корпорация қызметкерінің" in notice
    browser.send(body="oral-gov4c")
    assert browser.path.endswith("/sign")
    for kept in ("Дөрекі сөйледі.", "Кешірім сұрасын", "хат.jpg", "Мысал"):
        assert kept in browser.page.text
    browser.send(code=last_code())
    case, details = complaint(), Complaint.get()
    assert (case.body.code, details.to, details.against) == ("oral-gov4c", "state_corporation", "employee")
    assert (details.official, details.outcome) == ("Мысал", "Кешірім сұрасын")
    file = Document.get(Document.case == case)
    assert file.name == "хат.jpg"
    assert f"хат.jpg (SHA-256 {file.sha256})" in Signature.get(Signature.case == case).text, "its content is signed"


def test_the_wrong_instance_is_never_sent_whoever_skips_the_page(browser: Browser) -> None:
    begin(browser, "employee")
    browser.send(body="oral-edu", official="Мысал", text="Мәтін", address="Орал")
    draft = Draft.get(Draft.kind == "complaint")
    assert browser.get(f"/kk/complaints/{draft.key}/sign").status_code == 200
    assert not browser.path.endswith("/sign")
    with pytest.raises(submitting.WrongAddressee):
        submitting.submit_complaint(draft.account, draft, PASSPORT, "kk", SignedByCode("", ""), draft.saved_at)


def test_a_result_is_quoted_and_opens_the_authorised_body(browser: Browser) -> None:
    sign_in(browser.client, MOTHER)
    account = Account.get(Account.iin == MOTHER)
    school = Organisation.get(Organisation.kind == "school")
    case = make_case(school, account, "refused")
    data = RefusalData(
        service="", number=case.number, body="", letter_number="Б-2026/7", applicant="", grounds=(),
        explanation="Қорытынды ескірген.", appeal=(), signer_post="", signer_name="",
    )  # fmt: skip
    issuing.issue_paper(case, "refusal", data, case.submitted_at, "kk")
    begin(browser, about=case.number)
    assert "Қорытынды ескірген." in browser.page.text
    browser.send(body="service-quality", text="Келіспеймін.", address="Орал")
    assert browser.path.endswith("/sign"), "the passport has it for results"
    assert "Б-2026/7" in browser.page.text


def test_what_is_typed_stays_while_files_are_added(browser: Browser) -> None:
    begin(browser)
    browser.send(add="files", files=[(io.BytesIO(photo()), "хат.jpg")], text="Жартысы")
    browser.get(browser.path)
    assert browser.page.select_one("textarea").text.strip() == "Жартысы"
    assert "хат.jpg" in browser.page.text
    browser.send(remove=Document.get().key)
    assert Document.select().count() == 0


@pytest.mark.parametrize("against", ["official", "employee"])
def test_who_does_not_know_the_name_complains_all_the_same(browser: Browser, against: str) -> None:
    write(browser, against, official="")
    assert browser.page.select_one("#official-error") is None
    browser.send(code=last_code())
    assert (Complaint.get().against, Complaint.get().official) == (against, "")


def test_the_confirmation_names_number_date_acceptor_term_and_place(browser: Browser) -> None:
    write(browser, "provider")
    browser.send(code=last_code())
    case = complaint()
    assert case.incoming_number.startswith("Ш-2026/")
    assert case.accepted_by
    paper = Paper.get(Paper.case == case)
    for value in (case.incoming_number, case.accepted_by, "2026-11-30", "2026-11-23"):
        assert value in str(paper.data)
    assert case.incoming_number in Message.select().where(Message.case == case).get().text
    browser.get(next(a["href"] for a in browser.page.select("main a") if "/papers/" in a["href"]))
    assert case.accepted_by in browser.page.text


def test_incoming_numbers_of_a_body_run_on(browser: Browser) -> None:
    numbers = []
    for text in ("Бірінші шағым", "Екінші шағым"):
        write(browser, "provider", text)
        browser.send(code=last_code())
        numbers.append(int(complaint().incoming_number.rsplit("/", 1)[1]))
    assert numbers[1] == numbers[0] + 1


def test_on_a_day_off_it_is_registered_on_the_next_working_day(browser: Browser) -> None:
    route = PASSPORT.complaints[0]
    saturday = dt.datetime(2026, 11, 21, 7, 0, tzinfo=dt.UTC)
    registered, due = complaint_registration.registration(route, saturday)
    assert (local(registered).date(), local(due).date()) == (dt.date(2026, 11, 23), dt.date(2026, 11, 30))


def test_a_complaint_about_my_application_goes_to_its_own_body(browser: Browser) -> None:
    to_check(browser)
    submit(browser)
    number = browser.page.select_one("#reference").text
    browser.get(f"/kk/complaints/new?about={number}")
    browser.send(against="provider")
    assert len(browser.page.select("#body optgroup:first-of-type option")) == 1
    assert browser.page.select_one("#body option[selected]")["value"] == "oral-edu"
    browser.send(text="Себебін түсіндіріңіз.", address="Орал")
    browser.send(code=last_code())
    assert complaint().about.number == number


def test_what_is_missing_is_named_and_what_was_written_stays(browser: Browser) -> None:
    write(browser, "provider", text="")
    assert browser.page.select_one("[role=alert]")
    assert browser.page.select_one("[name=address]")["value"] == "Орал, Демо көшесі, 1"
    assert Case.select().where(Case.kind == "complaint").count() == 0


def test_a_complaint_not_sent_waits_in_the_cabinet(browser: Browser) -> None:
    write(browser, "provider")
    browser.get("/kk/cabinet")
    draft = Draft.get(Draft.kind == "complaint")
    browser.get(next(a["href"] for a in browser.page.select("main a") if draft.key in a["href"]))
    assert "Кезек нөмірім" in browser.page.select_one("textarea").text


def test_a_double_tap_registers_one_complaint(browser: Browser) -> None:
    write(browser, "provider")
    page, path, code = browser.page, browser.path, last_code()
    browser.send(code=code)
    browser.page, browser.path = page, path
    browser.send(code=code)
    assert Case.select().where(Case.kind == "complaint").count() == 1


def test_home_schooling_names_the_general_law(browser: Browser) -> None:
    sign_in(browser.client, MOTHER)
    response = browser.get("/kk/complaints/new?service=home-schooling")
    assert "№ 88-V" in response.text


def test_files_may_come_in_pieces_and_go_with_the_complaint(browser: Browser) -> None:
    begin(browser)
    key, content = Draft.get().key, photo()
    assert browser.page.select_one("input[type=file]")["data-uploads"] == f"/kk/apply/{key}/uploads"
    tus = Tus(browser.client, key)
    assert tus.start(len(content), "хат.jpg", field="files").status_code == 201
    for start in range(0, len(content), 20_000):
        assert tus.patch(start, content[start : start + 20_000]).status_code == 204
    browser.get(f"/kk/complaints/{key}")
    assert "хат.jpg" in browser.page.select_one("#files-files").text
    browser.send(body="oral-edu", text="Жауап жоқ.", address="Орал")
    assert "хат.jpg" in browser.page.select_one(".paper").text
    browser.send(code=last_code())
    assert [document.case for document in Document.select()] == [complaint()]


def test_number_and_code_show_how_a_complaint_stands_and_nobody_s_words(browser: Browser, app: Flask) -> None:
    write(browser, text="Ешкімге айтпаңыз")
    browser.send(code=last_code())
    case, anybody = complaint(), Browser(app.test_client())
    anybody.get("/kk/status")
    anybody.send(number=case.number, code=case.receipt_code)
    assert anybody.page.select_one("[data-state]")["data-state"] == "submitted"
    assert anybody.page.select_one("time[datetime]")["datetime"] == case.due_at.isoformat()
    assert "Ешкімге айтпаңыз" not in anybody.page.text
    Case.update(state="refused", is_open=False).where(Case.id == case.id).execute()
    anybody.send(number=case.number, code=case.receipt_code)
    assert anybody.page.select_one("[data-state]").text.strip() == "Жауап берілді"


class TestWhatWasSent:
    def test_the_complainant_reads_their_own_words_again(self, browser: Browser) -> None:
        write(browser)
        browser.send(code=last_code())
        browser.get(f"{browser.path}/sent")
        assert "Кезек нөмірім дұрыс емес." in browser.page.select_one("#sent").text

    @pytest.mark.needs("pdftotext")
    def test_the_words_go_to_the_court_too(self, browser: Browser) -> None:
        case = wait_for_the_answer(browser)
        pdf = browser.client.get(f"/kk/cabinet/{case.number}/court.pdf").data
        read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        assert "Кезек нөмірім дұрыс емес." in " ".join(read.split())

    def test_an_sms_brings_the_number_and_the_code_that_show_how_it_stands(self, browser: Browser) -> None:
        write(browser)
        browser.send(code=last_code())
        case = complaint()
        texts = [message.text for message in Message.select().where(Message.case == case)]
        assert any(case.number in text and case.receipt_code in text for text in texts)

    def test_the_incoming_number_shows_how_it_stands_also_where_bodies_share_it(self, browser: Browser) -> None:
        case, twin = wait_for_the_answer(browser), None
        begin(browser, "state_corporation")
        browser.send(body="oral-gov4c", text="Кезек ұзақ.", address="Орал")
        browser.send(code=last_code())
        twin = complaint()
        assert twin.incoming_number == case.incoming_number
        for each in (case, twin):
            browser.get("/kk/status")
            browser.send(number=each.incoming_number.lower(), code=each.receipt_code)
            assert browser.page.select_one("h1").text == each.number
        browser.get("/kk/status")
        assert browser.send(number=case.incoming_number, code="22222222").status_code == 422


def test_whatever_is_missing_what_was_written_is_kept(browser: Browser) -> None:
    begin(browser)
    assert browser.send(body="oral-edu", text="Жауап жоқ.", address="").status_code == 422
    browser.get(f"/kk/complaints/{Draft.get().key}")
    assert browser.page.select_one("textarea").text.strip() == "Жауап жоқ."


def test_whoever_has_gone_on_is_led_there_and_does_not_go_on_twice(browser: Browser) -> None:
    before = wait_for_the_answer(browser)
    browser.get(post(browser.client, f"/kk/complaints/after/{before.number}").location)
    assert browser.page.select_one("textarea").text.strip().startswith("Жауаптың несімен келіспеймін:")
    browser.send()
    browser.send(code=last_code())
    after = complaint()
    browser.get(f"/kk/cabinet/{before.number}")
    assert not browser.page.select("form[action*='/after/']")
    assert browser.page.select_one(f"main a[href='/kk/cabinet/{after.number}']")
    assert post(browser.client, f"/kk/complaints/after/{before.number}").status_code == 409


def test_an_official_is_chosen_from_the_people_of_the_body(browser: Browser) -> None:
    body = Organisation.get(Organisation.code == "oral-edu")
    write(browser, "official", official="", address="")  # the body is known now
    offered = [option["value"] for option in browser.page.select("#listed option")]
    staff = {row.name for row in StaffMember.select().where(StaffMember.organisation == body, StaffMember.is_active)
             if row.role in ("officer", "head")}  # fmt: skip
    assert {"", *staff} == set(offered)
    chosen = sorted(staff)[0]
    browser.send(listed=chosen, official="", address="Орал, Демо көшесі, 1")
    assert f": {chosen}" in browser.page.select_one(".paper").text
    browser.get(browser.page.select_one("main a")["href"])
    assert browser.page.select_one("#listed option[selected]")["value"] == chosen
    browser.send()
    browser.send(code=last_code())
    assert Complaint.get().official == chosen


def test_who_is_not_in_the_list_is_written_and_who_is_of_another_body_not_taken(browser: Browser) -> None:
    write(browser, "official", official="", address="")
    browser.send(listed="Бөтен Адам", address="Орал, Демо көшесі, 1")
    assert browser.page.select_one("#listed-error")
    browser.send(listed="", official="Кезекші маман", address="Орал, Демо көшесі, 1")
    browser.send(code=last_code())
    assert Complaint.get().official == "Кезекші маман"


def test_who_is_complained_of_does_not_accept_the_complaint(browser: Browser) -> None:
    body = Organisation.get(Organisation.code == "oral-edu")
    write(browser, "official", official=f"Маман {body.duty_officer}")
    browser.send(code=last_code())
    assert complaint().accepted_by not in ("", body.duty_officer)


def test_where_everybody_took_part_it_is_registered_with_the_body_above_at_once(browser: Browser) -> None:
    """The kindergarten body of Aqsai has one officer, who is complained of."""
    begin(browser, "official")
    named = StaffMember.get(StaffMember.login == "aqsai.officer").name
    browser.send(body="aqsai-edu", text="Жауап жоқ.", address="Ақсай, Демо көшесі, 1", official=named)
    browser.send(code=last_code())
    case = complaint()
    assert case.body.code == "service-quality"
    assert local(case.due_at).date() == dt.date(2026, 12, 14), "fifteen working days from Monday"
    assert browser.page.select_one("#timeline li")["data-event"] == "passed_up"
    assert case.body.name_kk in browser.page.select_one("#timeline li").text
    kinds = [row.key.split(":")[1] for row in Message.select().where(Message.case == case).order_by(Message.id)]
    assert "complaint_forwarded" in kinds


def test_turning_to_another_language_keeps_what_was_typed(browser: Browser) -> None:
    begin(browser)
    button = browser.page.select_one("#languages button[lang=ru]")
    form = browser.page.select_one(f"form#{button['form']}")
    typed = {
        "text": "Кезек нөмірім дұрыс емес.",
        "outcome": "Түзету",
        "csrf_token": browser.page.select_one("input[name=csrf_token]")["value"],
    }
    assert form is not None
    shown = browser.client.post(button["formaction"], data={**typed, button["name"]: "1"})
    page = BeautifulSoup(shown.text, "lxml")
    assert (shown.status_code, page.html["lang"]) == (200, "ru")
    assert page.select_one("textarea[name=text]").text.strip() == typed["text"]
    assert not page.select("#errors, .error")
    assert Case.select().where(Case.kind == "complaint").count() == 0


class TestFromACase:
    """One tap from the case: everything is chosen, three more pages to the confirmation."""

    @pytest.fixture
    def case(self, browser: Browser) -> Case:
        to_check(browser)
        submit(browser)
        return Case.get(Case.number == browser.page.select_one("#reference").text)

    def test_the_case_leads_to_writing_with_everything_chosen(self, browser: Browser, case: Case) -> None:
        browser.get(f"/kk/cabinet/{case.number}")
        link = next(a for a in browser.page.select("main a") if a["href"].startswith("/kk/complaints/"))
        pages = [browser.get(link["href"])]
        assert browser.page.select_one("#body option[selected]")["value"] == case.body.code
        assert case.number in browser.page.select_one("dl.facts").text
        assert Draft.select().where(Draft.kind == "complaint").count() == 0, "looking at a page keeps nothing"
        pages.append(browser.send(text="Себебін түсіндіріңіз.", address="Орал"))
        assert browser.path.endswith("/sign")
        pages.append(browser.send(code=last_code()))
        assert browser.page.select_one("#reference")
        assert len(pages) + 1 <= 4
        assert complaint().about == case

    def test_what_was_begun_stands_there_again(self, browser: Browser, case: Case) -> None:
        browser.get(f"/kk/complaints/about/{case.number}")
        assert browser.send(text="Бастап қойдым.").status_code == 422
        browser.get(f"/kk/complaints/about/{case.number}")
        assert browser.page.select_one("[name=text]").text.strip() == "Бастап қойдым."
        assert Draft.select().where(Draft.kind == "complaint").count() == 1

    def test_a_file_may_be_added_at_once(self, browser: Browser, case: Case) -> None:
        browser.get(f"/kk/complaints/about/{case.number}")
        browser.send(add="files", files=[(io.BytesIO(photo()), "хат.jpg")], text="Мәтін.")
        assert "хат.jpg" in browser.page.select_one("#files-files").text
        assert browser.page.select_one("[name=text]").text.strip() == "Мәтін."

    def test_another_side_is_a_tap_away(self, browser: Browser, case: Case) -> None:
        browser.get(f"/kk/complaints/about/{case.number}")
        browser.get(browser.page.select_one("dl.facts a")["href"])
        assert browser.page.select_one("#about option[selected]")["value"] == case.number
        browser.send(against="employee")
        assert "Мемлекеттік корпорация" in browser.page.select_one("main .notice").text

    def test_v8_2_2_somebody_elses_case_is_not_there(self, browser: Browser, case: Case, app: Flask) -> None:
        father = app.test_client()
        sign_in(father, FATHER)
        assert father.get(f"/kk/complaints/about/{case.number}").status_code == 404
        assert post(father, f"/kk/complaints/about/{case.number}", {"text": "x"}).status_code == 404


def test_what_happened_is_told_first_and_stands_on_the_next_page(browser: Browser) -> None:
    sign_in(browser.client, MOTHER)
    browser.get("/kk/complaints/new")
    controls = [control["name"] for control in browser.page.select("main form [name]:not([type=hidden])")]
    assert controls[0] == "text"
    assert not browser.page.select_one("#service option[selected][value]:not([value=''])"), "nothing is preselected"
    browser.send(text="Екі апта жауап жоқ.", service="preschool-queue", against="provider")
    assert browser.page.select_one("[name=text]").text.strip() == "Екі апта жауап жоқ."
    assert "5 жұмыс күні" in browser.page.select_one("main .notice").text


def test_the_state_corporation_is_offered_only_where_its_employees_are_complained_of(browser: Browser) -> None:
    begin(browser, "provider")
    assert "oral-gov4c" not in [option["value"] for option in browser.page.select("#body option")]
    begin(browser, "employee")
    assert browser.page.select_one("#body option[value=oral-gov4c]")
