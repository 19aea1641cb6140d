"""A clock that runs ahead by four years and is put right: nothing noted meanwhile holds anything up or is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from portal import db, worker
from portal.models import Message, RateCount, Session, StaffMember
from portal.services.demo.staff import demo_secret
from portal.services.identity import codes, limits, sessions, slowing
from portal.services.jobs import clock_watch, leases
from portal.services.messages.outbox import LEASE, send_due, write_sms
from portal.services.staff import second_factor
from tests.services.identity.test_accounts import HERE, Registers
from tests.signing_in import MOTHER, last_code

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
AHEAD = NOW + dt.timedelta(days=4 * 365)


@pytest.fixture(autouse=True)
def tables(app: Any) -> None:
    db.connect()


def test_v7_3_1_a_session_of_the_future_is_over(app: Any):
    key = sessions.new_key()
    sessions.store(key, None, {}, AHEAD)
    session = sessions.find_session(key)
    assert session is not None
    assert not sessions.is_live(session, NOW)
    sessions.move(key, sessions.new_key(), None, {}, AHEAD, NOW)
    assert [sessions.is_live(row, NOW) for row in Session.select()] == [False, False]
    assert not sessions.has_moved(Session.get(Session.key_hash == sessions.hash_key(key)), NOW)
    assert sessions.forget_expired(NOW) == 2


def test_v7_3_1_clocks_of_several_machines_may_differ_by_minutes(app: Any):
    key = sessions.new_key()
    sessions.store(key, None, {}, NOW + dt.timedelta(minutes=4))
    assert sessions.is_live(Session.get(), NOW)


def test_v6_5_5_a_code_of_the_future_opens_nothing(app: Any):
    handle = codes.request_code("sign_in", MOTHER, Registers(), AHEAD, "10.0.0.1", HERE)
    code = last_code()
    with pytest.raises(codes.CodeExpired):
        codes.prove_code(handle, code, "sign_in", NOW, HERE)


@pytest.mark.usefixtures("demo_data")
def test_v6_5_1_a_member_who_signed_in_by_a_wrong_clock_is_not_locked_out_and_no_code_opens_twice(app: Any):
    db.connect()
    member, secret = StaffMember.get(StaffMember.login == "oral.officer"), demo_secret("oral.officer")
    second_factor.prove(member, second_factor.code_at(secret, AHEAD), AHEAD)
    second_factor.prove(member, second_factor.code_at(secret, NOW), NOW)
    with pytest.raises(second_factor.FactorSpent):
        second_factor.prove(member, second_factor.code_at(secret, NOW), NOW)


def test_a_pause_noted_in_the_future_is_none(app: Any):
    for _ in range(8):
        slowing.take_try("factor", "x", AHEAD, (0,) * 8 + (900,))
    slowing.take_try("factor", "x", NOW, (0,) * 8 + (900,))
    assert RateCount.get().hits == 1


def test_limits_of_the_future_count_nothing_now(app: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(limits.LIMITS, "knocks", ((3600, 1),))
    limits.hit("knocks", "x", AHEAD)
    limits.hit("knocks", "x", NOW)


class Phone:
    def __init__(self) -> None:
        self.got: list[str] = []
        self.sms = self.mail = self

    def send(self, message: Message) -> None:
        self.got.append(message.text)


def test_what_was_written_or_leased_in_the_future_is_sent_now(app: Any):
    write_sms("a", "+77000000001", "written ahead", AHEAD)
    write_sms("b", "+77000000001", "leased ahead", NOW)
    write_sms("c", "+77000000001", "for tonight", NOW, send_after=NOW + dt.timedelta(hours=9))
    Message.update(leased_until=AHEAD + LEASE).where(Message.key == "b").execute()
    phone = Phone()
    assert send_due(phone, NOW) == 2
    assert sorted(phone.got) == ["leased ahead", "written ahead"]


class Steady:
    """Seconds that pass whatever the clock says."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_nothing_is_deleted_by_a_clock_that_has_jumped_until_it_has_held_for_an_hour(app: Any):
    steady = Steady()
    watch = clock_watch.ClockWatch(steady=steady)
    assert watch.trusts(NOW)
    assert watch.trusts(NOW + dt.timedelta(hours=47))  # workers stood still over a weekend
    doubted = AHEAD
    for minute in range(60):
        steady.seconds = 60.0 * minute
        assert not watch.trusts(doubted + dt.timedelta(minutes=minute))
    steady.seconds = 3600.0
    assert watch.trusts(doubted + dt.timedelta(hours=1))


def test_a_clock_that_jumps_and_jumps_back_is_believed_again_at_once(app: Any):
    steady = Steady()
    watch = clock_watch.ClockWatch(steady=steady)
    assert watch.trusts(NOW)
    steady.seconds = 60.0
    assert not watch.trusts(AHEAD)
    steady.seconds = 120.0
    assert watch.trusts(NOW + dt.timedelta(seconds=120))


def test_another_worker_started_meanwhile_does_not_believe_it_either(app: Any):
    assert clock_watch.ClockWatch(steady=Steady()).trusts(NOW)
    assert not clock_watch.ClockWatch(steady=Steady()).trusts(AHEAD)


def test_v14_1_1_by_a_clock_that_has_jumped_only_what_can_be_undone_is_done():
    watch = clock_watch.ClockWatch(steady=Steady())
    assert {job.name for job in worker.due_jobs(0, watch, NOW)} == {job.name for job in worker.JOBS}
    after = {job.name for job in worker.due_jobs(0, watch, AHEAD)}
    assert after == {job.name for job in worker.JOBS if job.every == 1}
    assert "purge" not in after


def test_a_job_leased_in_the_future_is_taken_now():
    assert leases.take_job("seal_papers", AHEAD, AHEAD)
    assert leases.take_job("seal_papers", NOW + dt.timedelta(minutes=10), NOW)
    assert not leases.take_job("seal_papers", NOW + dt.timedelta(minutes=10), NOW)
