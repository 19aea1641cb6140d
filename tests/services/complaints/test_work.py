"""Complaints that bind: who may look into one, passing on, extending, answering, and silence that rises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from portal import db as database
from portal.models import (
    AuditEntry,
    Case,
    CaseName,
    Complaint,
    Decision,
    Event,
    Message,
    Paper,
    SealedPaper,
    StaffMember,
    Task,
)
from portal.services.complaints import moving
from portal.services.complaints import work as complaint_work
from portal.services.local_time import local
from portal.services.office import notices, watch
from portal.services.passports.complaint_routes import get_route, longest_extension
from portal.services.passports.schema import Extension, Text
from portal.services.procedures.rules import (
    STATES,
    DecidedBefore,
    MayBeNamed,
    NotAllowed,
    NotImpartial,
    NotInThisState,
    NotYours,
    TextNeeded,
    allowed,
)
from portal.services.review import corrections, decisions, set_aside
from portal.services.review import desk as review
from portal.services.review.table import COMPLAINT
from tests.complaint_data import Complained, make_complaint, rename
from tests.review_data import MONDAY, PASSPORT, make_account, make_case, make_staff, make_unchecked, sign

DAY = dt.timedelta(days=1)
ACTIONS = ("take", "assign", "forward", "answer", "ask_complainant", "ask_other_side", "note_reply", "extend")


@pytest.fixture(autouse=True)
def connection(app: Flask) -> Iterator[None]:
    with app.app_context():
        database.connect()
        yield


@pytest.fixture
def world() -> Complained:
    return Complained()


def take(world: Complained, staff: Any = None, at: dt.datetime = MONDAY) -> None:
    review.take(staff or world.officer, world.number, at)


def assign(world: Complained, by: Any, to: Any) -> None:
    review.assign(by, world.number, to, MONDAY)


def answer(
    world: Complained, outcome: Any = "refused", staff: Any = None, at: dt.datetime = MONDAY, **more: Any
) -> None:
    more = {"remedy": "Қайта қаралсын.", **more} if outcome != "refused" else more
    complaint_work.answer(staff or world.officer, world.number, outcome, "Құжаттар толық емес.", at, **more)


def sms(world: Complained) -> list[str]:
    rows = Message.select().where(Message.channel == "sms", Message.case == world.case).order_by(Message.id)
    return [row.key.split(":")[1] for row in rows]


def mail() -> list[tuple[str, str]]:
    return [(row.key.split(":")[1], row.to) for row in Message.select().where(Message.channel == "mail")]


class TestWhoMayLookIntoIt:
    def test_whoever_handled_the_case_does_not(self, world: Complained) -> None:
        with pytest.raises(NotImpartial):
            take(world, world.decider)

    @pytest.mark.parametrize("part", ["prepared_by", "signed_by"])
    def test_nor_whoever_prepared_or_signed_its_decision(self, world: Complained, part: str) -> None:
        people = {"prepared_by": world.decider, "signed_by": None, part: world.head}
        Decision.create(case=world.application, kind="refuse", prepared_at=MONDAY, state="signed", **people)
        with pytest.raises(NotImpartial):
            take(world, world.head)

    @pytest.mark.parametrize(
        "written", ["Демоқызы Гүлнар", "ДЕМОКЫЗЫ ГУЛНАР", "мұғалім Гүлнар Демоқызы", "Демоқызы, Гүлнар."]
    )
    def test_nor_whom_it_names_in_any_order_and_with_russian_letters(self, world: Complained, written: str) -> None:
        rename(world.officer, "Демоқызы Гүлнар")
        world.case = make_complaint(world.school, world.account, official=written)
        with pytest.raises(NotImpartial):
            take(world)
        take(world, world.decider)  # of no case this one is about

    def test_a_namesake_by_one_word_may(self, world: Complained) -> None:
        rename(world.officer, "Демоқызы Гүлнар")
        world.case = make_complaint(world.school, world.account, official="директор Гүлнар")
        take(world)

    @pytest.mark.parametrize(
        "written",
        [
            "Демоқызы",
            "Г. Демоқызы",
            "Демокызы Г.С.",
            "DEMOQYZY",
            "маман Демоқызыға",
            "Демокзы Гүлнар",
            "Гүлнар Серікқызы",
        ],
    )
    def test_whom_it_may_mean_neither_takes_it_nor_gives_it_away(self, world: Complained, written: str) -> None:
        rename(world.officer, "Демоқызы Гүлнар Серікқызы")
        world.case = make_complaint(world.school, world.account, official=written)
        desk = review.get_desk(world.officer, world.number, MONDAY)
        assert desk.actions == ()
        for way in (lambda: take(world), lambda: assign(world, world.officer, world.decider)):
            with pytest.raises(MayBeNamed):
                way()
        assert world.now.assignee_id is None
        take(world, world.decider)

    def test_it_comes_to_them_by_the_word_of_a_head_alone(self, world: Complained) -> None:
        rename(world.officer, "Демоқызы Гүлнар")
        world.case = make_complaint(world.school, world.account, official="Демоқызы")
        with pytest.raises(NotImpartial):
            assign(world, world.decider, world.officer)
        assert world.officer not in review.list_takers(
            world.decider, review.get_desk(world.decider, world.number, MONDAY)
        )
        assign(world, world.head, world.officer)
        assert world.now.assignee_id == world.officer.id
        assert AuditEntry.get(AuditEntry.action == "assign").data["cleared"]
        answer(world)
        assert world.details.answered_by_id == world.officer.id

    def test_a_head_whom_it_may_mean_gives_no_word(self, world: Complained) -> None:
        rename(world.head, "Демоқызы Гүлнар")
        world.case = make_complaint(world.school, world.account, official="Г. Демоқызы")
        for to in (world.head, world.officer):
            with pytest.raises(MayBeNamed):
                assign(world, world.head, to)
        with pytest.raises(MayBeNamed):
            take(world, world.head)
        assign(world, world.signer, world.head)
        assert world.now.assignee_id == world.head.id

    def test_it_is_accepted_and_raised_by_nobody_whom_it_may_mean(self, world: Complained) -> None:
        rename(world.head, "Демоқызы Гүлнар")
        world.case = make_complaint(world.school, world.account, official="Демоқызыға")
        assert complaint_work.find_head(world.now, world.details) == world.signer
        assert world.now.accepted_by != "Демоқызы Гүлнар"

    def test_what_is_certain_no_head_undoes(self, world: Complained) -> None:
        rename(world.officer, "Демоқызы Гүлнар")
        world.case = make_complaint(world.school, world.account, official="Гүлнар Демоқызыға")
        with pytest.raises(NotImpartial):
            assign(world, world.head, world.officer)

    def test_nor_whoever_answered_the_complaint_before(self, world: Complained) -> None:
        take(world)
        answer(world)
        first = world.case
        world.case = make_complaint(world.school, world.account, previous=first)
        with pytest.raises(NotImpartial):
            take(world)

    def test_it_is_not_given_to_them_either(self, world: Complained) -> None:
        with pytest.raises(NotImpartial):
            review.assign(world.head, world.number, world.decider, MONDAY)
        review.assign(world.head, world.number, world.officer, MONDAY)
        assert world.now.assignee_id == world.officer.id

    def test_they_are_offered_nothing(self, world: Complained) -> None:
        desk = review.get_desk(world.decider, world.number, MONDAY)
        assert desk.actions == ()

    @pytest.mark.parametrize("state", STATES)
    @pytest.mark.parametrize("action", ACTIONS)
    def test_v2_3_1_what_the_table_does_not_name_changes_nothing(
        self, world: Complained, state: str, action: str
    ) -> None:
        Case.update(state=state, assignee=world.officer).where(Case.id == world.case.id).execute()
        staff, number = world.officer, world.number
        does: dict[str, Callable[[], object]] = {
            "take": lambda: take(world, world.head),
            "assign": lambda: review.assign(staff, number, world.head, MONDAY),
            "forward": lambda: complaint_work.forward(staff, number, "quality", "Сіздің ісіңіз.", MONDAY),
            "answer": lambda: answer(world),
            "ask_complainant": lambda: complaint_work.ask_complainant(staff, number, "?", MONDAY),
            "ask_other_side": lambda: complaint_work.ask_other_side(staff, number, "?", MONDAY),
            "note_reply": lambda: complaint_work.note_reply(staff, number, "!", MONDAY),
            "extend": lambda: complaint_work.extend(staff, number, "Көп.", MONDAY),
        }
        if action in COMPLAINT[state] if state in COMPLAINT else False:
            if action == "take":
                with pytest.raises(NotYours):
                    does[action]()
            else:
                does[action]()
            return
        before = (world.now.state, world.now.assignee_id, Event.select().count(), Message.select().count())
        with pytest.raises(NotAllowed):
            does[action]()
        assert (world.now.state, world.now.assignee_id, Event.select().count(), Message.select().count()) == before


class TestAskingBothSides:
    def test_the_complainant_is_asked_and_answers_in_the_cabinet(self, world: Complained) -> None:
        take(world)
        complaint_work.ask_complainant(world.officer, world.number, "Қай күні болды?", MONDAY)
        assert complaint_work.is_asked(world.now)
        complaint_work.reply(world.account, world.number, "Сейсенбіде.", MONDAY)
        assert not complaint_work.is_asked(world.now)
        assert world.kinds()[-2:] == ["complainant_asked", "complainant_replied"]
        assert sms(world) == ["complaint_question"]
        assert ("complainant_replied", "aigul@example.kz") in mail()

    def test_who_was_not_asked_has_nothing_to_answer(self, world: Complained) -> None:
        with pytest.raises(complaint_work.NoQuestion):
            complaint_work.reply(world.account, world.number, "Сәлем", MONDAY)

    def test_the_other_side_is_asked_by_letter_and_its_answer_put_on_record(self, world: Complained) -> None:
        take(world)
        complaint_work.ask_other_side(world.officer, world.number, "Неге бас тарттыңыз?", MONDAY)
        complaint_work.note_reply(world.officer, world.number, "Мерзімі өткен еді.", MONDAY)
        assert world.kinds()[-2:] == ["other_side_asked", "other_side_replied"]
        assert ("other_side_asked", "school-1@example.kz") in mail()

    def test_nothing_is_asked_without_words(self, world: Complained) -> None:
        take(world)
        with pytest.raises(TextNeeded):
            complaint_work.ask_complainant(world.officer, world.number, "  ", MONDAY)


class TestPassingOn:
    def forward(self, world: Complained, to: str = "quality", at: dt.datetime = MONDAY) -> None:
        complaint_work.forward(world.officer, world.number, to, "Бұл сіздің ісіңіз.", at)

    def test_the_right_body_registers_it_anew_and_its_own_term_counts(self, world: Complained) -> None:
        take(world)
        self.forward(world, at=MONDAY + DAY)
        case = world.now
        assert (case.body_id, case.state, case.assignee_id) == (world.quality.id, "submitted", None)
        assert case.accepted_by == "Үлгі Кезекші quality"
        assert local(case.registered_at).date() == dt.date(2026, 11, 24)
        # 15 working days from Wednesday 25 November: Tuesday 15 December (the 16th and 17th would be next)
        assert local(case.due_at).date() == dt.date(2026, 12, 15)
        assert world.details.to == "authorised_body"
        assert sms(world) == ["complaint_forwarded"]
        assert ("complaint_forwarded", "quality@example.kz") in mail()

    def test_the_complainant_gets_a_new_confirmation_and_the_old_one_is_replaced(self, world: Complained) -> None:
        take(world)
        self.forward(world)
        old, new = Paper.select().where(Paper.case == world.case).order_by(Paper.id)
        assert old.replaced_at is not None
        assert new.data["accepted_by"] == "Үлгі Кезекші quality"
        assert new.data["incoming_number"] == world.now.incoming_number == "Ш-2026/000001"

    def test_the_new_body_finds_it_and_the_old_one_no_longer(self, world: Complained) -> None:
        take(world)
        self.forward(world)
        assert {row.body_id for row in CaseName.select().where(CaseName.case == world.case)} == {world.quality.id}
        with pytest.raises(LookupError):
            review.get_desk(world.officer, world.number, MONDAY)
        review.take(world.inspector, world.number, MONDAY)

    def test_three_working_days_and_not_one_more(self, world: Complained) -> None:
        take(world)
        thursday = MONDAY + 3 * DAY
        with pytest.raises(NotInThisState):
            self.forward(world, at=thursday + DAY)
        self.forward(world, at=thursday)

    def test_it_does_not_go_round_in_circles(self, world: Complained) -> None:
        take(world)
        self.forward(world)
        review.take(world.inspector, world.number, MONDAY)
        with pytest.raises(NotInThisState):
            complaint_work.forward(world.inspector, world.number, "school-1", "Жоқ, сіздің.", MONDAY)

    def test_only_to_a_body_that_the_passport_names(self, world: Complained) -> None:
        take(world)
        with pytest.raises(complaint_work.AddresseeUnfit):
            self.forward(world, to="school-1")
        with pytest.raises(complaint_work.AddresseeUnfit):
            self.forward(world, to="nobody")


class TestExtending:
    def test_by_at_most_ten_working_days_where_the_term_is_longer(self, world: Complained) -> None:
        friday = dt.datetime(2026, 12, 4, 7, 0, tzinfo=dt.UTC)
        world.case = make_complaint(world.quality, world.account, "authorised_body", about=world.application, at=friday)
        take(world, world.inspector, friday)
        assert local(world.now.due_at).date() == dt.date(2026, 12, 28)
        complaint = world.details
        ways = complaint_work.list_extensions(world.now, complaint, PASSPORT, friday)
        assert list(ways) == list(range(1, 11))
        assert local(ways[1]).date() == dt.date(2026, 12, 29)
        with pytest.raises(complaint_work.ExtensionUnfit):
            complaint_work.extend(world.inspector, world.number, "Көп.", friday, days=11)
        assert complaint_work.propose_extension(complaint, PASSPORT) == 10
        complaint_work.extend(world.inspector, world.number, "Сараптама.", friday)
        assert local(world.now.due_at).date() == dt.date(2027, 1, 14)

    @pytest.mark.parametrize(("days", "due"), [(1, dt.date(2026, 12, 1)), (10, dt.date(2026, 12, 14))])
    def test_by_as_many_days_as_the_officer_chooses(self, world: Complained, days: int, due: dt.date) -> None:
        take(world)
        complaint_work.extend(world.officer, world.number, "Сараптама.", MONDAY, days=days)
        assert local(world.now.due_at).date() == due

    @pytest.mark.parametrize("days", [-1, 0, 11])
    def test_by_no_other_number_of_days(self, world: Complained, days: int) -> None:
        take(world)
        with pytest.raises(complaint_work.ExtensionUnfit):
            complaint_work.extend(world.officer, world.number, "Сараптама.", MONDAY, days=days)

    def test_not_where_the_passport_lets_it_by_no_day(self, world: Complained, monkeypatch: pytest.MonkeyPatch) -> None:
        words = {"kk": "Заң", "ru": "Закон", "en": "Law"}
        never = [route.model_copy(update={"extension": Extension(working_days=0, law=Text(**words))})
                 for route in PASSPORT.complaints]  # fmt: skip
        passport = PASSPORT.model_copy(update={"complaints": tuple(never)})
        take(world)
        monkeypatch.setattr(review, "get_passport", lambda *_: passport)
        with pytest.raises(NotInThisState):
            complaint_work.extend(world.officer, world.number, "Сараптама.", MONDAY)

    def test_the_law_s_ten_days_hold_where_the_passport_says_nothing(self) -> None:
        route = PASSPORT.complaints[0]
        assert route.extension is not None
        assert "25-бап" in route.extension.law.kk
        assert longest_extension(route) == longest_extension(route.model_copy(update={"extension": None})) == 10

    def test_once_by_the_term_again_with_a_sealed_notice(self, world: Complained) -> None:
        take(world)
        assert local(world.now.due_at).date() == dt.date(2026, 11, 30)
        complaint_work.extend(world.officer, world.number, "Емханадан жауап күтудеміз.", MONDAY)
        assert local(world.now.due_at).date() == dt.date(2026, 12, 7)
        notice = Paper.get(Paper.case == world.case, Paper.kind == "complaint_extension")
        assert notice.data["due_on"] == "2026-12-07"
        assert SealedPaper.select().where(SealedPaper.paper == notice).exists()
        assert sms(world) == ["complaint_extended"]
        with pytest.raises(NotInThisState):
            complaint_work.extend(world.officer, world.number, "Тағы да.", MONDAY)

    def test_not_after_the_term(self, world: Complained) -> None:
        take(world)
        with pytest.raises(NotInThisState):
            complaint_work.extend(world.officer, world.number, "Кеш.", MONDAY + 9 * DAY)


GROUND = "requirements-not-met"


def open_again(world: Complained, prepared_by: StaffMember, signed_by: StaffMember) -> str:
    """The number of the case whose refusal by these two a complaint has set aside."""
    Decision.create(
        case=world.application, open_case=world.application.id, kind="refuse", ground=GROUND, prepared_by=prepared_by,
        prepared_at=MONDAY, signed_by=signed_by, signed_at=MONDAY, state="signed",
    )  # fmt: skip
    take(world)
    answer(world, "satisfied", anew=True)
    return world.application.number


class TestAnswering:
    @pytest.mark.parametrize(
        ("outcome", "state"), [("satisfied", "granted"), ("partly", "granted"), ("refused", "refused")]
    )
    def test_an_answer_has_reasons_a_letter_and_the_way_on(self, world: Complained, outcome: str, state: str) -> None:
        take(world)
        answer(world, outcome)
        assert (world.now.state, world.now.is_open, world.now.answered_at) == (state, False, MONDAY)
        letter = Paper.get(Paper.case == world.case, Paper.kind == "complaint_answer")
        assert letter.data["answer"] == outcome
        assert len(letter.data["appeal"]) == 2  # the authorised body, then court
        assert SealedPaper.select().where(SealedPaper.paper == letter).exists()
        assert sms(world) == ["complaint_answered", "rate"]
        assert world.details.answered_by_id == world.officer.id

    def test_who_agrees_names_the_remedy(self, world: Complained) -> None:
        take(world)
        with pytest.raises(TextNeeded):
            answer(world, "satisfied", remedy=" ")
        assert world.now.state == "in_review"

    def test_the_case_is_decided_anew_by_somebody_else_in_a_new_term(self, world: Complained) -> None:
        decision = Decision.create(
            case=world.application, open_case=world.application.id, kind="refuse", prepared_by=world.decider,
            prepared_at=MONDAY, signed_by=world.signer, signed_at=MONDAY, state="signed",
        )  # fmt: skip
        Task.create(case=world.application, body=world.school, kind="overdue", created_at=MONDAY)
        take(world)
        answer(world, "satisfied", anew=True)
        case = Case.get_by_id(world.application.id)
        assert (case.state, case.is_open, case.assignee_id) == ("in_review", True, None)
        assert local(case.due_at).date() == dt.date(2026, 11, 25)  # two working days from Monday
        assert not Task.select().where(Task.case == case).exists()
        assert Decision.get_by_id(decision.id).open_case is None
        review.take(world.officer, case.number, MONDAY)
        decisions.prepare(world.officer, case.number, "grant", MONDAY)

    def test_whoever_prepared_or_signed_what_was_set_aside_takes_no_part_in_the_new_decision(
        self, world: Complained
    ) -> None:
        number = open_again(world, world.decider, world.head)
        for person in (world.decider, world.head):
            with pytest.raises(DecidedBefore):
                review.take(person, number, MONDAY)
            with pytest.raises(DecidedBefore):
                review.assign(world.officer, number, person, MONDAY)
            assert person not in review.list_takers(world.officer, review.get_desk(world.officer, number, MONDAY))
            assert review.get_desk(person, number, MONDAY).actions == ("assign",)
        Case.update(assignee=world.head).where(Case.number == number).execute()  # however it came to them
        for act in (
            lambda: decisions.prepare(world.head, number, "grant", MONDAY),
            lambda: corrections.ask_correction(world.head, number, {"grade": "unreadable"}, "", MONDAY),
            lambda: review.write_message(world.head, number, "Күтіңіз.", MONDAY),
        ):
            with pytest.raises(DecidedBefore):
                act()
        Case.update(assignee=None).where(Case.number == number).execute()
        review.take(world.officer, number, MONDAY)
        made = decisions.prepare(world.officer, number, "refuse", MONDAY, GROUND, "Тағы да.")
        assert notices.to_sign(world.head).count() == 0
        assert notices.to_sign(world.signer).count() == 1
        for act in (
            lambda: sign(world.head, number, made.id, MONDAY),
            lambda: decisions.hand_back(world.head, number, "Жоқ.", MONDAY),
            lambda: decisions.drop(world.head, number, MONDAY),
        ):
            with pytest.raises(DecidedBefore):
                act()
        assert ("to_sign", "gulnar@example.kz") not in mail()
        sign(world.signer, number, made.id, MONDAY)
        assert Case.get(Case.number == number).state == "refused"

    def test_nor_after_a_second_complaint_the_first_two(self, world: Complained) -> None:
        number = open_again(world, world.decider, world.head)
        made = set_aside.list_deciders(world.application)
        assert made == {world.decider.id, world.head.id}
        Decision.create(
            case=world.application, kind="refuse", prepared_by=world.officer, prepared_at=MONDAY,
            signed_by=world.signer, signed_at=MONDAY, state="signed",
        )  # fmt: skip
        for person in (world.decider, world.head, world.officer, world.signer):
            with pytest.raises(DecidedBefore):
                review.take(person, number, MONDAY)

    def test_where_nobody_else_is_left_those_who_can_name_somebody_are_told_until_there_is(
        self, world: Complained
    ) -> None:
        admin = make_staff(world.quality, "root", "admin")
        StaffMember.update(is_active=False).where(StaffMember.id == world.signer.id).execute()
        number = open_again(world, world.decider, world.head)
        kinds = [event.kind for event in Event.select().where(Event.case == world.application).order_by(Event.id)]
        assert kinds[-2:] == ["reopened", "nobody_to_decide"]
        assert {("nobody_to_decide", world.head.email), ("nobody_to_decide", admin.email)} <= set(mail())
        assert set_aside.ask_for_somebody_late(MONDAY) == 0, "they are told once"
        deputy = make_staff(world.school, "deputy", "head")
        set_aside.ask_for_somebody_late(MONDAY)
        assert Task.get(Task.case == world.application, Task.kind == "nobody_to_decide").done_at == MONDAY
        review.take(world.officer, number, MONDAY)
        made = decisions.prepare(world.officer, number, "grant", MONDAY)
        sign(deputy, number, made.id, MONDAY)

    def test_who_leaves_after_it_was_opened_again_is_missed_too(self, world: Complained) -> None:
        open_again(world, world.decider, world.head)
        assert set_aside.ask_for_somebody_late(MONDAY) == 0
        StaffMember.update(is_active=False).where(StaffMember.id == world.signer.id).execute()
        assert set_aside.ask_for_somebody_late(MONDAY) == 1

    def test_what_the_queue_decided_is_not_reopened(self, world: Complained) -> None:
        queued = make_unchecked(world.school, world.account, state="granted")
        world.case = make_complaint(world.school, world.account, about=queued)
        take(world)
        with pytest.raises(complaint_work.CannotReopen):
            answer(world, "satisfied", anew=True)
        assert world.now.state == "in_review"

    def test_nothing_more_happens_to_an_answered_one(self, world: Complained) -> None:
        take(world)
        answer(world)
        assert review.get_desk(world.officer, world.number, MONDAY).actions == ()


def test_before_it_is_signed_the_body_that_really_answers_is_known(world: Complained) -> None:
    provider = get_route(PASSPORT, "provider")

    def foresee() -> tuple[str, Any]:
        draft = Case(kind="complaint", body=world.school, about=world.application)
        row = Complaint(to="provider", official="", previous=None)
        route, body = moving.foresee((provider, world.school), draft, row, PASSPORT)
        return route.to, body

    assert foresee() == ("provider", world.school)
    for person in (world.officer, world.decider, world.head, world.signer):
        Decision.create(case=world.application, kind="refuse", prepared_by=person, prepared_at=MONDAY, state="signed")
    assert foresee() == ("authorised_body", world.quality)


class TestSilence:
    LATE = MONDAY + 8 * DAY  # Tuesday 1 December; it was due on Monday

    def test_it_rises_to_an_impartial_head_once_and_the_complainant_is_told(self, world: Complained) -> None:
        Decision.create(
            case=world.application, kind="refuse", prepared_by=world.decider, prepared_at=MONDAY, state="signed",
            signed_by=world.head, signed_at=MONDAY,
        )  # fmt: skip
        assert complaint_work.raise_silent(self.LATE) == 1
        assert complaint_work.raise_silent(self.LATE) == 0
        assert (world.now.assignee_id, world.now.state) == (world.signer.id, "in_review")
        assert world.kinds()[-1] == "escalated"
        assert sms(world) == ["complaint_overdue"]
        assert ("complaint_escalated", "daniyar@example.kz") in mail()
        answer(world, staff=world.signer, at=self.LATE)

    def test_where_every_head_is_involved_nobody_has_it_and_all_are_told(self, world: Complained) -> None:
        for head in (world.head, world.signer):
            Decision.create(case=world.application, kind="refuse", prepared_by=head, prepared_at=MONDAY, state="signed")
        assert complaint_work.raise_silent(self.LATE) == 1
        assert world.now.assignee_id is None
        assert len([kind for kind, _ in mail() if kind == "complaint_escalated"]) == 2

    def test_before_its_term_nothing_rises(self, world: Complained) -> None:
        assert complaint_work.raise_silent(world.now.due_at - dt.timedelta(seconds=1)) == 0

    def test_the_watch_of_applications_leaves_complaints_to_it(self, world: Complained) -> None:
        watch.mark_overdue(self.LATE)
        assert "overdue" not in world.kinds()


def test_an_outsider_finds_no_complaint_of_another_body(world: Complained) -> None:
    with pytest.raises(LookupError):
        review.get_desk(world.inspector, world.number, MONDAY)


def test_what_may_be_done_is_offered_in_the_order_of_the_table(world: Complained) -> None:
    take(world)
    desk = review.get_desk(world.officer, world.number, MONDAY)
    asking = ("ask_complainant", "ask_other_side", "note_reply")
    assert desk.actions == ("assign", "forward", "answer", *asking, "extend", "message")
    assert allowed(desk.standing) == desk.actions


def test_another_case_of_the_officer_does_not_make_them_partial(world: Complained) -> None:
    make_case(world.school, make_account(2), "refused", world.officer)
    make_staff(world.school, "new")
    take(world)
