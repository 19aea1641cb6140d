"""The audit log shows every later edit and deletion, and its log lines cannot be forged."""

import datetime as dt
import hashlib
import json
import logging
import threading

import pytest

from portal import db as database
from portal.models import AuditEntry
from portal.services.records.audit import GENESIS, record, verify

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def tables(database_url):
    database.db.initialize(database.make_database(database_url))
    database.connect()
    yield
    database.db.close()


def fill(count=5):
    return [record("account:1", "submitted", f"case:{number}", NOW, number=number) for number in range(count)]


def test_an_empty_log_is_whole():
    assert verify() == []


def test_each_entry_follows_the_one_before():
    first, second = fill(2)
    assert (first.previous, second.previous) == (GENESIS, first.hash)
    assert verify() == []


def test_the_hash_is_what_the_documentation_says():
    entry = record("account:1", "submitted", "case:1", NOW, b=2, a="ә")
    fields = {
        "action": "submitted",
        "actor": "account:1",
        "at": "2026-11-23T05:00:00.000000+00:00",
        "data": {"a": "ә", "b": 2},
        "object": "case:1",
        "previous": GENESIS,
    }
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    assert entry.hash == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "change", [{"actor": "account:2"}, {"data": {"number": 7}}, {"at": NOW + dt.timedelta(microseconds=1)}]
)
def test_v16_4_2_an_entry_changed_is_found(change):
    entries = fill()
    AuditEntry.update(**change).where(AuditEntry.id == entries[2].id).execute()
    assert verify() == [f"entry {entries[2].id} was changed after it was written"]


@pytest.mark.parametrize("place", [0, 2])
def test_v16_4_2_an_entry_deleted_is_found(place):
    entries = fill()
    AuditEntry.delete().where(AuditEntry.id == entries[place].id).execute()
    (problem,) = verify()
    assert f"entry {entries[place + 1].id} does not follow" in problem


def test_a_rewritten_entry_with_a_fitting_hash_breaks_the_chain():
    entries = fill()
    AuditEntry.update(hash="f" * 64).where(AuditEntry.id == entries[2].id).execute()
    assert len(verify()) == 2


def test_a_cut_off_end_is_found_by_a_hash_noted_elsewhere():
    entries = fill()
    AuditEntry.delete().where(AuditEntry.id == entries[4].id).execute()
    assert verify() == []
    assert verify(entries[3].hash) == []
    assert "missing" in verify(entries[4].hash)[0]


def test_what_is_rolled_back_leaves_no_entry():
    with database.db.atomic() as transaction:
        record("account:1", "submitted", "case:1", NOW)
        transaction.rollback()
    fill(2)
    assert AuditEntry.select().count() == 2
    assert verify() == []


def test_entries_written_at_once_make_one_chain():
    errors = []

    def work(name):
        database.connect()
        try:
            for number in range(15):
                with database.db.atomic():
                    record(name, "submitted", f"case:{number}", NOW)
        except Exception as error:
            errors.append(error)
        finally:
            database.db.close()

    threads = [threading.Thread(target=work, args=(f"account:{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert AuditEntry.select().count() == 60
    assert verify() == []


def test_v16_3_each_entry_is_one_line_that_nobody_can_forge(caplog):
    caplog.set_level(logging.INFO, "portal.audit")
    record("account:1", "refused", "case:1", NOW, typed='x\r\n{"action": "granted"}\x1b[2K\x00\x85 ')
    (line,) = [entry.getMessage() for entry in caplog.records]
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["action"] == "refused"
    assert verify() == []


def test_an_iin_or_a_phone_is_masked_wherever_it_stands(caplog):
    caplog.set_level(logging.INFO, "portal.audit")
    record("account:1", "asked", "900101400014", NOW, a=["+77010000001"], b={"c": "iin 900101400014"}, d=900101400014)
    row = AuditEntry.get()
    for text in (row.object, json.dumps(row.data), caplog.text):
        assert "900101400014" not in text
        assert "77010000001" not in text
    assert row.object == "9001********"
    assert verify() == []


def test_a_hash_is_not_taken_for_an_iin():
    digest = "a" + "1" * 12 + "b"
    assert record("account:1", "signed", "case:1", NOW, text_hash=digest).data == {"text_hash": digest}


def test_a_long_log_is_read_page_by_page(monkeypatch):
    monkeypatch.setattr("portal.services.records.audit._PAGE", 3)
    entries = fill(10)
    AuditEntry.delete().where(AuditEntry.id == entries[5].id).execute()
    assert len(verify()) == 1
