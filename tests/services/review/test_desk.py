"""What officers may do with a case: the table of states, one decision, the way of a case from hand to hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal import db as database
from portal.db import db
from portal.models import AuditEntry, Case, Correction, Decision, Event, Message, Paper, StaffMember, Task
from portal.services.cabinet import case_view, withdrawing
from portal.services.cases import timeline
from portal.services.office import watch
from portal.services.passports.catalogue import Catalogue, use_catalogue
from portal.services.passports.schema import PolicyValue
from portal.services.procedures.registry import list_procedures
from portal.services.procedures.rules import (
    STATES,
    AlreadyDecided,
    GroundNeeded,
    NotAllowed,
    NotInThisState,
    NotYours,
    ReasonNeeded,
    SamePerson,
    Situation,
    TextNeeded,
    allowed,
    check,
)
from portal.services.review import corrections, decisions, seen_papers
from portal.services.review import desk as review
from portal.services.review.table import COMPLAINT, REVIEW
from tests import review_data
from tests.queue_data import make_places
from tests.review_data import MONDAY, PASSPORT, make_account, make_case, make_school, make_staff, make_unchecked

PAPER = seen_papers.SeenPaper("Туу туралы куәлік", "0123456", dt.date(2026, 1, 15))
HOUR = dt.timedelta(hours=1)
TABLE = {**{procedure.name: procedure.rules for procedure in list_procedures()}, "complaint": COMPLAINT}
ACTIONS = tuple(dict.fromkeys(action for states in TABLE.values() for rules in states.values() for action in rules))
OF_APPLICATIONS = (*dict.fromkeys(name for rules in REVIEW.values() for name in rules), "keep_waiting")
LATE = dt.datetime(2026, 11, 24, 14, 30, tzinfo=dt.UTC)  # Tuesday 19:30, after working time
OPENING = dt.datetime(2026, 11, 25, 4, 0, tzinfo=dt.UTC)  # Wednesday 9:00


@pytest.fixture(autouse=True)
def connection(app: Flask) -> Iterator[None]:
    with app.app_context():
        database.connect()
        yield


class World:
    def __init__(self) -> None:
        self.school = make_school()
        self.officer, self.other = make_staff(self.school, "aigul"), make_staff(self.school, "bolat")
        self.head, self.deputy = (make_staff(self.school, name, "head") for name in ("gulnar", "daniyar"))
        self.manager = make_staff(self.school, "manager", "manager")
        self.stranger = make_staff(make_school("school-2"), "stranger", "head")
        self.account = make_account()
        self.case = make_case(self.school, self.account)

    @property
    def number(self) -> str:
        return self.case.number

    @property
    def now(self) -> Case:
        return Case.get_by_id(self.case.id)

    def take(self, staff: StaffMember | None = None) -> None:
        review.take(staff or self.officer, self.number, MONDAY)

    def prepare(self, kind: str = "grant", staff: StaffMember | None = None, **more: str) -> Decision:
        if kind == "refuse":
            more = {"ground": "requirements-not-met", "explanation": "Қорытындының мерзімі өткен.", **more}
        return decisions.prepare(staff or self.officer, self.number, kind, MONDAY, **more)  # type: ignore[arg-type]

    def sign(self, decision: Decision, staff: StaffMember | None = None, at: dt.datetime = MONDAY) -> dt.datetime:
        return review_data.sign(staff or self.head, self.number, decision.id, at)

    def ask(self, at: dt.datetime = MONDAY) -> None:
        reasons = {"conclusion_number": "does_not_match"}
        corrections.ask_correction(self.officer, self.number, reasons, "Нөмірін қараңыз.", at)

    def kinds(self) -> list[str]:
        return [event.kind for event in Event.select().where(Event.case == self.case).order_by(Event.id)]

    def sms(self) -> list[str]:
        return [row.key.split(":")[1] for row in Message.select().where(Message.channel == "sms")]


@pytest.fixture
def world() -> World:
    return World()


def seen_by_citizen(world: World) -> case_view.CaseView:
    return case_view.view_case(world.account, world.number, MONDAY)


def use_policy(name: str, value: str | bool) -> None:
    changed = {**PASSPORT.policy, name: (PolicyValue(effective_from=dt.date(2020, 1, 1), value=value),)}
    passport = PASSPORT.model_copy(update={"policy": changed})
    use_catalogue(Catalogue([passport], []))


class TestTheTable:
    @pytest.mark.parametrize("state", STATES)
    @pytest.mark.parametrize("procedure", list(TABLE))
    def test_every_action_in_every_state_either_works_or_refuses(self, procedure: str, state: str) -> None:
        """As allowed() offers it, so check() lets it pass: over everything a case may be."""
        for action, role, holder, mine, decision, unchecked in itertools.product(
            ACTIONS, ("officer", "head", "manager", "admin"), ("", "Үлгі"), (False, True),
            ("", "prepared", "signed"), (False, True),
        ):  # fmt: skip
            standing = Situation(TABLE[procedure], state, role, holder, mine and bool(holder), decision, unchecked)
            if action in allowed(standing):
                check(action, standing)
            else:
                with pytest.raises((NotInThisState, NotYours)):
                    check(action, standing)

    def test_it_is_frozen(self) -> None:
        with pytest.raises(TypeError):
            REVIEW["granted"]["sign"] = None  # type: ignore[index]

    def test_nobody_but_officers_and_heads_acts(self) -> None:
        for procedure, state in itertools.product(TABLE, STATES):
            for role in ("manager", "admin"):
                assert (
                    allowed(Situation(TABLE[procedure], state, role, "Үлгі", True, "prepared", True, False, True, True))
                    == ()
                )

    def test_only_heads_sign(self) -> None:
        ready = Situation(REVIEW, "in_review", "officer", "Үлгі", True, "prepared")
        assert "sign" not in allowed(ready)
        assert "sign" in allowed(dataclasses.replace(ready, role="head"))

    def test_the_kindergarten_queue_is_never_refused_by_an_officer(self) -> None:
        assert not {"prepare", "sign"} & {name for rules in TABLE["preschool_queue"].values() for name in rules}


class TestTheActualActions:
    """The services hold to the table in each state, on a real case."""

    @pytest.mark.parametrize("state", STATES)
    @pytest.mark.parametrize("action", OF_APPLICATIONS)
    def test_v2_3_1_what_the_table_does_not_name_changes_nothing(self, world: World, state: str, action: str) -> None:
        Case.update(state=state, assignee=world.officer).where(Case.id == world.case.id).execute()
        does: dict[str, Callable[[], object]] = {
            "take": lambda: review.take(world.other, world.number, MONDAY),
            "assign": lambda: review.assign(world.officer, world.number, world.other, MONDAY),
            "message": lambda: review.write_message(world.officer, world.number, "Сәлем", MONDAY),
            "ask_correction": world.ask,
            "prepare": world.prepare,
            "sign": lambda: review_data.sign(world.head, world.number, 1, MONDAY),
            "hand_back": lambda: decisions.hand_back(world.head, world.number, "Мерзімін қараңыз.", MONDAY),
            "recall": lambda: decisions.recall(world.head, world.number, "Қателік бар.", MONDAY),
            "drop": lambda: decisions.drop(world.officer, world.number, MONDAY),
            "end_correction": lambda: corrections.end_correction(world.officer, world.number, MONDAY),
            "confirm_check": lambda: seen_papers.confirm_check(world.officer, world.number, "child", PAPER, MONDAY),
            "keep_waiting": lambda: review.keep_waiting(world.officer, world.number, "", MONDAY),
        }
        rule = TABLE["review"].get(state, {}).get(action)
        if (
            rule is not None
            and not {"unassigned", "prepared", "recallable", "unchecked"} & set(rule.needs)
            and action != "end_correction"
        ):
            does[action]()
            return
        before = (world.now.state, world.now.assignee_id, Event.select().count(), Message.select().count())
        with pytest.raises((NotAllowed, corrections.NothingToCorrect)):
            does[action]()
        assert (world.now.state, world.now.assignee_id, Event.select().count(), Message.select().count()) == before

    def test_taking_a_case_names_the_officer(self, world: World) -> None:
        world.take()
        assert (world.now.state, world.now.assignee_id) == ("in_review", world.officer.id)
        assert world.now.accepted_by == world.officer.name

    def test_taking_twice_is_once_and_a_colleague_is_told_who_has_it(self, world: World) -> None:
        world.take()
        world.take()
        assert world.kinds().count("taken") == 1
        with pytest.raises(NotYours) as refusal:
            world.take(world.other)
        assert refusal.value.holder == world.officer.name

    def test_a_case_goes_to_a_colleague_and_back_to_the_list(self, world: World) -> None:
        world.take()
        review.assign(world.officer, world.number, world.other, MONDAY)
        assert world.now.assignee_id == world.other.id
        review.assign(world.head, world.number, None, MONDAY)
        assert world.now.assignee_id is None
        world.take()
        assert world.now.assignee_id == world.officer.id

    def test_v8_4_1_no_case_leaves_its_organisation(self, world: World) -> None:
        with pytest.raises(NotYours):
            review.assign(world.head, world.number, world.stranger, MONDAY)
        with pytest.raises(NotYours):
            review.assign(world.head, world.number, world.manager, MONDAY)
        with pytest.raises(timeline.CaseNotFound):
            world.take(world.stranger)
        with pytest.raises(timeline.CaseNotFound):
            world.prepare(staff=world.stranger)

    def test_a_message_stands_in_the_cabinet_and_an_sms_says_so(self, world: World) -> None:
        review.write_message(world.officer, world.number, " Қорытындыны әкеліңіз. ", MONDAY)
        view = seen_by_citizen(world)
        assert view.events[0].data["text"] == "Қорытындыны әкеліңіз."
        assert world.sms() == ["officer_message"]
        with pytest.raises(TextNeeded):
            review.write_message(world.officer, world.number, "  ", MONDAY)


class TestDecisions:
    def test_a_grant_is_prepared_by_one_and_signed_by_another(self, world: World) -> None:
        world.take()
        decision = world.prepare()
        assert world.now.state == "in_review"
        assert "prepared" not in [event.kind for event in seen_by_citizen(world).events]
        assert world.sign(decision) == MONDAY
        assert (world.now.state, world.now.is_open) == ("granted", False)
        assert world.now.answered_at == MONDAY
        assert world.sms() == ["granted", "rate"]
        assert AuditEntry.select().where(AuditEntry.action == "sign").count() == 1

    def test_v2_3_5_whoever_prepared_does_not_sign_where_the_passport_says_so(self, world: World) -> None:
        world.take(world.head)
        decision = world.prepare(staff=world.head)
        with pytest.raises(SamePerson):
            world.sign(decision, world.head)
        world.sign(decision, world.deputy)
        assert world.now.state == "granted"

    def test_where_it_does_not_a_head_may_do_both(self, world: World) -> None:
        world.take(world.head)
        decision = world.prepare(staff=world.head)
        use_policy("decision_signed_by_another", False)
        review_data.sign(world.head, world.number, decision.id, MONDAY)
        assert world.now.state == "granted"

    @pytest.mark.parametrize(
        ("ground", "explanation"), [("", "Себебі"), ("of-my-own", "Себебі"), ("no-consent", ""), ("no-consent", "  ")]
    )
    def test_a_refusal_needs_a_ground_of_the_passport_and_an_explanation(
        self, world: World, ground: str, explanation: str
    ) -> None:
        world.take()
        with pytest.raises(GroundNeeded):
            world.prepare("refuse", ground=ground, explanation=explanation)
        assert Decision.select().count() == 0

    def test_a_refusal_says_its_ground(self, world: World) -> None:
        world.take()
        world.sign(world.prepare("refuse"))
        assert world.now.state == "refused"
        assert Event.get(Event.kind == "refused").data["ground"] == "requirements-not-met"

    def test_a_grant_gives_an_order_signed_by_the_head(self, world: World) -> None:
        world.take()
        world.sign(world.prepare())
        order = Paper.get(Paper.case == world.now)
        assert (order.kind, order.data["signer_name"]) == ("order", world.head.name)
        assert "Үлгі Бала" in order.data["clauses"][0]

    def test_a_refusal_gives_its_letter_with_the_ground_and_the_way_to_complain(self, world: World) -> None:
        world.take()
        world.sign(world.prepare("refuse"))
        letter = Paper.get(Paper.case == world.now)
        assert letter.kind == "refusal"
        ground = decisions.find_ground(PASSPORT, "requirements-not-met")
        assert letter.data["grounds"][0][0] == ground.text.in_(world.now.language)
        assert len(letter.data["appeal"]) == len(PASSPORT.complaints)

    def test_a_second_decision_is_told_who_was_first(self, world: World) -> None:
        world.take()
        decision = world.prepare()
        with pytest.raises(AlreadyDecided) as refusal:
            world.prepare("refuse")
        assert (refusal.value.by, refusal.value.kind, refusal.value.signed) == (world.officer.name, "grant", False)
        world.sign(decision)
        for again in (lambda: world.sign(decision), world.prepare, world.ask):
            with pytest.raises(AlreadyDecided) as refusal:
                again()
            assert (refusal.value.by, refusal.value.signed) == (world.head.name, True)

    def test_a_dropped_decision_makes_room_for_another_and_is_never_signed(self, world: World) -> None:
        world.take()
        first = world.prepare()
        decisions.drop(world.head, world.number, MONDAY)
        world.prepare("refuse")
        with pytest.raises(NotInThisState):  # the head read the first one
            world.sign(first)
        assert world.now.state == "in_review"

    def test_a_withdrawn_case_is_not_decided(self, world: World) -> None:
        world.take()
        decision = world.prepare()
        withdrawing.withdraw(world.account, world.number, MONDAY)
        with pytest.raises(NotAllowed):
            world.sign(decision)
        assert Decision.get_by_id(decision.id).state == "dropped"

    def test_nothing_is_issued_before_the_case_itself_is_registered(self, world: World) -> None:
        """Sent after hours, registered when the next working day opens: a result of today would be older than it."""
        world.take()
        tomorrow = MONDAY + dt.timedelta(days=1)
        Case.update(registered_at=tomorrow).where(Case.number == world.number).execute()
        assert world.sign(world.prepare(), at=MONDAY + HOUR) == tomorrow
        assert world.now.state == "in_review"
        assert decisions.issue_signed(tomorrow) == 1
        assert world.now.state == "granted"

    def test_what_is_signed_after_working_time_is_issued_when_the_next_day_opens(self, world: World) -> None:
        world.take()
        assert world.sign(world.prepare(), at=LATE) == OPENING
        assert world.now.state == "in_review"
        assert world.sms() == []
        with pytest.raises(AlreadyDecided):
            world.prepare("refuse")
        assert decisions.issue_signed(OPENING - HOUR) == 0
        assert decisions.issue_signed(OPENING) == 1
        assert decisions.issue_signed(OPENING) == 0
        assert (world.now.state, world.now.answered_at) == ("granted", OPENING)
        assert world.sms() == ["granted", "rate"]

    @pytest.mark.parametrize("kind", ["grant", "refuse"])
    def test_what_is_signed_by_night_waits_for_the_morning_and_can_be_recalled(self, world: World, kind: str) -> None:
        night = dt.datetime(2026, 11, 23, 19, 58, tzinfo=dt.UTC)  # Tuesday 00:58
        opening = dt.datetime(2026, 11, 24, 4, 0, tzinfo=dt.UTC)  # the same Tuesday, 9:00
        world.take()
        assert world.sign(world.prepare(kind), at=night) == opening
        assert (world.now.state, world.sms()) == ("in_review", [])
        assert "recall" in review.get_desk(world.head, world.number, night + HOUR).actions
        decisions.recall(world.head, world.number, "Қателік бар.", night + HOUR)
        assert decisions.issue_signed(opening) == 0

    def test_an_sms_that_can_wait_is_not_sent_by_night(self, world: World) -> None:
        night = dt.datetime(2026, 11, 23, 19, 58, tzinfo=dt.UTC)  # Tuesday 00:58
        world.take()
        review.write_message(world.officer, world.number, "Сәлем", night)
        row = Message.get(Message.channel == "sms", Message.key.contains("officer_message"))
        assert row.send_after == dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC), "at 8:00"

    @pytest.mark.parametrize("kind", ["grant", "refuse"])
    def test_what_was_signed_before_it_was_withdrawn_stays_on_record_and_the_officer_is_told(
        self, world: World, kind: str
    ) -> None:
        world.take()
        decision = world.prepare(kind)
        world.sign(decision, at=LATE)
        withdrawing.withdraw(world.account, world.number, LATE + HOUR)
        withdrawing.withdraw(world.account, world.number, LATE + HOUR)
        kept = Decision.get_by_id(decision.id)
        assert (kept.state, kept.signed_by, kept.issued_at) == ("dropped", world.head, None)
        assert decisions.issue_signed(OPENING) == 0
        assert Event.get(Event.kind == "withdrawn").data == {"unissued": kind, "decision": decision.id}
        assert AuditEntry.get(AuditEntry.action == "withdraw").data == {"unissued": kind, "decision": decision.id}
        letters = Message.select().where(Message.channel == "mail", Message.key.contains("withdrawn_unissued"))
        assert [(row.to, world.number in row.text) for row in letters] == [("aigul@example.kz", True)]

    def test_nothing_is_half_done_when_something_breaks(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """V2.3.3: the last write of signing fails."""
        world.take()
        decision = world.prepare()

        def fails(*_: object, **__: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(decisions, "tell", fails)
        with pytest.raises(RuntimeError):
            world.sign(decision)
        assert world.now.state == "in_review"
        assert Decision.get_by_id(decision.id).state == "prepared"


class TestTwoAtOnce:
    @pytest.mark.parametrize("number", [2, 10])
    def test_v2_3_4_of_parallel_decisions_exactly_one_is_prepared(self, world: World, number: int) -> None:
        world.take()
        outcomes = at_once([lambda: world.prepare("grant"), lambda: world.prepare("refuse")] * (number // 2))
        assert sorted(outcomes) == ["AlreadyDecided"] * (number - 1) + ["done"]
        assert Decision.select().where(Decision.state == "prepared").count() == 1

    @pytest.mark.parametrize("number", [2, 10])
    def test_v2_3_4_of_parallel_signatures_exactly_one_counts(self, world: World, number: int) -> None:
        world.take()
        decision = world.prepare()
        heads = [lambda: world.sign(decision, world.head), lambda: world.sign(decision, world.deputy)]
        outcomes = at_once(heads * (number // 2))
        assert sorted(outcomes) == ["AlreadyDecided"] * (number - 1) + ["done"]
        assert world.kinds().count("granted") == 1
        assert world.sms() == ["granted", "rate"]

    def test_v2_3_4_a_case_is_taken_by_one(self, world: World) -> None:
        outcomes = at_once([lambda: world.take(world.officer), lambda: world.take(world.other)])
        assert sorted(outcomes) == ["NotYours", "done"]

    def test_v2_3_4_withdrawn_or_signed_but_not_both(self, world: World) -> None:
        world.take()
        decision = world.prepare()
        outcomes = at_once([
            lambda: world.sign(decision),
            lambda: withdrawing.withdraw(world.account, world.number, MONDAY),
        ])  # fmt: skip
        assert outcomes.count("done") == 1
        assert world.now.state in ("granted", "withdrawn")

    def test_v2_3_4_withdrawn_after_hours_whether_or_not_it_was_signed_before(self, world: World) -> None:
        world.take()
        decision = world.prepare()
        outcomes = at_once([
            lambda: world.sign(decision, at=LATE),
            lambda: withdrawing.withdraw(world.account, world.number, LATE),
        ])  # fmt: skip
        assert sorted(outcomes) in (["done", "done"], ["NotInThisState", "done"])
        assert (world.now.state, Decision.get_by_id(decision.id).state) == ("withdrawn", "dropped")
        said = Event.get(Event.kind == "withdrawn").data
        assert said == ({"unissued": "grant", "decision": decision.id} if outcomes.count("done") == 2 else {})
        assert decisions.issue_signed(OPENING) == 0

    def test_v2_3_4_withdrawn_or_issued_but_not_both(self, world: World) -> None:
        world.take()
        world.sign(world.prepare(), at=LATE)
        issued: list[int] = []
        outcomes = at_once([
            lambda: issued.append(decisions.issue_signed(OPENING)),
            lambda: withdrawing.withdraw(world.account, world.number, OPENING),
        ])  # fmt: skip
        withdrawn = outcomes.count("done") == 2
        assert (issued == [0], world.now.state) == (withdrawn, "withdrawn" if withdrawn else "granted")
        assert Paper.select().where(Paper.kind == "order").count() == (0 if withdrawn else 1)


def at_once(deeds: list[Callable[[], object]]) -> list[str]:
    """Do all of them at the same moment, each in a thread of its own; "done" or the name of the refusal."""
    outcomes: list[str] = []
    barrier = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        database.connect()
        barrier.wait()
        try:
            deed()
            outcomes.append("done")
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            db.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


class TestCorrections:
    def test_the_citizen_mends_what_was_asked_and_nothing_else(self, world: World) -> None:
        world.take()
        world.ask()
        assert world.now.state == "needs_correction"
        assert world.sms() == ["correction_asked"]
        letter = Paper.get(Paper.case == world.now)
        assert (letter.kind, letter.data["term"]) == ("correction_request", "runs_on")
        mended = {"conclusion_number": "ДКК-46/1", "child_name": "Басқа", "state": "granted"}
        review_data.answer_correction(world.account, world.number, mended, MONDAY + HOUR)
        assert world.now.answers["conclusion_number"] == "ДКК-46/1"
        assert world.now.answers["child_name"] == "Үлгі Бала"
        assert (world.now.state, world.now.correction_asked_at) == ("in_review", None)
        assert Event.get(Event.kind == "corrected").data["changed"] == ["conclusion_number"]
        assert Message.get(Message.channel == "mail").to == world.officer.email
        with pytest.raises(corrections.NothingToCorrect):
            review_data.answer_correction(world.account, world.number, mended, MONDAY + HOUR)

    @pytest.mark.parametrize(
        "reasons",
        [{}, {"conclusion_number": "because"}, {"no_such": "unclear"}, {"consent": "unclear"}, {"school": "unclear"}],
    )
    def test_it_names_answers_of_the_citizen_with_reasons_of_the_list(self, world: World, reasons: dict) -> None:
        world.take()
        with pytest.raises(ReasonNeeded):
            corrections.ask_correction(world.officer, world.number, reasons, "", MONDAY)
        assert Correction.select().count() == 0

    def test_what_a_register_said_is_not_the_citizens_to_mend(self, world: World) -> None:
        Case.update(facts={"child_name": "civil_register"}).where(Case.id == world.case.id).execute()
        world.take()
        with pytest.raises(ReasonNeeded):
            corrections.ask_correction(world.officer, world.number, {"child_name": "unclear"}, "", MONDAY)

    def test_an_officer_may_go_on_without_an_answer(self, world: World) -> None:
        world.take()
        world.ask()
        with pytest.raises(NotInThisState):
            world.prepare("refuse")
        corrections.end_correction(world.officer, world.number, MONDAY)
        world.sign(world.prepare("refuse"))
        assert world.now.state == "refused"

    @pytest.mark.parametrize(
        ("policy", "due"),
        [("runs_on", dt.date(2026, 11, 25)), ("pauses", dt.date(2026, 11, 27)), ("restarts", dt.date(2026, 11, 27))],
    )
    def test_the_deadline_runs_on_unless_the_passport_says_otherwise(
        self, world: World, policy: str, due: dt.date
    ) -> None:
        use_policy("correction_deadline", policy)
        world.take()
        world.ask()
        wednesday = MONDAY + dt.timedelta(days=2)
        review_data.answer_correction(world.account, world.number, {"conclusion_number": "1"}, wednesday)
        assert world.now.due_at.astimezone(dt.timezone(dt.timedelta(hours=5))).date() == due


class TestDeadlines:
    """Friday 20 March and the like are tests of working_time; here: who is told, and once."""

    def mails(self) -> list[str]:
        return [row.to for row in Message.select().where(Message.channel == "mail").order_by(Message.id)]

    def test_the_officer_is_warned_a_working_day_before_once(self, world: World) -> None:
        world.take()
        assert watch.warn_officers(MONDAY) == 0  # due on Wednesday
        tuesday = MONDAY + dt.timedelta(days=1)
        assert watch.warn_officers(tuesday) == 1
        assert watch.warn_officers(tuesday + HOUR) == 0
        assert self.mails() == [world.officer.email]
        assert "due_soon" not in [event.kind for event in seen_by_citizen(world).events]

    def test_what_is_overdue_is_told_to_officer_managers_and_citizen_once(self, world: World) -> None:
        thursday = MONDAY + dt.timedelta(days=3)
        assert watch.mark_overdue(MONDAY) == 0
        assert watch.mark_overdue(thursday) == 1
        assert watch.mark_overdue(thursday + HOUR) == 0
        managers = {world.manager.email, world.head.email, world.deputy.email}
        assert set(self.mails()) == {world.school.email} | managers
        assert world.sms() == ["overdue"]
        assert seen_by_citizen(world).events[0].kind == "overdue"

    def test_what_was_decided_in_time_is_left_alone(self, world: World) -> None:
        world.take()
        world.sign(world.prepare())
        assert watch.mark_overdue(MONDAY + dt.timedelta(days=9)) == 0

    def test_a_deadline_that_waits_for_the_citizen_is_not_overdue(self, world: World) -> None:
        use_policy("correction_deadline", "pauses")
        world.take()
        world.ask()
        assert watch.mark_overdue(MONDAY + dt.timedelta(days=9)) == 0
        use_policy("correction_deadline", "runs_on")
        assert watch.mark_overdue(MONDAY + dt.timedelta(days=9)) == 1


class TestChecks:
    """A kindergarten case that no register confirmed."""

    def test_an_officer_who_has_seen_the_papers_lets_it_into_the_queue(self, world: World) -> None:
        town = make_places(places=0)
        officer = make_staff(town.body, "checker")
        case = make_unchecked(
            town.body, make_account(2),
            answers={"kindergartens": ["kk-1"], "child_birth_date": "2023-05-01", "priority": "none"},
        )  # fmt: skip
        Task.create(case=case, body=town.body, kind="check", created_at=MONDAY)
        with pytest.raises(NotYours):
            seen_papers.confirm_check(officer, case.number, "child", PAPER, MONDAY)
        review.take(officer, case.number, MONDAY)
        assert Case.get_by_id(case.id).state == "submitted"
        review.keep_waiting(officer, case.number, "Құжатты күтеміз.", MONDAY)
        seen_papers.confirm_check(officer, case.number, "child", PAPER, MONDAY)
        after = Case.get_by_id(case.id)
        assert (after.state, after.unchecked, after.is_open) == ("accepted", False, False)
        assert Task.select().where(Task.done_at.is_null()).count() == 0
        with pytest.raises(NotInThisState):
            seen_papers.confirm_check(officer, case.number, "child", PAPER, MONDAY)

    def test_it_cannot_be_refused(self, world: World) -> None:
        case = make_unchecked(world.school, make_account(3), holder=world.officer, state="in_review")
        with pytest.raises(NotInThisState):
            decisions.prepare(world.officer, case.number, "refuse", MONDAY, ground="no-consent", explanation="Жоқ")
