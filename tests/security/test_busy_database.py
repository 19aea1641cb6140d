"""A database that is busy, frozen or full: an honest page in time, what was typed kept, reading goes on (V15.2.2)."""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal import waiting
from portal.db import KEPT_COPIES, _copy_before, db, make_database
from portal.models import AuditEntry, Session
from portal.services.identity.sessions import TOUCH_AFTER
from tests.conftest import Clock
from tests.security.test_dependencies import BAR, assert_honest
from tests.security.world import PAGES, World, fields_of


@contextlib.contextmanager
def another_writer(path: str) -> Iterator[None]:
    """Holds the lock of the writers, as another process does that imports or copies."""
    with open(f"{path}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def sqlite(on_postgresql: bool) -> None:
    if on_postgresql:
        pytest.skip("SQLite's own locks")


@pytest.mark.usefixtures("sqlite")
def test_v15_2_2_pages_that_only_read_do_not_wait_for_a_writer(world: World, clock: Clock):
    world.app.testing = False
    Session.update(seen_at=clock() - 2 * TOUCH_AFTER).execute()  # noting who is there is due
    readable = [route for route in PAGES if route.owner == 200 and route.endpoint not in WRITING]
    assert len(readable) > 30
    with another_writer(db.obj.database):
        for route in readable:
            address, started = route.address(world), time.monotonic()
            assert world.owner.get(address).status_code == 200, address
            assert time.monotonic() - started < 1, address
    assert Session.select().where(Session.seen_at == clock()).count() == 0


# What is looked up is counted, and what is shown of a case goes on record: without that it is not shown.
WRITING = {"papers.verify", "sandbox.phone", "sandbox.mail", "papers.paper", "papers.pdf", "cabinet.case", "apply.step"}


@pytest.mark.usefixtures("sqlite")
def test_v15_2_2_a_form_that_cannot_be_written_comes_back_with_what_was_typed(world: World, clock: Clock):
    world.app.testing = False
    page = world.owner.get("/kk/cabinet/settings")
    typed = {**fields_of(page), "language": "ru", "reminders": "y"}
    with another_writer(db.obj.database):
        started = time.monotonic()
        answer = world.owner.post("/kk/cabinet/settings", data=typed)
        assert time.monotonic() - started < BAR
        assert_honest(answer, "settings")
    form = BeautifulSoup(answer.text, "html.parser").select_one("main form")
    again = {field["name"]: field["value"] for field in form.select("input[name]")}
    assert again["language"] == "ru"
    sent = world.owner.post(form["action"], data=again)
    assert sent.status_code == 303


@pytest.mark.usefixtures("sqlite")
def test_v15_2_2_what_is_secret_is_not_put_into_the_page_that_asks_to_send_again(world: World):
    world.app.testing = False
    page = world.anonymous.get("/staff/sign-in")
    with another_writer(db.obj.database):
        answer = world.anonymous.post(
            "/staff/sign-in", data={**fields_of(page), "login": "admin", "password": "a password of theirs"}
        )
    assert_honest(answer, "/staff/sign-in")
    assert "a password of theirs" not in answer.text


def write(path: str, failures: list[Exception], seconds: float) -> None:
    """One transaction of a thread of its own."""
    waiting.be_patient(seconds)
    try:
        db.connect()
        with db.atomic():
            db.execute_sql("UPDATE session SET seen_at = seen_at")
    except peewee.OperationalError as error:
        failures.append(error)
    finally:
        db.close()


@pytest.mark.usefixtures("sqlite")
def test_v15_2_2_of_many_writers_none_waits_longer_than_its_patience_and_then_all_is_well(app: Flask):
    path, failures = db.obj.database, []
    with another_writer(path):
        threads = [threading.Thread(target=write, args=(path, failures, 0.4)) for _ in range(12)]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - started < 1.5
        assert len(failures) == 12
    write(path, failures, 0.4)
    assert len(failures) == 12


@pytest.mark.usefixtures("sqlite")
def test_v15_2_2_whoever_left_the_queue_does_not_hold_the_lock_afterwards(app: Flask):
    path, failures = db.obj.database, []
    with another_writer(path):
        write(path, failures, 0.05)
    assert len(failures) == 1
    until = time.monotonic() + 5
    with open(f"{path}.lock") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                assert time.monotonic() < until
                time.sleep(0.01)


@pytest.mark.usefixtures("sqlite")
def test_a_writer_waits_on_in_a_queue_that_moves(tmp_path: Path):
    queue = waiting.WriteQueue(str(tmp_path / "lock"))
    done = []

    def work() -> None:
        waiting.be_patient(0.15)
        queue.enter()
        time.sleep(0.05)
        queue.leave()
        done.append(True)

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 10


@contextlib.contextmanager
def line_to(port: int) -> Iterator[tuple[int, threading.Event]]:
    """A line to a server, and the switch that freezes it: it stays open, and nothing comes through."""
    frozen, listening = threading.Event(), socket.create_server(("127.0.0.1", 0))

    def pass_on(source: socket.socket, goal: socket.socket) -> None:
        with contextlib.suppress(OSError), source:
            while data := source.recv(65536):
                if not frozen.is_set():
                    goal.sendall(data)
            goal.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listening.accept()
                far = socket.create_connection(("127.0.0.1", port))
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=pass_on, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    with listening:
        yield listening.getsockname()[1], frozen


def test_v15_2_2_a_server_that_freezes_after_connecting_holds_a_page_two_seconds(world: World, on_postgresql: bool):
    if not on_postgresql:
        pytest.skip("TEST_DATABASE=postgresql")
    world.app.testing = False
    host, _, rest = world.app.extensions["context"].settings.database_url.partition("@127.0.0.1:")
    port, _, name = rest.partition("/")
    with line_to(int(port)) as (own_port, frozen):
        db.close()
        db.initialize(make_database(f"{host}@127.0.0.1:{own_port}/{name}"))
        assert world.owner.get("/kk/cabinet").status_code == 200
        frozen.set()
        for most in (BAR, 2 * BAR):  # then a new connection is tried: PostgreSQL's library waits two seconds at least
            started = time.monotonic()
            assert_honest(world.owner.get("/kk/cabinet"), "/kk/cabinet")
            assert time.monotonic() - started < most
        frozen.clear()
        assert world.owner.get("/kk/cabinet").status_code == 200
        db.close()


@pytest.mark.usefixtures("sqlite")
def test_v15_2_2_a_full_disk_is_an_honest_page_and_nothing_is_half_written(world: World):
    world.app.testing = False
    page = world.owner.get("/kk/cabinet/settings")
    before = AuditEntry.select().count()
    pages = db.execute_sql("PRAGMA page_count").fetchone()[0]
    db.execute_sql(f"PRAGMA max_page_count = {pages}")  # "database or disk is full"
    try:
        statuses = set()
        for number in range(200):
            typed = {**fields_of(page), "language": ("kk", "ru")[number % 2], "reminders": "y"}
            answer = world.owner.post("/kk/cabinet/settings", data=typed)
            statuses.add(answer.status_code)
            if answer.status_code == 503:
                assert_honest(answer, "settings")
                break
        assert 503 in statuses
    finally:
        db.execute_sql("PRAGMA max_page_count = 1073741823")
    assert AuditEntry.select().count() >= before
    assert db.execute_sql("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert world.owner.get("/kk/cabinet").status_code == 200


@pytest.mark.usefixtures("sqlite")
def test_v14_1_1_the_files_of_a_database_are_their_owners_alone(tmp_path: Path):
    file = tmp_path / "made" / "here" / "portal.sqlite"
    before = os.umask(0o022)
    try:
        database = make_database(f"sqlite:///{file}")
        database.connect()
        with database.atomic():
            database.execute_sql("CREATE TABLE t (a)")
        files = list(file.parent.iterdir())
        assert {path.name for path in files} >= {"portal.sqlite", "portal.sqlite-wal", "portal.sqlite.lock"}
        for path in files:
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        database.close()
        file.chmod(0o644)  # as it was before this rule
        make_database(f"sqlite:///{file}")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    finally:
        os.umask(before)


@pytest.mark.usefixtures("sqlite")
def test_v14_2_4_copies_before_migrations_are_private_and_few(app: Flask):
    db.connect(reuse_if_open=True)
    file = Path(db.obj.database)
    for number in range(KEPT_COPIES + 2):
        _copy_before(f"{number:04d}_one")
        time.sleep(0.01)
    copies = sorted(file.parent.glob("*.before-*"))
    assert [copy.name[-8:-4] for copy in copies] == ["0002", "0003", "0004"]
    assert {stat.S_IMODE(copy.stat().st_mode) for copy in copies} == {0o600}
