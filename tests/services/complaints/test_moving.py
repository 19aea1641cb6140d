"""Small bodies: a complaint that nobody may look into goes to the body above at once, and is never without anybody."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import pytest
from flask import Flask

from portal import db as database
from portal.db import db
from portal.models import Case, Decision, Message, Organisation, Paper, StaffMember, Task
from portal.services.complaints import moving
from portal.services.complaints import work as complaint_work
from portal.services.local_time import local
from portal.services.procedures.rules import NotAllowed, NotImpartial, UnderNamedHead
from portal.services.review import desk as review
from portal.worker import JOBS
from tests.complaint_data import Followed, make_body, make_complaint, rename
from tests.review_data import MONDAY, make_account, make_case, make_school, make_staff

HANDS = ("free", "held", "prepared", "signed", "named", "disabled")
ABOVE = (("free",), ("named",), ("disabled",), (), ("free", "signed"))
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def connection(app: Flask) -> Iterator[None]:
    with app.app_context():
        database.connect()
        yield


NAMES = (  # none like another: a likeness is a matter of its own
    "Айдарова Сәуле", "Бекетов Нұрлан", "Жұмағали Роза", "Дәуренқызы Жанар", "Ермекова Шолпан", "Ғабитов Қанат",
    "Иманбаева Лаура", "Кенжебек Олжас", "Мұқанова Дина", "Нұрпейіс Тимур", "Оспанова Меруерт", "Пернебаев Самат",
    "Рахымжан Зере", "Сейтқали Болат",
)  # fmt: skip


class Small(Followed):
    """A school whose members have these hands in a case, and a complaint about it."""

    def __init__(self, hands: tuple[str, ...], above: tuple[str, ...] = ("free",), heads: int = 1) -> None:
        """`heads`: those of the members whose number is odd (1) or even (0) are heads."""
        self.heads = heads
        self.school, self.quality = make_school(), make_body("quality", "authorised_body")
        self.application = make_case(self.school, make_account(), "refused")
        self.members = [self._member(self.school, n, hand) for n, hand in enumerate(hands)]
        self.above = [self._member(self.quality, 10 + n, hand) for n, hand in enumerate(above)]
        everybody = zip(self.members + self.above, hands + above, strict=True)
        named = ", ".join(member.name for member, hand in everybody if hand == "named")
        self.case = make_complaint(self.school, self.application.account, about=self.application, official=named)

    def _member(self, body: Organisation, n: int, hand: str) -> StaffMember:
        member = rename(make_staff(body, f"member{n}", "head" if n % 2 == self.heads else "officer"), NAMES[n])
        if hand == "held":
            Case.update(assignee=member).where(Case.id == self.application.id).execute()
        if hand in ("prepared", "signed"):
            by = {"prepared_by": member, "signed_by": member if hand == "signed" else None}
            Decision.create(case=self.application, kind="refuse", prepared_at=MONDAY, state="signed", **by)
        if hand == "disabled":
            disable(member)
        return member

    def who_may_act(self) -> list[StaffMember]:
        """By asking each member's own desk, not the rule under test."""
        active = StaffMember.select().where(StaffMember.is_active, StaffMember.organisation == self.now.body_id)
        actions = {member: review.get_desk(member, self.case.number, MONDAY).actions for member in active}
        return [member for member, open_now in actions.items() if {"take", "assign"} & set(open_now)]


def disable(member: StaffMember) -> None:
    member.is_active = False
    member.save()


def letters(kind: str) -> set[str]:
    return {row.to for row in Message.select().where(Message.channel == "mail", Message.key.contains(f":{kind}:"))}


def work(now: dt.datetime = MONDAY) -> int:
    return moving.pass_up_stuck(now)


def looks_into(hands: tuple[str, ...], heads: int, first: int = 0) -> bool:
    """Whether somebody is free, and a head where it is about a head of theirs: the law, written once more."""
    at = [(hand, (first + n) % 2 == heads) for n, hand in enumerate(hands)]
    return ("free", True) in at or (("free", False) in at and ("named", True) not in at)


@pytest.mark.parametrize("heads", [0, 1])
@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_no_complaint_of_a_small_body_is_left_without_who_may_act_or_a_body_above(size: int, heads: int) -> None:
    for hands in itertools.combinations_with_replacement(HANDS, size):
        if hands.count("held") > 1:
            continue  # a case has one holder
        for above in ABOVE if size < 3 else ABOVE[:1]:
            with db.atomic() as world_of_its_own:
                world = Small(hands, above, heads)
                able = bool(world.who_may_act())
                assert able == looks_into(hands, heads), hands
                assert work() == (0 if able else 1), (hands, above)
                assert work(MONDAY + MINUTE) == 0, "once is enough"
                assert world.now.body_id == (world.school.id if able else world.quality.id)
                assert bool(world.who_may_act()) == (able or looks_into(above, heads, 10)), (hands, above)
                assert ("nobody_impartial" in world.kinds()) == (not world.who_may_act())
                world_of_its_own.rollback()


def test_who_works_under_the_head_it_is_about_neither_takes_answers_nor_passes_on_the_complaint() -> None:
    world = Small(("free", "named", "free", "free"))
    officer, _, colleague, other_head = world.members
    desk = review.get_desk(officer, world.case.number, MONDAY)
    assert desk.actions == ()
    with pytest.raises(UnderNamedHead):
        review.take(officer, world.case.number, MONDAY)
    assert work() == 0
    assert world.who_may_act() == [other_head]
    with pytest.raises(NotImpartial):
        review.assign(other_head, world.case.number, colleague, MONDAY)
    review.take(other_head, world.case.number, MONDAY)
    Case.update(assignee=officer).where(Case.id == world.case.id).execute()  # given before the head became one
    with pytest.raises(UnderNamedHead):
        complaint_work.answer(officer, world.case.number, "refused", "Негізсіз.", MONDAY)


def test_a_complaint_about_the_only_head_goes_up_however_many_officers_are_free() -> None:
    world = Small(("free", "named"))
    for n in range(2 * moving.NAMED_AT_MOST):
        make_staff(world.school, f"other{n}")
    assert work() == 1
    assert world.now.body_id == world.quality.id


def test_it_goes_up_at_once_with_a_new_number_term_confirmation_and_word_to_all() -> None:
    world = Small(("prepared", "signed"))
    manager = make_staff(world.school, "manager", "manager")
    assert work() == 1
    case = world.now
    assert (case.body_id, case.state, case.is_open, world.details.to) == (
        world.quality.id, "submitted", True, "authorised_body",
    )  # fmt: skip
    assert local(case.due_at).date() == dt.date(2026, 12, 14)  # fifteen working days, from Monday 23 November
    assert world.kinds()[-1] == "passed_up"
    receipts = Paper.select().where(Paper.case == case, Paper.kind == "complaint_receipt").order_by(Paper.id)
    assert [paper.data["body"] for paper in receipts] == [world.school.name_kk, world.quality.name_kk]
    sent = [row.key.split(":")[1] for row in Message.select().where(Message.channel == "sms")]
    assert sent == ["complaint_forwarded"]
    assert letters("complaint_passed_up") == {manager.email, world.members[1].email}
    assert letters("complaint_forwarded") == {world.quality.email}
    review.take(world.above[0], case.number, MONDAY)
    with pytest.raises(NotAllowed):  # it does not go round in circles
        complaint_work.forward(world.above[0], case.number, world.school.code, "Қайтарамын.", MONDAY)


def test_at_the_top_managers_and_administrators_are_told_once_and_again_when_it_happens_again() -> None:
    world = Small(("signed",), ("named",))
    admin, manager = make_staff(world.quality, "admin", "admin"), make_staff(world.quality, "manager", "manager")
    assert work() == 1
    assert letters("nobody_impartial") == {admin.email, manager.email}
    assert world.kinds()[-2:] == ["passed_up", "nobody_impartial"]
    assert work(MONDAY + MINUTE) == 0
    helper = make_staff(world.quality, "helper")
    assert work(MONDAY + 2 * MINUTE) == 0
    assert world.who_may_act() == [helper]
    disable(helper)
    assert work(MONDAY + 3 * MINUTE) == 1
    assert world.kinds().count("nobody_impartial") == 2


def test_when_the_last_impartial_member_leaves_it_goes_up_with_the_worker_s_next_minute() -> None:
    world = Small(("signed", "free"))
    job = next(job.do for job in JOBS if job.name == "pass_up_stuck")
    review.take(world.members[1], world.case.number, MONDAY)
    assert job(None, MONDAY) == 0
    disable(world.members[1])
    assert job(None, MONDAY + MINUTE) == 1
    assert (world.now.body_id, world.now.assignee_id) == (world.quality.id, None)


def test_what_was_answered_or_withdrawn_does_not_go_up() -> None:
    world = Small(("signed", "free"))
    review.take(world.members[1], world.case.number, MONDAY)
    complaint_work.answer(world.members[1], world.case.number, "refused", "Негізсіз.", MONDAY)
    disable(world.members[1])
    assert work() == 0


def test_whoever_has_gone_on_themselves_has_no_second_complaint_above() -> None:
    world = Small(("signed",))
    make_complaint(
        world.quality, world.application.account, "authorised_body", about=world.application, previous=world.case
    )
    assert work() == 1
    assert world.now.body_id == world.school.id
    assert world.kinds()[-1] == "nobody_impartial"


def test_an_overdue_one_gets_a_term_above_and_rises_there_again() -> None:
    world = Small(("signed",))
    late = world.case.due_at + MINUTE
    assert complaint_work.raise_silent(late) == 1
    assert work(late) == 1
    assert world.now.due_at > late
    assert world.details.escalated_at is None
    assert not Task.select().where(Task.case == world.case, Task.kind == "overdue").exists()
    assert complaint_work.raise_silent(world.now.due_at + MINUTE) == 1
