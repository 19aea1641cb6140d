"""The worker goes on whatever happens, and throws away what has expired."""

import datetime as dt
import logging
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from portal import db as database
from portal import worker
from portal.context import Context
from portal.gateways import Gateways
from portal.gateways.sandbox import SandboxSender
from portal.models import Account, Draft, Message, OneTimeCode, RateCount, SandboxMessage, Session
from portal.services.messages.outbox import write_sms
from portal.worker import Job
from tests.catalogue import BUILT_IN

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
GATEWAYS = Gateways(None, SandboxSender(), SandboxSender(), storage=None, antivirus=None, seal=None)
SEND = tuple(job for job in worker.JOBS if job.name == "send_messages")


@pytest.fixture
def context(settings):
    return Context(settings, BUILT_IN, GATEWAYS, lambda: NOW)


@pytest.fixture(autouse=True)
def tables(database_url):
    database.db.initialize(database.make_database(database_url))
    database.connect()
    yield
    database.db.close()


def ago(**delta):
    return NOW - dt.timedelta(**delta)


def test_v14_2_7_a_draft_is_forgotten_ninety_days_after_it_was_last_saved(context):
    owner = Account.create(iin="940308490011", created_at=NOW)
    for key, days in (("young", 89), ("old", 91)):
        Draft.create(
            key=key, account=owner, kind="application", service="s", edition="e", started_at=ago(days=200),
            saved_at=ago(days=days),
        )  # fmt: skip
    assert worker.purge(context, NOW) == 1
    assert [row.key for row in Draft.select()] == ["young"]


def test_a_round_sends_the_outbox(context):
    write_sms("a", "+77010000001", "Сәлем", NOW)
    assert worker.run_once(context, NOW, SEND) == 1
    assert SandboxMessage.get().text == "Сәлем"


def test_a_job_that_fails_does_not_stop_the_next_and_its_words_stay_out_of_the_log(context, caplog):
    def fail(_context, _now):
        raise RuntimeError("Key (iin)=(900101400014) already exists")

    assert worker.run_once(context, NOW, (Job("fail", fail), Job("go_on", lambda *_: 3))) == 3
    assert "job fail failed: RuntimeError at worker.py" in caplog.text
    assert "900101400014" not in caplog.text


def test_a_job_that_leaves_a_transaction_open_does_not_spoil_the_next(context):
    def leave(_context, _now):
        database.db.begin()
        raise RuntimeError

    def write(_context, now):
        write_sms("a", "+77010000001", "Сәлем", now)
        return 1

    assert worker.run_once(context, NOW, (Job("leave", leave), Job("write", write))) == 1
    assert not database.db.in_transaction()


def test_sessions_that_nobody_can_go_on_with_go(context):
    for key, seen in (("live", ago(minutes=29)), ("old", ago(days=400))):
        Session.create(key_hash=key, created_at=seen, seen_at=seen)
    assert worker.purge(context, NOW) == 1
    assert Session.get().key_hash == "live"


def test_codes_go_a_day_after_they_expired_and_counters_when_their_window_ends(context):
    for handle, expired in (("new", ago(hours=23)), ("old", ago(hours=25))):
        OneTimeCode.create(
            handle=handle, purpose="sign_in", iin="", code_hash="", created_at=ago(days=3), expires_at=expired
        )
    RateCount.create(key="ended", hits=1, expires_at=ago(seconds=1))
    RateCount.create(key="runs", hits=1, expires_at=NOW + dt.timedelta(seconds=1))
    assert worker.purge(context, NOW) == 2
    assert OneTimeCode.get().handle == "new"
    assert RateCount.get().key == "runs"


def test_in_a_thread_it_works_through_failures_until_it_is_told_to_stop(context, monkeypatch, caplog):
    rounds = []

    def fail(_context, _now):
        rounds.append(1)
        raise RuntimeError

    monkeypatch.setattr(worker, "JOBS", (Job("fail", fail),))
    monkeypatch.setattr(worker, "PAUSE", 0.01)
    caplog.set_level(logging.CRITICAL)
    stop = threading.Event()
    thread = threading.Thread(target=worker.run_forever, args=(context, stop))
    thread.start()
    deadline = time.monotonic() + 5
    while len(rounds) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert len(rounds) >= 3


PROGRAM = """
import dataclasses
from portal import context, worker
from portal.context import Context
from portal.gateways import Gateways
from portal.gateways.sandbox import SandboxSender
worker.JOBS = worker.JOBS[:1]
gateways = Gateways(None, SandboxSender(), SandboxSender(), None, None, None)
here = dataclasses.replace(context.make_context(), gateways=gateways)
print("ready", flush=True)
worker.run_forever(here)
print("stopped", flush=True)
"""


def test_a_process_sends_what_waits_and_stops_at_sigterm(database_url):
    write_sms("a", "+77010000001", "Сәлем", dt.datetime.now(dt.UTC))
    environ = os.environ | {"PORTAL_ENV": "test", "PORTAL_DATABASE_URL": database_url}
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environ, stdout=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 60
        while not SandboxMessage.select().exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert output.split() == ["ready", "stopped"]
    assert process.returncode == 0
    assert SandboxMessage.select().count() == 1


# What has to be imported is imported once: each worker is a process forked from this one, as a line asks for it.
KILLED = """
import datetime as dt, os, sys
from portal import context, worker
from portal.gateways import Gateways
from portal.services.messages import outbox
outbox.LEASE = dt.timedelta(seconds=0.3)
worker.PAUSE = 0.01
program = sys.argv[1]
for _ in sys.stdin:
    child = os.fork()
    if not child:
        exec(program.replace('"ready"', 'os.getpid()'))
        os._exit(0)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""


def test_workers_killed_at_any_moment_lose_nothing_and_show_nothing_twice(database_url):
    for number in range(150):
        write_sms(str(number), "+77010000001", "Сәлем", dt.datetime.now(dt.UTC))
    environ = os.environ | {"PORTAL_ENV": "test", "PORTAL_DATABASE_URL": database_url}
    kills, deadline = 0, time.monotonic() + 240
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, PROGRAM], env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        while Message.select().where(Message.sent_at.is_null()).exists() and time.monotonic() < deadline:
            print("one more", file=parent.stdin, flush=True)
            worker_id = int(parent.stdout.readline())
            time.sleep(0.15 + 0.05 * kills)  # longer each time, so that a slow machine comes to the end too
            os.kill(worker_id, signal.SIGKILL)
            assert parent.stdout.readline() == "dead\n"
            kills += 1
        parent.stdin.close()
    assert kills >= 2
    assert Message.select().where(Message.sent_at.is_null(False)).count() == 150
    assert SandboxMessage.select().count() == 150
