"""Bodies are taken off the line only from who may send them, asked before the first byte (ASVS V5.2.1)."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.models import Draft, Session
from portal.services.files.limits import LARGEST_FILE, LARGEST_POST, MB
from portal.web import bodies
from tests.conftest import Clock
from tests.real_server import serving
from tests.signing_in import sign_in
from tests.views.test_uploads import STEP, make_draft

STRANGERS = 30


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    with serving(app) as port:
        yield port


@pytest.fixture
def draft(port: int, client: FlaskClient, app: Flask, clock: Clock, fill_with_demo: Callable[[Flask], None]) -> Draft:
    fill_with_demo(app)
    sign_in(client)
    return make_draft(app, clock)


def head(draft: Draft, length: int | None, cookie: str = "", *more: str) -> bytes:
    lines = [
        f"POST /kk/apply/{draft.key}/{STEP} HTTP/1.1", "Host: x", "Content-Type: multipart/form-data; boundary=x",
        f"Content-Length: {length}" if length is not None else "Transfer-Encoding: chunked",
        *([f"Cookie: s={cookie}"] if cookie else []), *more,
    ]  # fmt: skip
    return "\r\n".join([*lines, "", ""]).encode()


def answer_to(port: int, raw: bytes) -> bytes:
    """The first line that comes back; nothing more is sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(raw)
        return line.recv(65536).partition(b"\r\n\r\n")[0]


def kept_of_bodies() -> int:
    """Bytes in the process's temporary files without a name, where the server puts what comes."""
    total = 0
    for number in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            path = os.readlink(f"/proc/self/fd/{number}")
            if "(deleted)" in path and path.startswith(("/tmp", os.environ.get("TMPDIR", "/tmp"))):
                total += os.stat(f"/proc/self/fd/{number}").st_size
    return total


def test_v5_2_1_a_stranger_is_sent_to_sign_in_before_a_byte_of_the_body(port, draft):
    for cookie in ("", "forged", "A" * 43):
        answer = answer_to(port, head(draft, 5 * MB, cookie))
        assert answer.startswith(b"HTTP/1.1 303 "), answer
        assert b"/kk/sign-in?next=" in answer
        assert b"\r\nconnection: close" in answer.lower()


@pytest.mark.parametrize("expecting", [(), ("Expect: 100-continue",)], ids=["at-once", "asking-first"])
def test_v5_2_1_one_byte_too_many_is_refused_before_it_is_sent_by_whomever_and_asking_or_not(
    port, draft, client, expecting
):
    cookie = client.get_cookie("s").value
    assert answer_to(port, head(draft, LARGEST_POST + 1, cookie, *expecting)).startswith(b"HTTP/1.1 413 ")
    assert answer_to(port, head(draft, LARGEST_POST + 1, "", *expecting)).startswith(b"HTTP/1.1 303 ")
    settings = head(draft, 64 * 1024 + 1, cookie, *expecting).replace(b"apply/", b"cabinet/settings?", 1)
    assert answer_to(port, settings).startswith(b"HTTP/1.1 413 ")


def test_somebody_signed_in_is_asked_for_the_body(port, draft, client):
    answer = answer_to(port, head(draft, LARGEST_POST, client.get_cookie("s").value, "Expect: 100-continue"))
    assert answer.startswith(b"HTTP/1.1 100 ")


def test_v5_2_1_a_strangers_chunks_end_where_a_form_ends(port, draft):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(head(draft, None))
        piece = b"10000\r\n" + bytes(0x10000) + b"\r\n"
        with contextlib.suppress(OSError):
            for _ in range(200):
                line.sendall(piece)
        with contextlib.suppress(OSError):
            assert line.recv(65536).startswith(b"HTTP/1.1 413 ")
    assert kept_of_bodies() < MB


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux's /proc")
def test_v5_2_1_thirty_strangers_at_once_leave_nothing_in_temporary_files(port, draft):
    """750 MB, before."""
    most = 0
    with contextlib.ExitStack() as lines:
        for _ in range(STRANGERS):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            with contextlib.suppress(OSError):
                line.sendall(head(draft, LARGEST_FILE))
                for _ in range(20):
                    line.sendall(bytes(64 * 1024))
            with contextlib.suppress(OSError):
                line.recv(65536)  # the server has come to this line
            most = max(most, kept_of_bodies())
    assert most < MB


def test_whose_session_has_expired_is_heard_out_and_told(app, draft, client, clock):
    """Else the browser shows a broken line instead of the way to sign in, and what was typed is lost."""
    address, cookie = f"/kk/apply/{draft.key}/{STEP}", f"s={client.get_cookie('s').value}"
    clock.forward(hours=9)
    assert bodies.most_taken(app, "POST", address, cookie) == LARGEST_POST
    Session.delete().execute()
    assert bodies.most_taken(app, "POST", address, cookie) == 64 * 1024


def test_without_the_database_nobody_is_known_and_nothing_breaks(app, draft, client, monkeypatch):
    def down(*_):
        raise OSError("away")

    monkeypatch.setattr(bodies.sessions, "find_session", down)
    address, cookie = f"/kk/apply/{draft.key}/{STEP}", f"s={client.get_cookie('s').value}"
    assert bodies.most_taken(app, "POST", address, cookie) == 64 * 1024


def test_a_large_body_where_no_files_are_taken_is_nobodys(app, draft, client):
    cookie = f"s={client.get_cookie('s').value}"
    for method, path in (
        ("POST", "/kk/sign-in"),
        ("POST", "/csp"),
        ("POST", "/nowhere"),
        ("PUT", f"/kk/apply/{draft.key}/x"),
    ):
        assert bodies.most_taken(app, method, path, cookie) == 64 * 1024


def test_who_expects_to_be_asked_for_a_body_that_there_is_none_of_is_answered(port):
    for method in ("GET", "HEAD"):
        raw = f"{method} /kk/help HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n".encode()
        assert not answer_to(port, raw).startswith(b"HTTP/1.1 100 ")
