"""The work list as people work with it: what a line says, several given at once, views that are kept, absences."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from portal.models import Absence, Case, Decision, Event, QueueEntry, SavedView
from tests.conftest import Clock
from tests.review_data import make_account, make_case
from tests.signing_in import post
from tests.staff_signing_in import sign_in_staff
from tests.views.test_staff_cases import Office, page_of

pytestmark = pytest.mark.usefixtures("demo_data")


@pytest.fixture
def office(app: Flask, clock: Clock) -> Office:
    return Office(app, clock)


def numbers(answer) -> list[str]:
    return [link.text for link in page_of(answer).select("tbody th a")]


class TestLines:
    def test_a_line_names_the_child_and_marks_what_has_come_and_what_waits_for_a_signature(self, office: Office):
        answered = make_case(office.school, office.account, "in_review", office.officer)
        Event.create(case=answered, kind="correction_asked", at=office.clock(), actor="x")
        Event.create(case=answered, kind="corrected", at=office.clock(), actor="citizen")
        prepared = make_case(office.school, office.account, "in_review", office.officer)
        Decision.create(case=prepared, open_case=prepared.id, kind="grant", prepared_by=office.officer,
                        prepared_at=office.clock(), state="prepared")  # fmt: skip
        page = page_of(office.enter().get("/staff/work?tab=open"))
        lines = {row.select_one("th a").text: row for row in page.select("tbody tr")}
        assert "Үлгі Бала" in lines[office.case.number].text
        assert lines[office.case.number].select(".mark") == []
        assert (len(lines[answered.number].select(".news")), lines[answered.number].select(".sign")) == (1, [])
        assert (len(lines[prepared.number].select(".sign")), lines[prepared.number].select(".news")) == (1, [])

    def test_what_an_officer_did_since_takes_the_mark_away(self, office: Office):
        Event.create(case=office.case, kind="corrected", at=office.clock(), actor="citizen")
        Event.create(case=office.case, kind="message", at=office.clock(), actor="x")
        assert page_of(office.enter().get("/staff/work?tab=open")).select(".news") == []

    def test_a_queued_child_has_its_number_and_year_and_no_day_long_past(self, office: Office):
        waiting = QueueEntry.select().where(QueueEntry.state == "waiting").first()
        answer = office.enter("oral.officer").get("/staff/work?tab=open&state=accepted")
        row = next(row for row in page_of(answer).select("tbody tr") if waiting.case.number in row.text)
        assert f"{waiting.birth_year}" in row.text
        assert row.select_one("[data-label] b").text
        assert row.select("time, .late") == []

    def test_officers_arrive_where_there_is_something_to_do(self, office: Office):
        client = office.enter()
        assert (
            page_of(client.get("/staff/work"))
            .select_one(".tabs [aria-current]")["href"]
            .startswith("/staff/work?tab=unassigned")
        )
        office.take()
        assert "tab=mine" in page_of(client.get("/staff/work")).select_one(".tabs [aria-current]")["href"]

    def test_a_colleagues_cases_and_what_came_in_are_lists_of_their_own(self, office: Office):
        theirs = make_case(office.school, office.account, "in_review", office.head)
        old = make_case(office.school, office.account, "granted", submitted_at=office.clock() - dt.timedelta(days=20))
        client = office.enter()
        assert numbers(client.get(f"/staff/work?tab=open&holder={office.head.id}")) == [theirs.number]
        assert set(numbers(client.get("/staff/work?tab=open&came=7"))) == {office.case.number, theirs.number}
        assert old.number in numbers(client.get("/staff/work?tab=open&came=30"))
        assert numbers(client.get("/staff/work?tab=open&came=30&state=granted")) == [old.number]


class TestGiving:
    def test_several_are_given_at_once_and_what_cannot_go_is_named(self, office: Office):
        second = make_case(office.school, make_account(2))
        done = make_case(office.school, office.account, "granted")
        client = office.enter("school.head")
        sent = {"case": [office.case.number, second.number, done.number], "to": str(office.officer.id)}
        answer = post(client, "/staff/work/give?tab=open", sent)
        assert answer.status_code == 303
        assert {Case.get_by_id(id).assignee_id for id in (office.case.id, second.id)} == {office.officer.id}
        assert Case.get_by_id(done.id).assignee_id is None
        after = page_of(client.get(answer.location))
        assert done.number in after.text
        assert "tab=open" in answer.location

    def test_nothing_is_given_before_somebody_is_chosen_and_the_ticks_stay(self, office: Office):
        client = office.enter("school.head")
        answer = post(client, "/staff/work/give?tab=open", {"case": [office.case.number], "to": ""})
        assert answer.status_code == 422
        assert page_of(answer).select_one("[name=case][checked]")["value"] == office.case.number
        assert post(client, "/staff/work/give?tab=open", {"to": str(office.officer.id)}).status_code == 422
        assert Case.get_by_id(office.case.id).assignee_id is None

    def test_another_bodys_cases_and_people_are_out_of_reach(self, office: Office):
        client = office.enter("oral.head")
        post(client, "/staff/work/give", {"case": [office.case.number], "to": "nobody"})
        assert post(client, "/staff/work/give", {"case": ["x"], "to": str(office.officer.id)}).status_code == 422
        assert Case.get_by_id(office.case.id).assignee_id is None

    def test_one_case_is_not_dropped_by_a_press_without_a_choice(self, office: Office):
        office.take()
        client = office.enter()
        assert post(client, office.address + "/assign", {"to": ""}).status_code == 422
        assert Case.get_by_id(office.case.id).assignee_id == office.officer.id
        assert post(client, office.address + "/assign", {"to": "nobody"}).status_code == 303
        assert Case.get_by_id(office.case.id).assignee_id is None


class TestViews:
    def test_a_view_is_kept_found_again_and_deleted_by_its_owner_alone(self, office: Office):
        client = office.enter()
        answer = post(client, "/staff/work/views?tab=open&state=in_review", {"name": "Қаралуда"})
        assert answer.status_code == 303
        link = next(link for link in page_of(client.get("/staff/work")).select(".views a"))
        assert (link.text, "state=in_review" in link["href"]) == ("Қаралуда", True)
        view = SavedView.get()
        head = office.enter("school.head")
        post(head, f"/staff/work/views/{view.id}/delete", {})
        assert SavedView.select().count() == 1
        post(client, f"/staff/work/views/{view.id}/delete", {})
        assert SavedView.select().count() == 0

    def test_a_view_needs_a_name(self, office: Office):
        answer = post(office.enter(), "/staff/work/views?tab=open", {"name": " "})
        assert answer.status_code == 422
        assert page_of(answer).select("#name-error")


class TestAbsences:
    def test_an_officer_notes_an_absence_in_days_as_people_write_them(self, office: Office):
        client = office.enter()
        sent = {"member": str(office.officer.id), "since": "30.11.2026", "until": "13.12.2026",
                "deputy": str(office.head.id)}  # fmt: skip
        assert post(client, "/staff/absences", sent).status_code == 303
        row = Absence.get()
        assert (row.since, row.until, row.deputy_id) == (dt.date(2026, 11, 30), dt.date(2026, 12, 13), office.head.id)
        assert office.officer.name in client.get("/staff/absences").text
        assert post(client, f"/staff/absences/{row.id}/end", {}).status_code == 303
        assert Absence.select().count() == 0

    def test_another_bodys_head_neither_sees_nor_ends_it(self, office: Office):
        client = office.enter()
        post(client, "/staff/absences", {"member": str(office.officer.id), "since": "30.11.2026",
                                         "until": "13.12.2026", "deputy": ""})  # fmt: skip
        other = office.app.test_client()
        sign_in_staff(other, "oral.head")
        assert office.officer.name not in other.get("/staff/absences").text
        assert post(other, f"/staff/absences/{Absence.get().id}/end", {}).status_code == 404
