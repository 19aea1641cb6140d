"""Claims that nobody confirms: one place kept back, an end by the passport's term, an officer's no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask

from portal import db as database
from portal.models import Case, Check, Event, Group, Kindergarten, Message, Paper, QueueEntry, StaffMember
from portal.services.cabinet import case_view, withdrawing
from portal.services.office import watch, work_list
from portal.services.preschool import claims, placement, queue
from portal.services.procedures.rules import NotInThisState, TextNeeded
from portal.services.review import desk, seen_papers
from tests.queue_data import NOW, Registers, answers_for, make_parent, make_places
from tests.review_data import make_staff
from tests.services.applications.test_submitting import kinds, state_of, submit

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
LAST = NOW + dt.timedelta(days=7)  # Monday + 5 working days = the next Monday
PAPER = seen_papers.SeenPaper("Көп балалы отбасы куәлігі", "17", dt.date(2026, 1, 15))
DOWN = Registers(down=True)


@pytest.fixture(autouse=True)
def connection(app: Flask) -> Iterator[None]:
    with app.app_context():
        database.connect()
        yield


def open_places(places: int, code: str = "kk-1") -> None:
    Group.update(places=places).where(Group.kindergarten == Kindergarten.get(Kindergarten.code == code)).execute()


def entry_of(case: Case) -> QueueEntry:
    return QueueEntry.get(QueueEntry.case == case)


def privileged(number: int = 1, now: dt.datetime = NOW) -> Case:
    """A case with a privilege that no register shows."""
    return submit(make_parent(number), answers_for(number, priority="large_family"), now=now)


def sms(case: Case) -> list[str]:
    return [row.key.split(":")[1] for row in Message.select().where(Message.case == case).order_by(Message.id)]


@pytest.fixture
def officer() -> StaffMember:
    make_places(places=0)
    return make_staff(case_body(), "aigul")


def case_body():  # type: ignore[no-untyped-def]
    return Kindergarten.get(Kindergarten.code == "kk-1").locality.body


def test_one_unconfirmed_claim_at_the_head_holds_one_of_ten_places() -> None:
    make_places(places=0)
    claimed = submit(make_parent(1), answers_for(1), DOWN)
    behind = [submit(make_parent(n), answers_for(n), now=NOW + n * MINUTE) for n in range(2, 8)]
    open_places(6)
    assert placement.give_free_places(NOW + DAY) == 5
    assert [state_of(case) for case in behind] == ["granted"] * 5 + ["accepted"]
    assert state_of(claimed) == "accepted"
    assert placement.give_free_places(NOW + DAY) == 0
    watch.check_again(Registers(), NOW + DAY)
    assert state_of(claimed) == "granted", "the place that was kept back"
    assert state_of(behind[-1]) == "accepted"


def test_who_joins_behind_a_claim_gets_the_second_free_place_at_once() -> None:
    make_places(places=2)
    submit(make_parent(1), answers_for(1), DOWN)
    assert state_of(submit(make_parent(2), answers_for(2), now=NOW + MINUTE)) == "granted"
    assert state_of(submit(make_parent(3), answers_for(3), now=NOW + 2 * MINUTE)) == "accepted"


class TestTheEndOfAClaim:
    def test_a_privilege_ends_after_five_working_days_and_the_moment_of_application_stands(self) -> None:
        make_places(places=0)
        general = submit(make_parent(1), answers_for(1))
        claimed = privileged(2, NOW + MINUTE)
        later = submit(make_parent(3), answers_for(3), now=NOW + 2 * MINUTE)
        numbers = [queue.position(queue.find_entry(case), NOW).number for case in (claimed, general, later)]
        assert numbers == [1, 2, 3]
        assert claims.end_claims(LAST) == 0, "the last day counts"
        assert claims.end_claims(LAST + DAY) == 1
        assert claims.end_claims(LAST + DAY) == 0
        numbers = [queue.position(queue.find_entry(case), NOW).number for case in (general, claimed, later)]
        assert numbers == [1, 2, 3]
        assert (entry_of(claimed).priority, entry_of(claimed).asked_at) == (2, claimed.submitted_at)
        assert not Case.get_by_id(claimed.id).unchecked

    def test_the_parent_is_told_before_and_after(self) -> None:
        make_places(places=0)
        case = privileged()
        before = case_view.view_case(case.account, case.number, NOW).shown.unchecked
        assert before is not None
        assert "The last day: 30 November 2026" in before.en
        assert "general queue" in before.en
        claims.end_claims(LAST + DAY)
        assert "claim_ended" in kinds(case)
        assert "claim_ended" in sms(case)
        assert case_view.view_case(case.account, case.number, LAST + DAY).shown.unchecked is None
        notices = Paper.select().where(Paper.case == case, Paper.kind == "queue_notice").order_by(Paper.id)
        assert [notice.data["priority"] for notice in notices] == ["бірінші кезекте (әлі расталған жоқ)", "жалпы кезек"]

    def test_a_place_that_was_kept_back_is_given_when_the_claim_ends(self) -> None:
        make_places(places=1)
        case = privileged()
        claims.end_claims(LAST + DAY)
        assert state_of(case) == "granted"

    def test_for_a_child_whom_nobody_confirms_no_place_is_kept_back_after_the_term(self) -> None:
        make_places(places=0)
        case = submit(make_parent(1), answers_for(1), DOWN)
        behind = submit(make_parent(2), answers_for(2), now=NOW + MINUTE)
        open_places(1)
        assert placement.give_free_places(LAST) == 0
        assert claims.end_claims(LAST + DAY) == 1
        assert placement.give_free_places(LAST + DAY) == 1
        assert (state_of(behind), state_of(case)) == ("granted", "accepted")
        assert kinds(case)[-1] == "child_unconfirmed"
        note = case_view.view_case(case.account, case.number, LAST + DAY).shown.note
        assert note is not None
        assert "Nobody confirmed in time" in note.en

    def test_confirmed_after_all_the_child_is_back_at_its_old_place(self) -> None:
        make_places(places=0)
        case = submit(make_parent(1), answers_for(1), DOWN)
        behind = submit(make_parent(2), answers_for(2), now=NOW + MINUTE)
        claims.end_claims(LAST + DAY)
        watch.check_again(Registers(), LAST + DAY)
        assert queue.position(queue.find_entry(case), LAST).number == 1
        assert queue.position(queue.find_entry(behind), LAST).number == 2


class TestAnOfficersNo:
    def test_a_claim_stands_in_a_list_of_its_own_from_the_first_minute(self, officer: StaffMember) -> None:
        case = privileged()
        wanted = work_list.read_filter("unconfirmed", "", "", "due")
        assert [row.case.id for row in work_list.list_page(officer, wanted, NOW).rows] == [case.id]
        assert work_list.count_tabs(officer, NOW)["unconfirmed"] == 1
        withdrawing.withdraw(case.account, case.number, NOW)
        assert work_list.count_tabs(officer, NOW)["unconfirmed"] == 0

    def test_a_privilege_is_turned_down_with_a_reason(self, officer: StaffMember) -> None:
        case = privileged()
        desk.take(officer, case.number, NOW)
        with pytest.raises(TextNeeded):
            desk.act(officer, case.number, "turn_down_privilege", "  ", LAST + DAY)
        desk.act(officer, case.number, "turn_down_privilege", "Анықтаманың мерзімі өткен.", LAST + DAY)
        assert entry_of(case).priority == 2
        event = Event.get(Event.case == case, Event.kind == "claim_turned_down")
        assert (event.data["text"], event.data["by"]) == ("Анықтаманың мерзімі өткен.", officer.name)
        assert "claim_ended" in sms(case)
        assert not Case.get_by_id(case.id).unchecked
        assert Check.get(Check.case == case).state == "turned_down"
        with pytest.raises(NotInThisState):
            desk.act(officer, case.number, "turn_down_privilege", "Тағы", LAST + DAY)

    def test_neither_is_turned_down_before_the_promised_term(self, officer: StaffMember) -> None:
        case = submit(make_parent(1), answers_for(1, priority="large_family"), DOWN)
        desk.take(officer, case.number, NOW)
        for action in ("turn_down_privilege", "turn_down_child"):
            with pytest.raises(NotInThisState):
                desk.act(officer, case.number, action, "Жоқ", LAST)
        assert desk.get_desk(officer, case.number, LAST).own_actions == ()

    def test_only_what_is_claimed_can_be_turned_down(self, officer: StaffMember) -> None:
        case = privileged()
        desk.take(officer, case.number, NOW)
        with pytest.raises(NotInThisState):
            desk.act(officer, case.number, "turn_down_child", "Жоқ", LAST + DAY)
        assert desk.get_desk(officer, case.number, LAST + DAY).own_actions == ("turn_down_privilege",)

    def test_an_application_for_somebody_elses_child_is_closed_with_a_reason(self, officer: StaffMember) -> None:
        case = submit(make_parent(1), answers_for(1), DOWN)
        desk.take(officer, case.number, NOW)
        desk.act(officer, case.number, "turn_down_child", "Туу туралы куәлік басқа адамдікі.", LAST + DAY)
        assert (state_of(case), entry_of(case).state) == ("closed", "left")
        assert kinds(case)[-1] == "child_turned_down"
        assert sms(case)[-1] == "moved_off"
        assert state_of(submit(make_parent(2), answers_for(1), now=NOW + MINUTE)) == "accepted", "the real parent"

    def test_confirming_goes_on_as_before(self, officer: StaffMember) -> None:
        case = privileged()
        open_places(1)
        desk.take(officer, case.number, NOW)
        seen_papers.confirm_check(officer, case.number, "privilege", PAPER, NOW)
        assert state_of(case) == "granted"


def test_a_second_application_is_closed_by_name_and_not_as_withdrawn() -> None:
    make_places(places=0)
    first = submit(make_parent(1), answers_for(1))
    second = submit(make_parent(2), answers_for(1), Registers(confirms=False), NOW + MINUTE)
    assert state_of(second) == "submitted"
    assert watch.check_again(Registers(), NOW + 5 * MINUTE) == 1
    assert (state_of(first), state_of(second)) == ("accepted", "closed")
    assert kinds(second)[-1] == "already_queued"
    assert sms(second)[-1] == "closed"
