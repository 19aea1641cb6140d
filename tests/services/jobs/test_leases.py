"""One worker a row, one worker a job, a growing pause after a failure."""

import datetime as dt

import pytest

from portal import db as database
from portal.models import Message
from portal.services.jobs import leases

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def tables(database_url):
    database.db.initialize(database.make_database(database_url))
    database.connect()
    yield
    database.db.close()


@pytest.mark.parametrize(("tries", "minutes"), [(0, 1), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (5000, 60)])
def test_the_pause_doubles_with_each_try_up_to_the_longest(tries, minutes):
    assert leases.pause(tries, MINUTE, 60 * MINUTE) == minutes * MINUTE


def test_of_two_who_read_the_same_row_one_takes_it():
    Message.create(key="a", channel="sms", to="+77010000001", text="x", created_at=NOW, send_after=NOW)
    mine, theirs = Message.get(), Message.get()
    assert leases.take(mine, leased_until=NOW + MINUTE, tries=1)
    assert not leases.take(theirs, leased_until=NOW + MINUTE, tries=1)
    assert Message.get().tries == 1


def test_a_job_is_done_by_one_worker_at_a_time():
    until = NOW + 10 * MINUTE
    assert leases.take_job("purge", until, NOW)
    assert not leases.take_job("purge", until + MINUTE, NOW + MINUTE)
    assert leases.take_job("other", until, NOW)
    leases.give_back("purge", until, NOW + MINUTE)
    assert leases.take_job("purge", until + MINUTE, NOW + MINUTE)


def test_a_job_whose_worker_was_killed_is_taken_when_its_lease_is_over():
    until = NOW + 10 * MINUTE
    assert leases.take_job("purge", until, NOW)
    assert leases.take_job("purge", until + 10 * MINUTE, until)


def test_who_comes_back_late_does_not_end_the_lease_of_the_next():
    until = NOW + 10 * MINUTE
    leases.take_job("purge", until, NOW)
    leases.take_job("purge", until + 10 * MINUTE, until)
    leases.give_back("purge", until, until + MINUTE)
    assert not leases.take_job("purge", until + 30 * MINUTE, until + MINUTE)
