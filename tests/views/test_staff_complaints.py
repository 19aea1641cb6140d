"""Complaints in the office, through the front door: their lane, their page, and everything that is done with them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import db as database
from portal.models import Account, Case, Complaint, Event, Organisation, Paper, StaffMember
from portal.services.complaints import answers_to_sign
from portal.services.complaints import work as complaint_work
from portal.services.review import decisions
from portal.services.review import desk as review
from tests import review_data
from tests.complaint_data import Followed, make_complaint, rename
from tests.conftest import Clock
from tests.review_data import make_account, make_case
from tests.signing_in import post
from tests.staff_signing_in import app_code, sign_in_staff
from tests.views.test_staff_cases import counted, page_of

pytestmark = pytest.mark.usefixtures("demo_data")


class Bureau(Followed):
    """A school that refused a case by the officer and the head, and a complaint about that at the authorised body."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        self.app, self.clock = app, clock
        database.connect()
        self.school = Organisation.get(Organisation.code == "oral-school")
        self.quality = Organisation.get(Organisation.code == "service-quality")
        self.account = make_account(1, "Үлгіқызы Айнұр")
        self.application = make_case(self.school, self.account)
        officer, head = self.member("school.officer"), self.member("school.head")
        review.take(officer, self.application.number, clock())
        made = decisions.prepare(
            officer, self.application.number, "refuse", clock(),
            ground="requirements-not-met", explanation="Құжат толық емес.",
        )  # fmt: skip
        review_data.sign(head, self.application.number, made.id, clock())
        self.case = make_complaint(
            self.quality, self.account, "authorised_body", about=Case.get_by_id(self.application.id), at=clock()
        )
        Complaint.update(outcome="Шешімнің күшін жою").where(Complaint.case == self.case).execute()

    def member(self, login: str) -> StaffMember:
        return StaffMember.get(StaffMember.login == login)

    def enter(self, login: str = "quality.officer", lang: str = "en") -> FlaskClient:
        client = self.app.test_client()
        sign_in_staff(client, login)
        database.connect()
        StaffMember.update(language=lang).where(StaffMember.login == login).execute()
        return client

    def taken(self, login: str = "quality.officer") -> FlaskClient:
        client = self.enter(login)
        assert post(client, self.address + "/take").status_code == 303
        return client

    @property
    def address(self) -> str:
        return f"/staff/cases/{self.case.number}"


@pytest.fixture
def bureau(app: Flask, clock: Clock) -> Bureau:
    return Bureau(app, clock)


class TestTheLane:
    def test_complaints_have_a_tab_with_a_count(self, bureau: Bureau) -> None:
        make_case(bureau.quality, bureau.account)
        page = page_of(bureau.enter().get("/staff/work?tab=complaints"))
        assert [row.select_one("a").text for row in page.select("tbody tr")] == [bureau.case.number]
        assert page.select_one(".tabs [aria-current]").text.split() == ["Complaints", "1"]
        assert page.select_one("#sort") is None

    def test_it_leads_on_page_by_page(self, bureau: Bureau) -> None:
        for number in range(29):
            make_complaint(
                bureau.quality, bureau.account, "authorised_body", at=bureau.clock() + dt.timedelta(hours=number // 3)
            )
        client = bureau.enter()
        first = page_of(client.get("/staff/work?tab=complaints"))
        second = page_of(client.get(first.select_one("a[rel=next]")["href"]))
        numbers = [link.text for page in (first, second) for link in page.select("tbody a")]
        assert (len(numbers), len(set(numbers))) == (30, 30)

    def test_it_is_read_from_its_index(self, bureau: Bureau) -> None:
        client = bureau.enter()
        with counted() as seen:
            client.get("/staff/work?tab=complaints")
        assert len([sql for sql in seen if '"session"' not in sql]) <= 8

    def test_an_answered_one_says_so_in_the_words_of_complaints(self, bureau: Bureau) -> None:
        Case.update(state="granted", is_open=False).where(Case.id == bureau.case.id).execute()
        row = page_of(bureau.enter().get("/staff/work?state=granted")).select_one("tbody tr")
        assert "Upheld" in row.text


class TestThePage:
    def test_everything_is_on_it(self, bureau: Bureau) -> None:
        page = page_of(bureau.enter().get(bureau.address))
        text = page.select_one("main").get_text(" ", strip=True)
        for part in ("Бас тарту негізсіз.", "Шешімнің күшін жою", "Орал, Үлгі көшесі, 1", "Үлгіқызы Айнұр"):
            assert part in text, part
        about = page.select_one("#about")
        assert bureau.application.number in about.text
        assert "Құжат толық емес." in about.text
        assert about.select_one("a") is None, "the case is with another body"
        assert bureau.account.iin not in text

    def test_the_case_is_a_link_where_it_is_with_the_same_body(self, bureau: Bureau) -> None:
        bureau.case = make_complaint(bureau.school, bureau.account, about=bureau.application, at=bureau.clock())
        page = page_of(bureau.enter("school.officer").get(bureau.address))
        assert page.select_one("#about a")["href"].endswith(bureau.application.number)

    def test_the_answer_of_the_instance_before_stands_on_it(self, bureau: Bureau) -> None:
        earlier = make_complaint(bureau.school, bureau.account, about=bureau.application, at=bureau.clock())
        Complaint.update(answer="refused", reasons="Негіз жоқ.").where(Complaint.case == earlier).execute()
        Complaint.update(previous=earlier).where(Complaint.case == bureau.case).execute()
        shown = page_of(bureau.enter().get(bureau.address)).select_one("#previous").text
        assert earlier.number in shown
        assert "Негіз жоқ." in shown
        assert "Not upheld" in shown

    def test_what_happened_to_the_complaint_before_stands_on_it_but_not_its_office_s_own(self, bureau: Bureau) -> None:
        earlier = make_complaint(bureau.school, bureau.account, about=bureau.application, at=bureau.clock())
        for kind in ("complainant_asked", "complainant_replied", "assigned"):
            Event.create(case=earlier, kind=kind, at=bureau.clock(), actor="school", data={"by": kind, "text": kind})
        Complaint.update(previous=earlier).where(Complaint.case == bureau.case).execute()
        page = page_of(bureau.enter().get(bureau.address))
        before = page.select_one("#timeline-before").text
        assert "complainant_asked" in before
        assert "complainant_replied" in before
        assert "assigned" not in before
        assert "complainant_asked" not in page.select_one("#timeline").text

    def test_it_costs_at_most_ten_queries(self, bureau: Bureau) -> None:
        earlier = make_complaint(bureau.school, bureau.account, about=bureau.application, at=bureau.clock())
        Complaint.update(previous=earlier).where(Complaint.case == bureau.case).execute()
        client = bureau.taken()
        client.get(bureau.address)
        with counted() as seen:
            assert client.get(bureau.address).status_code == 200
        assert len(seen) <= 10, "\n".join(seen)

    def test_every_event_has_its_words(self, bureau: Bureau) -> None:
        client = bureau.taken()
        for part in ("complainant", "other-side", "reply"):
            assert post(client, f"{bureau.address}/{part}", {"text": "Сөз"}).status_code == 303
        complaint_work.reply(bureau.account, bureau.case.number, "Жауап", bureau.clock())
        assert post(client, f"{bureau.address}/extend", {"reason": "Көп құжат"}).status_code == 303
        complaint_work.raise_silent(bureau.now.due_at)
        for item in page_of(client.get(bureau.address)).select("#timeline li"):
            words = item.find("br").next_sibling
            assert words.strip() not in ("", item["data-event"]), item


class TestWhatIsDone:
    def test_both_sides_are_asked_and_the_reply_is_put_on_record(self, bureau: Bureau) -> None:
        client = bureau.taken()
        for part, kind in (
            ("complainant", "complainant_asked"),
            ("other-side", "other_side_asked"),
            ("reply", "other_side_replied"),
        ):
            assert post(client, f"{bureau.address}/{part}", {"text": " "}).status_code == 422
            assert post(client, f"{bureau.address}/{part}", {"text": "ы" * 4001}).status_code == 422
            assert post(client, f"{bureau.address}/{part}", {"text": "Қашан?"}).status_code == 303
            assert bureau.kinds()[-1] == kind
        assert page_of(client.get(bureau.address)).select_one("#timeline").text.count("Қашан?") == 3

    def test_it_is_passed_on_within_three_working_days(self, bureau: Bureau) -> None:
        client = bureau.taken()
        page = page_of(client.get(bureau.address + "/forward"))
        bodies = [option["value"] for option in page.select("#body option")]
        assert "oral-school" in bodies
        assert "service-quality" not in bodies
        assert "November 26, 2026" in page.text or "26 November 2026" in page.text
        assert post(client, bureau.address + "/forward", {"body": "oral-edu", "reason": "x"}).status_code == 422
        assert post(client, bureau.address + "/forward", {"body": "oral-school", "reason": ""}).status_code == 422
        answer = post(client, bureau.address + "/forward", {"body": "oral-school", "reason": "Мектеп жауап береді."})
        assert answer.status_code == 303
        assert "passed on" in client.get(answer.location).text
        assert bureau.now.body == bureau.school
        assert client.get(bureau.address).status_code == 404
        asked = {"number": bureau.now.number, "code": bureau.now.receipt_code}
        assert bureau.school.name_kk in page_of(post(bureau.app.test_client(), "/kk/status", asked)).text

    def test_it_is_found_by_its_incoming_number(self, bureau: Bureau) -> None:
        client = bureau.enter()
        for typed in (bureau.case.incoming_number, bureau.case.incoming_number.lower().replace("/", "-")):
            assert bureau.case.number in post(client, "/staff/work/search", {"q": typed}).text
        assert bureau.case.number not in post(client, "/staff/work/search", {"q": "Ш-2026/000999"}).text

    def test_after_three_working_days_nothing_is_passed_on(self, bureau: Bureau) -> None:
        bureau.clock.forward(hours=24 * 4)
        client = bureau.taken()
        assert page_of(client.get(bureau.address)).select_one("a[href$=forward]") is None
        assert client.get(bureau.address + "/forward").status_code == 409

    def test_the_term_is_extended_once_to_the_day_that_the_page_named(self, bureau: Bureau) -> None:
        client = bureau.taken()
        form = page_of(client.get(bureau.address)).select_one("form[action$=extend]")
        named = re.search(r"due on ([^.]*)\.", form.text).group(1)
        assert [option["value"] for option in form.select("option")] == [str(days) for days in range(1, 11)]
        assert post(client, bureau.address + "/extend", {"reason": ""}).status_code == 422
        assert post(client, bureau.address + "/extend", {"reason": "Көп құжат", "days": "11"}).status_code == 409
        assert post(client, bureau.address + "/extend", {"reason": "Көп құжат", "days": "x"}).status_code == 409
        assert post(client, bureau.address + "/extend", {"reason": "Көп құжат"}).status_code == 303
        page = page_of(client.get(bureau.address))
        assert named in page.select_one(".topline").text
        assert page.select_one("form[action$=extend]") is None
        assert post(client, bureau.address + "/extend", {"reason": "Тағы"}).status_code == 409

    def test_the_answer_is_seen_as_the_paper_that_it_will_be(self, bureau: Bureau) -> None:
        client = bureau.taken()
        sent = {"outcome": "refused", "reasons": "Негіз жоқ.", "see": "1"}
        page = page_of(post(client, bureau.address + "/answer", sent))
        assert page.select_one("#viewer img")["src"].startswith("data:image/png;base64,")
        assert bureau.details.answer == ""

    @pytest.mark.parametrize("outcome", ["satisfied", "partly", "refused"])
    def test_it_is_answered_with_reasons_and_a_remedy(self, bureau: Bureau, outcome: str) -> None:
        client = bureau.taken()
        answer = {"outcome": outcome, "reasons": "Негізі бар.", "remedy": "Қайта қаралсын."}
        for name in ("outcome", "reasons"):
            assert post(client, bureau.address + "/answer", {**answer, name: ""}).status_code == 422
        if outcome != "refused":
            assert post(client, bureau.address + "/answer", {**answer, "remedy": " "}).status_code == 422
        assert post(client, bureau.address + "/answer", answer).status_code == 303
        assert bureau.details.answer == outcome
        assert Paper.select().where(Paper.case == bureau.case, Paper.kind == "complaint_answer").exists()
        page = page_of(client.get(bureau.address))
        assert "Негізі бар." in page.select_one("#answered").text
        assert page.select_one("form[action$=answer]") is None

    @pytest.mark.parametrize(
        ("part", "field", "sent"),
        [
            ("answer", "reasons", {"outcome": "refused", "reasons": "Жоқ 中🫠"}),
            ("answer", "remedy", {"outcome": "satisfied", "reasons": "Иә", "remedy": "中🫠"}),
            ("extend", "reason", {"reason": "Құжат көп 中🫠"}),
        ],
    )
    def test_a_sign_that_does_not_print_is_said_before_the_paper_is_made(
        self, bureau: Bureau, part: str, field: str, sent: dict[str, str]
    ) -> None:
        client = bureau.taken()
        papers = Paper.select().where(Paper.case == bureau.case).count()
        answer = post(client, f"{bureau.address}/{part}", sent)
        assert answer.status_code == 422
        form = page_of(answer).select_one(f"form[action$={part}]")
        assert "中 🫠" in form.select_one(".error").text
        assert form.select_one(f"textarea[name={field}]").text.strip() == sent[field]
        database.connect()
        assert Paper.select().where(Paper.case == bureau.case).count() == papers
        seen = {each["name"]: each["value"] for each in form.select("input[name$=as-is]")}
        changed = {**sent, **seen, field: sent[field] + "日"}
        assert post(client, f"{bureau.address}/{part}", changed).status_code == 422, "only what was seen is taken"
        assert post(client, f"{bureau.address}/{part}", {**sent, **seen}).status_code == 303

    def test_the_case_is_decided_anew_where_the_box_is_ticked(self, bureau: Bureau) -> None:
        client = bureau.taken()
        assert page_of(client.get(bureau.address)).select_one("[name=anew]")
        sent = {"outcome": "satisfied", "reasons": "Негізі бар.", "remedy": "Қайта қаралсын.", "anew": "y"}
        assert post(client, bureau.address + "/answer", sent).status_code == 303
        application = Case.get_by_id(bureau.application.id)
        assert (application.state, application.is_open) == ("in_review", True)
        office = page_of(bureau.enter("school.officer").get(f"/staff/cases/{application.number}"))
        assert "decided anew" in office.select_one("#timeline").text

    def test_v7_5_3_answering_asks_for_a_fresh_second_factor_and_keeps_what_was_typed(self, bureau: Bureau) -> None:
        client = bureau.taken()
        bureau.clock.forward(minutes=6)
        sent = {"outcome": "refused", "reasons": "Ұзақ жазылған негіздер.", "remedy": ""}
        asked = post(client, bureau.address + "/answer", sent)
        assert (asked.status_code, asked.location.partition("?")[0]) == (303, "/staff/confirm")
        assert bureau.details.answer == ""
        back = post(client, asked.location, {"code": app_code(client, "quality.officer")})
        assert client.get(back.location).status_code == 303, "what was pressed goes on by itself"
        assert (bureau.details.answer, bureau.details.reasons) == ("refused", "Ұзақ жазылған негіздер.")


class TestWhoIsInvolved:
    def test_they_see_why_they_have_no_buttons(self, bureau: Bureau) -> None:
        rename(bureau.member("quality.officer"), "Үлгіұлы Арман")
        Complaint.update(official="Арман Үлгіұлы").where(Complaint.case == bureau.case).execute()
        client = bureau.enter()
        page = page_of(client.get(bureau.address))
        assert page.select_one("#involved")
        assert not page.select("main form[action*='/staff/cases/']")
        for part in ("take", "answer", "extend", "complainant"):
            sent = {"outcome": "refused", "reasons": "x", "reason": "x", "text": "x"}
            answer = post(client, f"{bureau.address}/{part}", sent)
            assert answer.status_code in (403, 409), part
        assert "somebody else looks into it" in post(client, bureau.address + "/take").text
        assert bureau.now.state == "submitted"

    def test_whom_it_may_mean_sees_that_a_head_decides(self, bureau: Bureau) -> None:
        rename(bureau.member("quality.officer"), "Үлгіұлы Арман")
        rename(bureau.member("quality.head"), "Мысалов Дәурен")
        Complaint.update(official="Үлгіұлына").where(Complaint.case == bureau.case).execute()
        client = bureau.enter()
        page = page_of(client.get(bureau.address))
        assert page.select_one("#may-be-named")
        assert not page.select("main form[action*='/staff/cases/']")
        refused = post(client, bureau.address + "/take")
        assert (refused.status_code, "a head decides" in refused.text) == (403, True)
        head = bureau.enter("quality.head")
        given = page_of(head.get(bureau.address + "/assign"))
        assert "Үлгіұлына" in given.select_one("#meant").text
        assert "Үлгіұлы Арман: may be meant" in given.select_one("#to").text
        member = bureau.member("quality.officer")
        assert post(head, bureau.address + "/assign", {"to": str(member.id)}).status_code == 303
        assert page_of(bureau.enter().get(bureau.address)).select_one("form[action$=answer]")

    @pytest.mark.parametrize("written", ["Арман Үлгіұлы", "Үлгіұлына"])
    def test_whom_it_is_or_may_be_about_learns_neither_iin_nor_address_nor_phone(
        self, bureau: Bureau, written: str
    ) -> None:
        rename(bureau.member("quality.officer"), "Үлгіұлы Арман")
        rename(bureau.member("quality.head"), "Мысалов Дәурен")
        Complaint.update(official=written).where(Complaint.case == bureau.case).execute()
        Account.update(stated_phone="+77017654321").where(Account.id == bureau.account.id).execute()
        client, other = bureau.enter(), bureau.enter("quality.head")
        secrets = ("Үлгі көшесі", "765 43 21", bureau.account.iin)
        shown = client.get(bureau.address).text
        refused = post(client, bureau.address + "/iin")
        assert refused.status_code == 403
        assert client.get(bureau.address + "/assign").status_code == 403
        assert not [secret for secret in secrets for text in (shown, refused.text) if secret in text]
        revealed = post(other, bureau.address + "/iin").text
        assert all(secret in revealed for secret in secrets), "who looks into it sees them"

    def test_a_complaint_is_not_given_to_them(self, bureau: Bureau) -> None:
        rename(bureau.member("quality.officer"), "Үлгіұлы Арман")
        Complaint.update(official="Арман Үлгіұлы").where(Complaint.case == bureau.case).execute()
        client = bureau.enter("quality.head")
        page = page_of(client.get(bureau.address + "/assign"))
        assert "Үлгіұлы Арман" not in page.select_one("#to").text
        officer = bureau.member("quality.officer")
        assert post(client, bureau.address + "/assign", {"to": str(officer.id)}).status_code == 422

    def test_v8_4_1_another_bodys_complaint_is_not_there(self, bureau: Bureau) -> None:
        client = bureau.enter("aqsai.officer")
        for part in ("", "/complainant", "/other-side", "/reply", "/forward", "/extend", "/answer"):
            assert client.get(bureau.address + part).status_code == 404

    def test_an_application_is_no_complaint(self, bureau: Bureau) -> None:
        client = bureau.enter("school.officer")
        address = f"/staff/cases/{bureau.application.number}"
        assert client.get(address + "/forward").status_code == 409
        for part in ("complainant", "other-side", "reply", "extend", "answer"):
            sent = {"outcome": "refused", "reasons": "x", "reason": "x", "text": "x"}
            assert post(client, f"{address}/{part}", sent).status_code == 409, part
            assert client.get(f"{address}/{part}").status_code == 200


class TestAnswersThatAHeadSigns:
    @pytest.fixture(autouse=True)
    def _by_a_head(self, demo_data: None, monkeypatch: pytest.MonkeyPatch) -> None:
        plain = answers_to_sign.get_route

        def by_a_head(*asked):
            return plain(*asked).model_copy(update={"answer_signed_by": "head"})

        monkeypatch.setattr(answers_to_sign, "get_route", by_a_head)

    SENT = {"outcome": "refused", "reasons": "Негіз жоқ.", "remedy": ""}

    def test_the_officer_writes_and_the_head_signs_what_they_read(self, bureau: Bureau) -> None:
        officer = bureau.taken()
        assert post(officer, bureau.address + "/answer", self.SENT).location.endswith("answer_prepared")
        assert bureau.details.answer == "", "nothing has gone out"
        assert post(officer, bureau.address + "/answer", self.SENT).status_code == 409
        head = bureau.enter("quality.head")
        assert page_of(head.get("/staff/work")).select_one("[data-notice=to_sign] b").text == "1"
        assert bureau.case.number in page_of(head.get("/staff/to-sign")).select_one("#answers").text
        page = page_of(head.get(bureau.address))
        assert "Негіз жоқ." in page.select_one("#draft-text").text
        unseen = post(head, bureau.address + "/answer/sign", {"shown": "0" * 64})
        assert (unseen.status_code, bureau.details.answer) == (409, "")
        shown = page.select_one("[name=shown]")["value"]
        assert post(head, bureau.address + "/answer/sign", {"shown": shown}).status_code == 303
        assert (bureau.details.answer, bureau.details.answered_by.login) == ("refused", "quality.head")
        assert Paper.get(Paper.kind == "complaint_answer").data["reasons"] == "Негіз жоқ."

    def test_the_head_hands_it_back_and_the_text_stays(self, bureau: Bureau) -> None:
        officer = bureau.taken()
        post(officer, bureau.address + "/answer", self.SENT)
        head = bureau.enter("quality.head")
        assert post(officer, bureau.address + "/answer/return", {"text": "x"}).status_code == 403
        assert post(head, bureau.address + "/answer/return", {"text": "Заңды атаңыз."}).status_code == 303
        page = page_of(officer.get(bureau.address))
        assert "Заңды атаңыз." in page.select_one("#returned").text
        assert page.select_one("#reasons").text.strip() == "Негіз жоқ."
        assert page_of(head.get("/staff/work")).select_one("[data-notice=to_sign]") is None

    def test_without_such_a_head_whoever_looked_into_it_answers(self, bureau: Bureau) -> None:
        StaffMember.update(is_active=False).where(StaffMember.login == "quality.head").execute()
        assert post(bureau.taken(), bureau.address + "/answer", self.SENT).status_code == 303
        assert bureau.details.answer == "refused"
