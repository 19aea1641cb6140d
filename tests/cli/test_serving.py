"""`portal serve`: a whole process, started as `make run` starts it."""

import contextlib
import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

from portal.db import db, make_database
from portal.models import Message, SandboxMessage


@pytest.fixture
def environment(tmp_path, database_url):
    db.initialize(make_database(database_url))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return ours | {
        "PORTAL_ENV": "demo",
        "PORTAL_DATA_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": database_url,
        "PORT": str(port),
    }


@contextlib.contextmanager
def running(environment, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-m", "portal.cli", *arguments],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def answer(environment, path: str) -> httpx.Response:
    for _ in range(600):
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"http://127.0.0.1:{environment['PORT']}{path}", trust_env=False)
        time.sleep(0.1)
    raise AssertionError("the portal does not answer")


def test_serve_answers_prints_its_address_and_stops_when_told(environment):
    with running(environment, "serve", "--with-worker") as process:
        response = answer(environment, "/healthz")
        assert response.status_code == 200
        assert "Server" not in response.headers
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
    addresses = [word for word in output.split() if word.startswith("http://")]
    assert addresses[0] == f"http://127.0.0.1:{environment['PORT']}/"
    assert "Traceback" not in output


def test_a_port_that_is_taken_is_a_sentence(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environment["PORT"])))
        taken.listen()
        with running(environment, "serve") as process:
            output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "choose another: PORT=8001" in output
    assert "Traceback" not in output


def test_a_worker_sends_the_outbox_and_stops_when_told(environment):
    now = dt.datetime.now(dt.UTC)
    with db.connection_context():
        Message.create(key="k", channel="sms", to="+77000000001", text="Сәлем", created_at=now, send_after=now)
    with running(environment, "worker") as process:
        for _ in range(600):
            with db.connection_context():
                if SandboxMessage.select().exists():
                    break
            time.sleep(0.1)
        else:
            raise AssertionError("the worker sends nothing")
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, "")
