"""Who leaves or changes places leaves no case behind with their name on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal import db as database
from portal.models import AuditEntry, Case, Event, Message, Organisation, StaffMember
from portal.services.messages.notices import write_to_office
from portal.services.office import watch, work_list
from portal.services.review import decisions
from portal.services.review import desk as review
from portal.services.staff import leaving, members
from tests import review_data
from tests.review_data import MONDAY, make_account, make_case, make_school, make_staff, make_unchecked

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def connection(app: Flask) -> Iterator[None]:
    with app.app_context():
        database.connect()
        yield


@pytest.fixture
def school() -> Organisation:
    return make_school()


@pytest.fixture
def officer(school: Organisation) -> StaffMember:
    return make_staff(school, "officer")


@pytest.fixture
def head(school: Organisation) -> StaffMember:
    return make_staff(school, "head", "head")


@pytest.fixture
def admin() -> StaffMember:
    return make_staff(make_school("elsewhere"), "admin", "admin")


def letters() -> list[tuple[str, str]]:
    return [(row.to, row.subject) for row in Message.select().where(Message.channel == "mail").order_by(Message.id)]


Change = Callable[[StaffMember, StaffMember], object]
CHANGES: dict[str, Change] = {
    "disabled": lambda who, admin: members.disable_member(who, MONDAY, admin),
    "in another organisation": lambda who, admin: members.change_member(
        who, MONDAY, by=admin, organisation=admin.organisation
    ),
    "in a role without cases": lambda who, admin: members.change_member(who, MONDAY, by=admin, role="manager"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_somebody_held_is_nobodys_once_they_are_gone(school, officer, head, admin, change) -> None:
    case = make_case(school, make_account(1), "in_review", officer)
    complaint = make_case(school, make_account(2), "in_review", officer, kind="complaint")
    waiting = make_unchecked(school, make_account(3), assignee=officer, state="submitted", is_open=False)
    done = make_case(school, make_account(4), "granted", officer)
    held = leaving.held_by(officer)
    assert (held.cases, held.complaints) == (3, 1)
    change(officer, admin)
    assert {row.id for row in Case.select().where(Case.assignee.is_null())} == {case.id, complaint.id, waiting.id}
    assert Case.get_by_id(done.id).assignee == officer, "what is finished says who did it"
    shown = work_list.list_page(head, work_list.Filter("unassigned"), MONDAY).rows
    assert {row.case.id for row in shown} == {case.id, complaint.id}
    assert Event.get(Event.case == case, Event.kind == "holder_left").data == {"name": officer.name}
    entry = AuditEntry.get(AuditEntry.action == "let_go", AuditEntry.object == f"case:{case.id}")
    assert entry.actor == f"staff:{admin.id}"
    assert held.unconfirmed == 1
    told = {row.key.split(":")[0]: row for row in Message.select().where(Message.to == head.email)}
    assert "істер: 2, ең жақын мерзім: 2026 жылғы 25 қараша" in told["holder_left"].text
    assert "істер: 1. Олар «Расталмаған»" in told["holder_of_claims_left"].text


def test_the_letter_names_the_earliest_day_that_a_case_s_own_page_shows(school, officer, head, admin) -> None:
    make_case(school, make_account(1), "in_review", officer)
    make_unchecked(school, make_account(2), assignee=officer, is_open=False, due_at=MONDAY)  # its page shows no term
    members.disable_member(officer, MONDAY, admin)
    told = Message.get(Message.key.startswith("holder_left:"))
    assert "2026 жылғы 25 қараша" in told.text
    assert "беріңіз" not in told.text, "managers read it too, who give nothing"


def test_a_head_stays_with_their_cases_when_they_become_an_officer(school, head, admin) -> None:
    case = make_case(school, make_account(), "in_review", head)
    members.change_member(head, MONDAY, by=admin, role="officer", name="Жаңа")
    assert Case.get_by_id(case.id).assignee == head


def test_a_change_that_fails_leaves_every_case_with_its_holder(school, officer, admin, monkeypatch) -> None:
    case = make_case(school, make_account(), "in_review", officer)
    monkeypatch.setattr(members.audit, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        members.disable_member(officer, MONDAY, admin)
    assert StaffMember.get_by_id(officer.id).is_active
    assert Case.get_by_id(case.id).assignee == officer


def test_where_nobody_else_is_left_the_body_itself_is_written_to(school, officer, admin) -> None:
    make_case(school, make_account(), "in_review", officer)
    members.disable_member(officer, MONDAY, admin)
    assert [to for to, _subject in letters()] == [school.email]


@pytest.mark.parametrize("change", [{"is_active": False}, {"organisation": None}], ids=["disabled", "elsewhere"])
def test_a_letter_about_a_case_never_goes_to_who_no_longer_works_there(school, officer, admin, change) -> None:
    case = make_case(school, make_account(), "in_review", officer)
    values = {name: admin.organisation if name == "organisation" else value for name, value in change.items()}
    StaffMember.update(**values).where(StaffMember.id == officer.id).execute()  # as it was left by older versions
    write_to_office(Case.get_by_id(case.id), "due_soon", MONDAY)
    assert [to for to, _subject in letters()] == [school.email]


def test_the_deadline_of_a_case_that_was_let_go_is_told_to_its_body(school, officer, admin) -> None:
    make_case(school, make_account(), "in_review", officer, submitted_at=MONDAY - 72 * HOUR, due_at=MONDAY + HOUR)
    members.disable_member(officer, MONDAY, admin)
    assert watch.warn_officers(MONDAY) == 1
    assert {to for to, _subject in letters()} == {school.email}


def test_a_decision_prepared_by_somebody_who_left_is_signed_or_taken_back(school, officer, head, admin) -> None:
    for number, act in enumerate(("sign", "drop"), 1):
        case = make_case(school, make_account(number), "in_review", officer)
        decision = decisions.prepare(officer, case.number, "grant", MONDAY)
        StaffMember.update(is_active=True).where(StaffMember.id == officer.id).execute()
        assert leaving.held_by(officer).prepared == 1
        members.disable_member(officer, MONDAY, admin)
        if act == "sign":
            review_data.sign(head, case.number, decision.id, MONDAY)
            assert Case.get_by_id(case.id).state == "granted"
        else:
            decisions.drop(head, case.number, MONDAY)
            review.take(head, case.number, MONDAY)
            assert Case.get_by_id(case.id).assignee == head
