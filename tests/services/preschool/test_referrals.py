"""A referral that is used, one that is not, and the way back; ages, the ratio and the notice on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask

from portal import db as database
from portal.models import Case, Paper, QueueEntry, Referral
from portal.services.cabinet import case_view, offers, withdrawing
from portal.services.papers import issuing
from portal.services.passports.catalogue import Catalogue, use_catalogue
from portal.services.preschool import ages, placement, queue, referrals
from portal.services.procedures.rules import NotInThisState
from portal.services.review import desk
from tests.queue_data import NOW, PASSPORT, Registers, answers_for, make_iin, make_parent, make_places
from tests.review_data import make_staff
from tests.services.applications.test_submitting import kinds, state_of, submit
from tests.services.preschool.test_claims import case_body, entry_of, open_places, sms

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
LAST = NOW + dt.timedelta(days=7)  # Monday + 5 working days = the next Monday
LAPSED = LAST + DAY


@pytest.fixture(autouse=True)
def connection(app: Flask) -> Iterator[None]:
    with app.app_context():
        database.connect()
        yield


@pytest.fixture
def two() -> tuple[Case, Case]:
    """One has the only place, one waits for it."""
    make_places(places=1)
    holder, waiting = (submit(make_parent(n), answers_for(n), now=NOW + n * MINUTE) for n in (1, 2))
    return holder, waiting


def paper(case: Case) -> Paper:
    return Paper.select().where(Paper.case == case, Paper.kind == "referral").order_by(Paper.id.desc()).get()


def lapse(now: dt.datetime = LAPSED) -> int:
    return referrals.end_unused(now)


class TestItsLastDay:
    def test_the_place_goes_on_within_the_round(self, two: tuple[Case, Case]) -> None:
        holder, waiting = two
        assert (lapse(LAST), placement.give_free_places(LAST)) == (0, 0)
        assert (lapse(), placement.give_free_places(LAPSED)) == (1, 1)
        assert (state_of(holder), state_of(waiting)) == ("accepted", "granted")
        assert lapse() == 0

    def test_the_paper_says_until_when_and_is_no_longer_in_force_after(self, two: tuple[Case, Case]) -> None:
        holder = two[0]
        assert paper(holder).data["valid_until"] == "2026-11-30"
        standing = issuing.check_paper(paper(holder).code)
        days = (LAST.date(), LAPSED.date())
        assert [standing.state_on(day) for day in days] == ["in_force", "ended"], "also before the worker comes"
        lapse()
        assert issuing.check_paper(paper(holder).code).state_on(LAPSED.date()) == "ended"

    def test_a_referral_given_up_before_its_day_stays_withdrawn(self, two: tuple[Case, Case]) -> None:
        holder = two[0]
        withdrawing.withdraw(holder.account, holder.number, NOW + DAY)
        assert issuing.check_paper(paper(holder).code).state_on(LAPSED.date()) == "withdrawn"

    def test_the_family_is_told_the_working_day_before_and_after(self, two: tuple[Case, Case]) -> None:
        holder = two[0]
        assert referrals.warn(NOW + DAY) == 0
        friday = NOW + 4 * DAY
        assert [referrals.warn(friday), referrals.warn(friday)] == [1, 0]
        lapse()
        assert [kind for kind in kinds(holder) if kind.startswith("referral_")] == ["referral_ends", "referral_lapsed"]
        assert [kind for kind in sms(holder) if kind.startswith("referral_")] == [
            "referral_given", "referral_ends", "referral_lapsed",
        ]  # fmt: skip

    def test_a_child_marked_as_enrolled_keeps_the_place(self, two: tuple[Case, Case]) -> None:
        holder = two[0]
        officer = make_staff(case_body(), "aigul")
        desk.act(officer, holder.number, "mark_enrolled", "", NOW)
        assert lapse() == 0
        assert Referral.select().where(Referral.seat.is_null(False)).count() == 1
        with pytest.raises(NotInThisState):
            desk.act(officer, holder.number, "mark_enrolled", "", NOW)

    def test_the_page_says_where_and_until_when(self, two: tuple[Case, Case]) -> None:
        holder = two[0]
        lines = case_view.view_case(holder.account, holder.number, NOW).shown.lines
        assert [(line.id, line.value.en) for line in lines] == [
            ("kindergarten", "Garden kk-1"), ("use-until", "30 November 2026"),
        ]  # fmt: skip


class TestTheWayBack:
    def test_within_the_policys_days_once_with_the_moment_of_application(self, two: tuple[Case, Case]) -> None:
        holder, waiting = two
        third = submit(make_parent(3), answers_for(3), now=NOW + 3 * MINUTE)
        lapse()
        placement.give_free_places(LAPSED)
        assert case_view.view_case(holder.account, holder.number, LAPSED).shown.offers == ("come_back",)
        offers.take_up(holder.account, holder.number, "come_back", LAPSED)
        assert queue.position(queue.find_entry(holder), LAPSED).number == 1
        assert queue.position(queue.find_entry(third), LAPSED).number == 2
        with pytest.raises(offers.NotOffered):
            offers.take_up(holder.account, holder.number, "come_back", LAPSED)
        withdrawing.withdraw(waiting.account, waiting.number, LAPSED)
        assert placement.give_free_places(LAPSED) == 1
        assert state_of(holder) == "granted"
        assert referrals.end_unused(LAPSED + 20 * DAY) == 1
        assert (state_of(holder), entry_of(holder).state) == ("closed", "left"), "once"

    def test_after_these_days_the_application_is_closed_and_the_child_may_be_entered_anew(
        self, two: tuple[Case, Case]
    ) -> None:
        holder = two[0]
        lapse()
        until = LAPSED + 28 * DAY
        assert referrals.close_inactive(until) == 0
        assert referrals.can_come_back(entry_of(holder), until)
        assert not referrals.can_come_back(entry_of(holder), until + DAY)
        assert referrals.close_inactive(until + DAY) == 1
        assert (state_of(holder), sms(holder)[-1]) == ("closed", "closed")
        assert state_of(submit(holder.account, answers_for(1, wanted_from="2027-03-01"), now=until + DAY)) == "accepted"

    def test_where_the_policy_gives_no_days_the_child_waits_on_at_once(self, two: tuple[Case, Case]) -> None:
        rest = {name: values for name, values in PASSPORT.policy.items() if name != "restore_within_days"}
        use_catalogue(Catalogue([PASSPORT.model_copy(update={"policy": rest})], []))
        lapse()
        assert entry_of(two[0]).state == "waiting"


def test_a_child_past_the_age_gets_no_place() -> None:
    make_places(places=0)
    born = {"child_birth_date": "2019-12-01", "child_iin": make_iin("1912016"), "wanted_from": "2026-11-24"}
    case = submit(make_parent(1), answers_for(1, **born))
    QueueEntry.update(birth_year=2023).where(QueueEntry.case == case).execute()  # a group of older children is there
    younger = submit(make_parent(2), answers_for(2), now=NOW + MINUTE)
    open_places(1)
    assert ages.close_too_old(dt.datetime(2026, 11, 30, 5, tzinfo=dt.UTC)) == 0
    in_may = dt.datetime(2027, 5, 1, 5, tzinfo=dt.UTC)
    assert placement.give_free_places(in_may) == 1
    assert (state_of(case), state_of(younger)) == ("accepted", "granted")


def test_a_child_past_the_age_is_taken_off_the_queue_and_the_family_is_told() -> None:
    make_places(places=0)
    born = {"child_birth_date": "2019-12-01", "child_iin": make_iin("1912016"), "wanted_from": "2026-11-24"}
    case, younger = submit(make_parent(1), answers_for(1, **born)), submit(make_parent(2), answers_for(2))
    day_before = dt.datetime(2026, 11, 30, 5, tzinfo=dt.UTC)
    assert [ages.close_too_old(day_before + n * DAY) for n in (0, 1, 2)] == [0, 1, 0]
    assert (state_of(case), entry_of(case).state, state_of(younger)) == ("closed", "left", "accepted")
    assert (kinds(case)[-1], sms(case)[-1]) == ("too_old", "closed")


def test_three_first_priority_and_six_general_children_are_given_places_by_the_ratio() -> None:
    make_places(places=0)
    cases = {}
    for n in range(1, 7):
        cases[submit(make_parent(n), answers_for(n), now=NOW + n * MINUTE).id] = "g"
    for n in range(7, 10):
        large = answers_for(n, priority="large_family")
        registers = Registers(privileges=("large_family",))
        cases[submit(make_parent(n), large, registers, NOW + n * MINUTE).id] = "F"
    given = ""
    for places in range(1, 10):
        open_places(places)
        assert placement.give_free_places(NOW + DAY) == 1
        newest = Referral.select().order_by(Referral.id.desc()).get()
        given += cases[newest.entry.case_id]
    assert given == "FgggFgggF"


def test_the_notice_counts_everybody_ahead_by_class() -> None:
    make_places(places=0)
    for n, privilege in ((1, "serviceman"), (2, "large_family"), (3, "orphan")):
        claimed = answers_for(n, priority=privilege)
        submit(make_parent(n), claimed, Registers(privileges=(privilege,)), NOW + n * MINUTE)
    last = submit(make_parent(4), answers_for(4, priority="orphan"), Registers(privileges=("orphan",)), NOW + DAY)
    notice = Paper.get(Paper.case == last, Paper.kind == "queue_notice")
    assert (
        "Алдыңызда тұрған балалар: 3 (кезектен тыс: 1, бірінші кезекте: 2, жалпы кезекте: 0)"
        in (notice.data["explanation"])
    )


def test_number_one_for_a_distant_day_is_not_promised_the_next_place() -> None:
    make_places(places=0)
    case = submit(make_parent(), answers_for(wanted_from="2028-09-01"))
    note = case_view.view_case(case.account, case.number, NOW).shown.note
    assert note is not None
    assert "next" not in note.en
    assert "from 1 September 2028" in note.en
