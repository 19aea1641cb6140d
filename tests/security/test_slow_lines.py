"""Many lines held by few clients, and what the server itself refuses: its page comes, in words, with every header."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

import httpx
import pytest
from flask import Flask

from portal.cli import lines
from portal.web.headers import ALWAYS
from tests.real_server import serving, serving_server


@contextlib.contextmanager
def held(port: int, count: int, first: bytes = b"") -> Iterator[list[socket.socket]]:
    """So many lines, on which that was said and nothing more."""
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5)) for _ in range(count)]
        for line in opened:
            line.sendall(first)
        yield opened


def is_closed(line: socket.socket) -> bool:
    line.settimeout(2)
    try:
        return line.recv(100) == b""
    except (TimeoutError, ConnectionError) as error:
        return isinstance(error, ConnectionError)


def get(port: int, path: str = "/healthz") -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{port}{path}", trust_env=False, timeout=5)


@pytest.mark.parametrize("said", [b"", b"GET /kk/help HTTP/1.1\r\nHost: x\r\nX-Slow: "], ids=["idle", "dribbling"])
def test_more_lines_than_there_is_room_for_cost_those_that_wait_longest(
    app: Flask, monkeypatch: pytest.MonkeyPatch, said: bytes
):
    monkeypatch.setattr(lines, "MOST", 100)
    with serving(app) as port, held(port, 60, said) as first:
        with held(port, 60, said):
            for _ in range(10):
                assert get(port).status_code == 200
        assert is_closed(first[0])


def test_a_body_on_its_way_stays_when_there_is_no_room_for_idle_lines(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lines, "MOST", 100)
    head = b"POST /csp HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{"
    with serving(app) as port, held(port, 1, head) as (sending,):
        time.sleep(0.2)  # until the server has taken it
        with held(port, 150):
            assert get(port).status_code == 200
            sending.sendall(b"}")
            assert sending.recv(1000).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("said", "after", "goes"),
    [
        (b"", lines.HEAD + 1, False),  # a browser that keeps its line open
        (b"GET / HTTP/1.1\r\nX: ", lines.HEAD - 1, False),
        (b"GET / HTTP/1.1\r\nX: ", lines.HEAD + 1, True),
        (b"POST /csp HTTP/1.1\r\nContent-Length: 60000\r\n\r\n" + b"a" * 2000, lines.BODY_GRACE + 5, False),
        (b"POST /csp HTTP/1.1\r\nContent-Length: 60000\r\n\r\n" + b"a" * 2000, lines.BODY_GRACE + 15, True),
    ],
)
def test_a_head_or_a_body_that_comes_in_drops_has_an_end(app: Flask, said: bytes, after: float, goes: bool):
    with serving_server(app) as server, held(server.effective_port, 1, said):
        until = time.monotonic() + 5
        while not server.active_channels and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.1)
        (line,) = server.active_channels.values()
        assert line.is_too_slow(time.time() + after) is goes


BROKEN = {
    "400 two lengths": b"POST /kk/status HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "400 no request": b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
    "400 a head that is none": b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
    "413 in pieces": b"POST /kk/status HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    + (b"10000\r\n" + b"a" * 65536 + b"\r\n") * 17,
    "431 a head too long": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 300_000,
    "501 an odd way to send": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
}


@pytest.mark.parametrize("what", BROKEN)
def test_v3_4_4_what_the_server_itself_refuses_comes_as_a_page_with_every_header(production_app: Flask, what: str):
    with serving(production_app) as port, held(port, 1) as (line,):
        with contextlib.suppress(OSError):
            line.sendall(BROKEN[what])
        answer = read_all(line)
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split()[1].decode() == what[:3]
    said = {name.lower(): value for name, value in (row.split(": ", 1) for row in head.decode().split("\r\n")[1:])}
    for name, value in ALWAYS.items():
        assert said[name.lower()] == value
    assert said["cache-control"] == "no-store"
    assert said["content-security-policy"].startswith("default-src 'none'")
    assert said["strict-transport-security"].startswith("max-age=63072000")
    assert "server" not in said
    assert said["content-type"] == "text/html; charset=utf-8"
    assert b"<h1" in body
    assert b"waitress" not in body


def read_all(line: socket.socket) -> bytes:
    """All that comes back; nothing more after a reset."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_what_the_server_refuses_speaks_the_language_that_the_browser_asks_for(app: Flask):
    broken = b"POST / HTTP/1.1\r\nHost: x\r\nAccept-Language: ru\r\nTransfer-Encoding: gzip\r\n\r\n"
    with serving(app) as port, held(port, 1, broken) as (line,):
        assert 'lang="ru"' in read_all(line).decode()


def test_when_even_that_page_fails_the_headers_stand(app: Flask, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(app, "wsgi_app", broken)
    with serving(app) as port, held(port, 1, BROKEN["400 a head that is none"]) as (line,):
        answer = read_all(line)
    assert answer.startswith(b"HTTP/1.0 400") or answer.startswith(b"HTTP/1.1 400")
    for name, value in ALWAYS.items():
        assert f"{name}: {value}".lower().encode() in answer.lower()
