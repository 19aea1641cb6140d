import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal import db as database
from portal.models import AuditEntry, RateCount
from portal.services.identity import limits

NOW = dt.datetime(2026, 11, 23, 5, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def three_an_hour(app, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "knocks", ((3600, 3), (86400, 5)))
    database.connect()


def knock(times, now=NOW, subject="900101300017"):
    for _ in range(times):
        limits.hit("knocks", subject, now)


def test_one_too_many_is_refused_and_told_when_it_is_possible_again():
    knock(3)
    with pytest.raises(limits.LimitReached) as refusal:
        knock(1)
    assert refusal.value.retry_after == 50 * 60


def test_a_new_window_begins_anew_until_the_longer_one_is_full():
    knock(3)
    knock(2, NOW + dt.timedelta(hours=1))
    with pytest.raises(limits.LimitReached) as refusal:
        knock(1, NOW + dt.timedelta(hours=1))
    assert refusal.value.retry_after == (17 * 60 + 50) * 60
    knock(3, NOW + dt.timedelta(days=1))


def test_what_is_refused_by_the_short_window_does_not_use_up_the_long_one():
    knock(3)
    for _ in range(10):
        with pytest.raises(limits.LimitReached):
            knock(1)
    knock(2, NOW + dt.timedelta(hours=1))


def test_subjects_are_counted_apart_and_stand_in_the_table_only_as_keyed_hashes():
    knock(3)
    knock(3, subject="another")
    assert all("900101300017" not in row.key for row in RateCount.select())


def test_one_who_is_counted_first_and_refused_costs_the_next_nothing(monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "doors", ((3600, 1),))
    limits.hit("doors", "a", NOW)
    for _ in range(5):
        with pytest.raises(limits.LimitReached):
            limits.hit_all([("doors", "a"), ("knocks", "victim")], NOW)
    knock(3, subject="victim")


def test_check_counts_nothing():
    knock(2)
    limits.check("knocks", "900101300017", NOW)
    knock(1)
    with pytest.raises(limits.LimitReached):
        limits.check("knocks", "900101300017", NOW)


def test_v2_4_1_the_count_is_exact_when_many_knock_at_once(app):
    def one(_):
        database.connect()
        try:
            return limits.allows("knocks", "everybody", NOW)
        finally:
            database.db.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(40))) == 3


def test_v16_3_3_a_limit_reached_leaves_one_audit_line_however_long_the_storm():
    knock(3)
    for _ in range(5):
        with pytest.raises(limits.LimitReached):
            knock(1)
    assert [row.action for row in AuditEntry.select()] == ["limit_reached"]


def test_windows_that_are_over_are_forgotten():
    knock(1)
    assert limits.forget_expired(NOW + dt.timedelta(hours=1)) == 1
    assert limits.forget_expired(NOW + dt.timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("address", "counted"),
    [("10.1.2.3", "10.1.2.3"), ("2001:db8:1:2:a:b:c:d", "2001:db8:1:2::/64"), ("", ""), ("unknown", "unknown")],
)
def test_an_ipv6_subscriber_is_one_whatever_address_of_theirs_they_use(address, counted):
    assert limits.network(address) == counted
