"""Sign what you read: the paper before it is signed, work handed back, recalled, several signed at once."""

from __future__ import annotations

import datetime as dt
import io

import pikepdf
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import Image

from portal.models import AuditEntry, Case, CaseNote, Decision, Event, Message, Paper, ReadyText, StaffMember
from portal.services.cases.event_words import for_citizens
from portal.services.review import decisions
from portal.services.review import desk as review
from tests.conftest import Clock
from tests.paper_samples import text_of
from tests.review_data import make_account, make_case
from tests.signing_in import post
from tests.staff_signing_in import app_code
from tests.views.test_staff_cases import Office, page_of, shown_on

pytestmark = pytest.mark.usefixtures("demo_data")
EVENING = {"hours": 9, "minutes": 30}  # from 10:00 to 19:30, after working time
REFUSAL = {"kind": "refuse", "ground": "requirements-not-met", "explanation": "Қорытындының мерзімі өткен."}


@pytest.fixture
def office(app: Flask, clock: Clock) -> Office:
    office = Office(app, clock)
    StaffMember.update(language="en").execute()
    return office


def letters(kind: str) -> list[str]:
    return [row.to for row in Message.select().where(Message.channel == "mail") if f":{kind}:" in row.key]


class TestThePaperBefore:
    def test_the_head_reads_the_paper_and_signs_in_two_clicks(self, office: Office) -> None:
        office.prepare()
        head = office.enter("school.head")
        link = page_of(head.get("/staff/to-sign")).select_one(f"a[href$='{office.case.number}']")
        page = page_of(head.get(link["href"]))  # the first click
        text = page.select_one("#draft-text").text
        assert "Үлгі Бала" in text
        assert office.head.name in text
        assert post(head, office.address + "/sign", shown_on(page)).status_code == 303  # the second
        assert office.state == "granted"

    def test_what_is_issued_says_what_the_draft_said(self, office: Office) -> None:
        office.prepare()
        head = office.enter("school.head")
        page = page_of(head.get(office.address))
        clauses = [item.text for item in page.select("#draft-text ol li")]
        post(head, office.address + "/sign", shown_on(page))
        assert clauses == Paper.get(Paper.kind == "order").data["clauses"]

    def test_the_draft_is_a_picture_and_a_pdf_marked_as_a_draft(self, office: Office) -> None:
        office.take()
        officer = office.enter()
        picture = officer.get(page_of(officer.get(office.address)).select_one("#viewer img")["src"])
        assert (picture.status_code, picture.mimetype) == (200, "image/png")
        assert Image.open(io.BytesIO(picture.data)).height > 1000
        pdf = officer.get(office.address + "/draft.pdf").data
        assert "Бұл – жоба" in text_of(pdf)
        assert "/verify/" not in text_of(pdf)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert "/StructTreeRoot" in document.Root, "reading programs can read it out"

    def test_v16_2_5_each_look_at_a_draft_and_at_a_paper_is_on_record(self, office: Office) -> None:
        office.take()
        officer = office.enter()
        officer.get(office.address + "/draft.png")
        assert AuditEntry.select().where(AuditEntry.action == "view_draft").count() == 1

    def test_a_refusal_is_seen_before_it_is_prepared(self, office: Office) -> None:
        office.take()
        page = page_of(post(office.enter(), office.address + "/decision", {**REFUSAL, "see": "1"}))
        assert page.select_one("#viewer img")["src"].startswith("data:image/png;base64,")
        assert page.select_one("[name=explanation]").text.strip() == REFUSAL["explanation"]
        assert Decision.select().count() == 0

    def test_v15_4_2_what_changed_since_it_was_read_is_not_signed_but_shown_anew(self, office: Office) -> None:
        office.prepare()
        head = office.enter("school.head")
        read = shown_on(page_of(head.get(office.address)))
        answers = {**Case.get_by_id(office.case.id).answers, "child_name": "Басқа Бала"}
        Case.update(answers=answers).where(Case.id == office.case.id).execute()
        answer = post(head, office.address + "/sign", read)
        assert answer.status_code == 409
        page = page_of(answer)
        assert "Басқа Бала" in page.select_one("#draft-text").text
        assert page.select_one("#changed")
        assert office.state == "in_review"
        assert post(head, office.address + "/sign", shown_on(page)).status_code == 303

    @pytest.mark.parametrize("shown", ["", "0" * 64, "x"])
    def test_nothing_is_signed_unseen(self, office: Office, shown: str) -> None:
        decision = office.prepare()
        answer = post(office.enter("school.head"), office.address + "/sign", {"decision": decision.id, "shown": shown})
        assert answer.status_code in (409, 422)
        assert office.state == "in_review"

    def test_issued_papers_open_for_the_body_and_for_nobody_else(self, office: Office) -> None:
        office.prepare()
        head = office.enter("school.head")
        post(head, office.address + "/sign", shown_on(page_of(head.get(office.address))))
        page = page_of(head.get(office.address))
        image = page.select_one("#viewer img")["src"]
        file = page.select_one("#viewer a[href$='.pdf']")["href"]
        assert head.get(image).mimetype == "image/png"
        assert head.get(file).data.startswith(b"%PDF")
        assert AuditEntry.select().where(AuditEntry.action == "view_paper").count() == 2
        stranger = office.enter("aqsai.officer")
        for address in (image, file, office.address + "/draft.png", office.address + "/draft.pdf"):
            assert stranger.get(address).status_code == 404


class TestHandingBack:
    def test_the_reason_is_shown_and_what_was_written_stays(self, office: Office) -> None:
        office.take()
        officer, head = office.enter(), office.enter("school.head")
        post(officer, office.address + "/decision", REFUSAL)
        assert post(head, office.address + "/decision/return", {"text": ""}).status_code == 422
        assert post(head, office.address + "/decision/return", {"text": "Қай құжат екенін жазыңыз."}).status_code == 303
        page = page_of(officer.get(office.address))
        assert "Қай құжат екенін жазыңыз." in page.select_one("#returned").text
        assert page.select_one("[name=explanation]").text.strip() == REFUSAL["explanation"]
        assert page.select_one(f"[name=ground][value={REFUSAL['ground']}]").has_attr("checked")
        assert letters("handed_back") == [office.officer.email]
        assert page_of(officer.get("/staff/work")).select_one("[data-notice=returned]")
        assert "handed_back" not in for_citizens()

    def test_officers_do_not_hand_back(self, office: Office) -> None:
        office.prepare()
        assert post(office.enter(), office.address + "/decision/return", {"text": "x"}).status_code == 403

    def test_what_was_taken_back_keeps_its_text_too(self, office: Office) -> None:
        office.take()
        officer = office.enter()
        post(officer, office.address + "/decision", REFUSAL)
        post(officer, office.address + "/decision/drop")
        assert page_of(officer.get(office.address)).select_one("[name=explanation]").text.strip()


class TestRecalling:
    def sign_late(self, office: Office, clock: Clock):
        office.prepare()
        clock.forward(**EVENING)
        head = office.enter("school.head")
        post(head, office.address + "/sign", shown_on(page_of(head.get(office.address))))
        assert Decision.get().state == "signed"
        assert office.state == "in_review"
        return head

    def test_what_waits_for_the_morning_is_recalled_by_who_signed(self, office: Office, clock: Clock) -> None:
        head = self.sign_late(office, clock)
        assert post(head, office.address + "/decision/recall", {"text": " "}).status_code == 422
        assert post(head, office.address + "/decision/recall", {"text": "Мерзімі қате."}).status_code == 303
        assert (Decision.get().state, Decision.get().signed_by_id) == ("prepared", None)
        clock.forward(days=1)
        assert decisions.issue_signed(clock()) == 0
        assert office.state == "in_review"
        head = office.enter("school.head")
        assert "Мерзімі қате." in page_of(head.get(office.address)).select_one("#timeline").text
        entry = AuditEntry.get(AuditEntry.action == "recall")
        assert entry.actor == f"staff:{office.head.id}"
        told = Event.get(Event.kind == "recalled")
        assert "text" not in told.data, "the citizen reads that it was recalled, the reason is the office's own"

    def test_nobody_else_recalls_it_and_not_after_it_is_issued(self, office: Office, clock: Clock) -> None:
        head = self.sign_late(office, clock)
        assert post(office.enter(), office.address + "/decision/recall", {"text": "x"}).status_code == 409
        clock.forward(days=1)
        decisions.issue_signed(clock())
        assert post(head, office.address + "/decision/recall", {"text": "x"}).status_code in (303, 409)
        assert office.state == "granted"


class TestToSign:
    def test_the_head_has_a_count_a_list_and_a_letter(self, office: Office) -> None:
        office.prepare()
        head = office.enter("school.head")
        assert page_of(head.get("/staff/work")).select_one("[data-notice=to_sign] b").text == "1"
        assert office.case.number in page_of(head.get("/staff/to-sign")).select_one("tbody").text
        assert letters("to_sign") == [office.head.email]
        assert office.enter().get("/staff/to-sign").status_code == 403

    def test_several_are_signed_at_once_each_after_it_was_read(self, office: Office) -> None:
        office.prepare()
        second, third = (make_case(office.school, make_account(number)) for number in (2, 3))
        for case in (second, third):
            review.take(office.officer, case.number, office.clock())
            decisions.prepare(office.officer, case.number, "grant", office.clock())
        head = office.enter("school.head")
        assert not page_of(head.get("/staff/to-sign")).select("[name=chosen]"), "nothing was read yet"
        head.get(office.address)
        head.get(f"/staff/cases/{second.number}")
        boxes = page_of(head.get("/staff/to-sign")).select("[name=chosen]")
        assert len(boxes) == 2
        answer = post(head, "/staff/to-sign", {"chosen": [box["value"] for box in boxes]})
        assert answer.status_code == 200
        states = {case.number: Case.get_by_id(case.id).state for case in (office.case, second, third)}
        assert states == {office.case.number: "granted", second.number: "granted", third.number: "in_review"}

    def test_what_changed_after_it_was_read_is_not_among_them(self, office: Office) -> None:
        office.prepare()
        head = office.enter("school.head")
        head.get(office.address)
        box = page_of(head.get("/staff/to-sign")).select_one("[name=chosen]")["value"]
        answers = {**Case.get_by_id(office.case.id).answers, "child_name": "Басқа Бала"}
        Case.update(answers=answers).where(Case.id == office.case.id).execute()
        assert not page_of(head.get("/staff/to-sign")).select("[name=chosen]")
        assert post(head, "/staff/to-sign", {"chosen": [box]}).status_code == 422
        assert office.state == "in_review"

    def test_a_head_alone_who_prepared_is_told_who_may_sign_and_what_to_do(self, office: Office) -> None:
        review.take(office.head, office.case.number, office.clock())
        decisions.prepare(office.head, office.case.number, "grant", office.clock())
        head = office.enter("school.head")
        box = page_of(head.get(office.address)).select_one("#prepared")
        assert "Nobody else here may sign." in box.text
        assert box.select_one("a[href$='/assign']")
        assert box.select_one("form[action$='/drop']")
        StaffMember.update(role="head").where(StaffMember.login == "school.officer").execute()
        assert office.officer.name in page_of(head.get(office.address)).select_one("#prepared").text


class TestGoingOn:
    def test_a_pressed_button_goes_on_by_itself_after_the_factor_and_once(self, office: Office, clock: Clock) -> None:
        office.prepare()
        head = office.enter("school.head")
        data = shown_on(page_of(head.get(office.address)))
        clock.forward(minutes=6)
        asked = post(head, office.address + "/sign", data)
        back = post(head, asked.location, {"code": app_code(head, "school.head")})
        assert back.location == office.address + "/sign"
        assert head.get(back.location).status_code == 303
        assert office.state == "granted"
        assert head.get(back.location).status_code == 200

    def test_v3_5_1_what_came_without_our_token_does_not_go_on(self, office: Office, clock: Clock) -> None:
        office.prepare()
        head = office.enter("school.head")
        data = shown_on(page_of(head.get(office.address)))
        clock.forward(minutes=6)
        asked = head.post(office.address + "/sign", data={**data, "csrf_token": "made up"})
        assert "/staff/confirm" in asked.location
        back = post(head, asked.location, {"code": app_code(head, "school.head")})
        assert head.get(back.location).status_code == 200
        assert office.state == "in_review"

    def test_it_waits_for_nobody_longer_than_a_minute(self, office: Office, clock: Clock) -> None:
        office.prepare()
        head = office.enter("school.head")
        data = shown_on(page_of(head.get(office.address)))
        clock.forward(minutes=6)
        asked = post(head, office.address + "/sign", data)
        back = post(head, asked.location, {"code": app_code(head, "school.head")})
        clock.forward(minutes=2)
        assert head.get(back.location).status_code == 200
        assert office.state == "in_review"


class TestBesideTheCase:
    def test_notes_are_the_office_s_own(self, office: Office) -> None:
        officer = office.enter()
        assert post(officer, office.address + "/notes", {"text": ""}).status_code == 422
        assert post(officer, office.address + "/notes", {"text": "Мөр расталды."}).status_code == 303
        assert "Мөр расталды." in page_of(officer.get(office.address)).select_one("#notes").text
        assert CaseNote.get().by_id == office.officer.id
        assert Event.select().where(Event.case == office.case).count() == 1, "no line of the timeline"
        assert post(office.enter("aqsai.officer"), office.address + "/notes", {"text": "x"}).status_code == 404

    def test_ready_texts_are_written_once_and_put_into_the_form(self, office: Office) -> None:
        office.take()
        officer = office.enter()
        wrong = {"kind": "message", "title": "Уақыт", "text": "{nobody}"}
        assert post(officer, "/staff/texts/new", wrong).status_code == 422
        said = {**wrong, "text": "{applicant}, {number}: 9:00-ден."}
        assert post(officer, "/staff/texts/new", said).status_code == 303
        text = ReadyText.get()
        form = {"text": "Сәлем.", "ready": text.id, "insert": "1"}
        page = page_of(post(officer, office.address + "/message", form))
        written = page.select_one("form[action$='/message'] textarea").text.strip()
        assert written == f"Сәлем.\n{office.account.name}, {office.case.number}: 9:00-ден."
        assert Message.select().count() == 0, "nothing was sent"
        stranger = office.enter("aqsai.officer")
        assert stranger.get(f"/staff/texts/{text.id}").status_code == 404
        assert post(stranger, f"/staff/texts/{text.id}/delete").status_code == 404
        assert post(officer, f"/staff/texts/{text.id}/delete").status_code == 303
        assert ReadyText.select().count() == 0

    def test_other_cases_of_the_applicant_and_of_the_child_are_named(self, office: Office) -> None:
        mine = make_case(office.school, office.account, answers={"child_iin": "000000000000"})
        same_child = make_case(office.school, make_account(5))
        page = page_of(office.enter().get(office.address))
        lines = {line.a.text: "another applicant for the same child" in line.text for line in page.select("#others li")}
        assert lines == {mine.number: False, same_child.number: True}

    def test_the_next_case_is_the_most_urgent_of_ones_own(self, office: Office) -> None:
        office.take()
        later, sooner = (
            make_case(office.school, office.account, "in_review", office.officer, due_at=office.case.due_at + more)
            for more in (dt.timedelta(days=2), dt.timedelta(days=1))
        )
        officer = office.enter()
        assert officer.get(office.address + "/next").location.endswith(sooner.number)
        Case.update(state="needs_correction").where(Case.id == sooner.id).execute()
        assert officer.get(office.address + "/next").location.endswith(later.number)

    def test_answers_bear_the_officer_s_words(self, office: Office) -> None:
        page = page_of(office.enter().get(office.address))
        labels = [label.text for label in page.select(".answers dt")]
        assert "Class" in labels
        assert "Your mobile phone" not in labels

    def test_at_most_ten_queries_with_everything_beside_it(self, office: Office) -> None:
        from tests.views.test_staff_cases import counted

        office.prepare()
        head = office.enter("school.head")
        head.get(office.address)
        with counted() as seen:
            assert head.get(office.address).status_code == 200
        assert len(seen) <= 10, "\n".join(seen)


def test_the_reader_of_a_page_without_script_can_zoom_turn_and_go_on(office: Office) -> None:
    page: BeautifulSoup = page_of(office.enter().get(office.address))
    names = {radio["name"] for radio in page.select("#viewer input[type=radio]")}
    assert {"pane", "size-draft", "turn-draft"} <= names


def test_letters_come_to_who_wants_them(office: Office) -> None:
    head = office.enter("school.head")
    page = page_of(head.get("/staff/account/letters"))
    assert {box["value"] for box in page.select("[name=letters][checked]")} >= {"to_sign", "due_soon"}
    assert post(head, "/staff/account/letters", {"letters": ["due_soon"]}).status_code == 303
    assert post(head, "/staff/account/letters", {"letters": ["made_up"]}).status_code == 422
    office.prepare()
    assert letters("to_sign") == []
    assert page_of(head.get("/staff/work")).select_one("[data-notice=to_sign]"), "the notice stays"


def test_a_case_that_was_given_is_told_and_marked_until_it_is_acted_on(office: Office) -> None:
    office.take()
    StaffMember.update(organisation=office.school).where(StaffMember.login == "aqsai.officer").execute()
    other = office.member("aqsai.officer")
    review.assign(office.officer, office.case.number, other, office.clock())
    assert letters("case_assigned") == [other.email]
    client = office.enter("aqsai.officer")
    assert page_of(client.get("/staff/work")).select_one("[data-notice=assigned] b").text == "1"
    review.write_message(other, office.case.number, "Сәлем", office.clock())
    assert page_of(client.get("/staff/work")).select_one("[data-notice=assigned]") is None


def test_the_first_case_is_three_tabs_away(office: Office) -> None:
    """Skip link, the link to the first case pressed, the case."""
    page = page_of(office.enter().get("/staff/work?tab=open"))
    second = page.select("body a")[1]
    assert second["href"] == "#first"
    assert page.select_one("#first").find(["a", "input", "button"])["href"].endswith(office.case.number)
