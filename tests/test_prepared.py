"""A prepared query finds what the same query finds when it is written anew, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from peewee import JOIN

from portal import db
from portal.models import Account, Session
from portal.prepared import Prepared, PreparedChange

NOW = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)


@pytest.fixture
def session(database_url):
    db.db.initialize(db.make_database(database_url))
    db.connect()
    account = Account.create(iin="900101400013", name="Үміткүл", created_at=NOW)
    Session.create(key_hash="nobody", data={"a": [1]}, created_at=NOW, seen_at=NOW)
    yield Session.create(key_hash="somebody", account=account, created_at=NOW, seen_at=NOW)
    db.db.close()


def test_it_finds_the_row_and_what_is_joined_to_it_each_time_with_other_values(session):
    find = Prepared(
        lambda key: Session.select(Session, Account).join(Account, JOIN.LEFT_OUTER).where(Session.key_hash == key)
    )
    assert find.first("somebody").account.name == "Үміткүл"
    nobody = find.first("nobody")
    assert (nobody.account, nobody.data, nobody.created_at) == (None, {"a": [1]}, NOW)
    assert find.first("' OR 1=1 --") is None
    assert find.first("somebody") == session


def test_fixed_values_and_the_order_of_parameters_are_kept(session):
    find = Prepared(
        lambda account, key: Session.select().where(
            Session.seen_at == NOW, Session.key_hash == key, Session.account == account
        )
    )
    assert find.first(session.account_id, "somebody") == session
    assert find.first(session.account_id, "nobody") is None


def test_a_change_writes_converted_values_and_says_how_many_rows_it_met(session):
    change = PreparedChange(
        lambda data, seen_at, key: Session.update(data=data, seen_at=seen_at).where(Session.key_hash == key)
    )
    later = NOW + dt.timedelta(minutes=3)

    def run(key):
        return change.run(Session.data.db_value({"ә": [1]}), Session.seen_at.db_value(later), key)

    assert run("somebody") == 1
    assert run("' OR 1=1 --") == 0
    somebody, nobody = (Session.get(Session.key_hash == key) for key in ("somebody", "nobody"))
    assert (somebody.data, somebody.seen_at) == ({"ә": [1]}, later)
    assert (nobody.data, nobody.seen_at) == ({"a": [1]}, NOW)
