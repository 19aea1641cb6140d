"""The registers' client against the sandbox registers and against neighbours that misbehave, over real sockets."""

import contextlib
import datetime as dt
import logging
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal.gateways.registries import Child, RegisteredPerson, RegistryClient, RegistryDown
from portal.sandbox import registers

MOTHER, FATHER, CHILD, STRANGER, NOBODY = "900101400014", "880202300023", "230303600035", "910404400045", "920505400056"
PEOPLE = [
    {
        "iin": MOTHER,
        "name": "Серікова Айгүл Маратқызы",
        "phone": "+77010000001",
        "birth_date": "1990-01-01",
        "children": [{"iin": CHILD, "name": "Серік Дана", "birth_date": "2023-03-03", "certificate": "АБ 0012345"}],
        "statuses": ["large_family"],
    },
    {"iin": STRANGER, "name": "Бөтен Адам", "phone": None, "birth_date": "1991-04-04", "children": [], "statuses": []},
]


@pytest.fixture(scope="module")
def sandbox():
    url, stop = registers.start(PEOPLE)
    yield url
    stop()


@pytest.fixture
def client(sandbox):
    yield RegistryClient(sandbox, registers.TOKEN)
    registers.switch(sandbox, "up")


@contextlib.contextmanager
def neighbour(answer):
    """A server whose POSTs are answered by `answer(handler)`; gives its address and the list of requests."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            asked.append((self.requestline, self.rfile.read(int(self.headers["Content-Length"]))))
            answer(self)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # the client hangs up on purpose
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def reply(status, body=b"", **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_a_person_is_found_with_the_phone_the_registers_hold(client):
    assert client.find_person(MOTHER) == RegisteredPerson(
        MOTHER, "Серікова Айгүл Маратқызы", dt.date(1990, 1, 1), "+77010000001"
    )
    assert client.find_phone(MOTHER) == "+77010000001"


def test_who_has_no_phone_and_who_is_unknown_have_none(client):
    assert client.find_phone(STRANGER) is None
    assert client.find_phone(NOBODY) is None
    assert client.find_person(NOBODY) is None
    assert client.list_children(NOBODY) == []
    assert client.list_privileges(NOBODY) == []


def test_children_and_privileges_come_from_the_register(client):
    daughter = Child(CHILD, "Серік Дана", dt.date(2023, 3, 3), "АБ 0012345")
    assert client.list_children(MOTHER) == [daughter]
    assert client.find_child(MOTHER, CHILD) == daughter
    assert client.is_guardian(MOTHER, CHILD)
    assert client.list_privileges(MOTHER) == ["large_family"]


def test_a_child_is_shown_to_nobody_but_its_guardian(client):
    assert client.find_child(STRANGER, CHILD) is None
    assert client.find_child(MOTHER, NOBODY) is None
    assert not client.is_guardian(STRANGER, CHILD)
    assert not client.is_guardian(MOTHER, NOBODY)


def test_no_iin_stands_in_an_address_or_in_a_log(caplog):
    caplog.set_level(logging.DEBUG)
    with neighbour(reply(200, b'{"phone": null}')) as (url, asked):
        RegistryClient(url, "t").find_phone(MOTHER)
    assert MOTHER not in asked[0][0]
    assert MOTHER.encode() in asked[0][1]
    assert MOTHER not in caplog.text


def test_a_wrong_token_is_as_bad_as_registers_down(sandbox):
    with pytest.raises(RegistryDown, match="401"):
        RegistryClient(sandbox, "wrong").find_phone(MOTHER)


def test_registers_switched_off_are_down_and_come_back(client, sandbox):
    registers.switch(sandbox, "down")
    with pytest.raises(RegistryDown):
        client.find_phone(MOTHER)
    registers.switch(sandbox, "up")
    assert client.find_phone(MOTHER)


def test_v16_5_2_slow_registers_cost_a_page_less_than_two_seconds(client, sandbox):
    registers.switch(sandbox, "slow")
    started = time.monotonic()
    with pytest.raises(RegistryDown):
        client.find_phone(MOTHER)
    assert time.monotonic() - started < 2


def test_an_answer_that_dribbles_in_costs_no_more(client):
    def dribble(handler):
        with contextlib.suppress(OSError):
            for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 200:
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                time.sleep(0.05)

    with neighbour(dribble) as (url, _):
        client = RegistryClient(url, "t", timeout=0.4)
        started = time.monotonic()
        with pytest.raises(RegistryDown):
            client.find_phone(MOTHER)
        assert time.monotonic() - started < 0.7


def test_slow_registers_do_not_make_askers_queue_behind_each_other(client, sandbox):
    registers.switch(sandbox, "slow")
    started = time.monotonic()

    def ask():
        with pytest.raises(RegistryDown):
            client.find_phone(MOTHER)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - started < 2


def test_hung_questions_do_not_pile_up_and_the_next_is_told_at_once():
    release = threading.Event()

    def hang(handler):
        release.wait(5)
        reply(200, b'{"phone": null}')(handler)

    with neighbour(hang) as (url, _):
        client = RegistryClient(url, "t", timeout=0.4, failures=100)

        def ask():
            with contextlib.suppress(RegistryDown):
                client.find_phone(MOTHER)

        threads = [threading.Thread(target=ask) for _ in range(16)]
        for thread in threads:
            thread.start()
        time.sleep(0.1)
        started = time.monotonic()
        with pytest.raises(RegistryDown, match="too many"):
            client.find_phone(MOTHER)
        assert time.monotonic() - started < 0.1
        release.set()
        for thread in threads:
            thread.join()


def test_one_passing_failure_is_tried_again_at_once():
    answers = iter([reply(503), reply(200, b'{"guardian": true}')])
    with neighbour(lambda handler: next(answers)(handler)) as (url, asked):
        assert RegistryClient(url, "t").is_guardian(MOTHER, CHILD)
        assert len(asked) == 2


def test_nobody_listening_is_down():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(RegistryDown):
        RegistryClient(f"http://127.0.0.1:{port}", "t").find_phone(MOTHER)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"phone": 1}',
        b'{"phone": "call me"}',
        b'{"phone": "+77010000001\\n"}',
        b'{"phone": "+' + b"7" * 300_000 + b'"}',
        b"\xff\xfe",
    ],
)
def test_an_answer_not_as_agreed_is_down_and_quotes_nothing(body):
    with neighbour(reply(200, body)) as (url, _), pytest.raises(RegistryDown) as down:
        RegistryClient(url, "t").find_phone(MOTHER)
    assert down.value.__cause__ is None
    assert "call me" not in str(down.value)


def test_an_answer_about_somebody_else_is_down():
    body = f'{{"person": {{"iin": "{STRANGER}", "name": "X", "birth_date": "1991-04-04"}}}}'.encode()
    with neighbour(reply(200, body)) as (url, _), pytest.raises(RegistryDown):
        RegistryClient(url, "t").find_person(MOTHER)


def test_v15_3_2_redirects_are_refused_and_not_tried_again(sandbox):
    with neighbour(reply(307, Location=f"{sandbox}/phones/find")) as (url, asked):
        with pytest.raises(RegistryDown, match="307"):
            RegistryClient(url, registers.TOKEN).find_phone(MOTHER)
        assert len(asked) == 1


def test_a_proxy_of_the_environment_is_ignored(monkeypatch, sandbox):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert RegistryClient(sandbox, registers.TOKEN).find_phone(MOTHER)


def test_only_web_addresses_are_taken():
    with pytest.raises(ValueError, match="https"):
        RegistryClient("file:///etc/passwd", "t")


def test_after_five_failures_nobody_waits_until_a_trial_succeeds():
    clock, working = [0.0], []
    with neighbour(lambda handler: reply(*((200, b'{"phone": null}') if working else (500,)))(handler)) as (url, asked):
        client = RegistryClient(url, "t", clock=lambda: clock[0])
        for _ in range(5):
            with pytest.raises(RegistryDown):
                client.find_phone(MOTHER)
        assert client.is_down
        asked.clear()
        with pytest.raises(RegistryDown):
            client.find_phone(MOTHER)
        assert asked == []  # left alone
        clock[0] = 20.1
        with pytest.raises(RegistryDown):
            client.find_phone(MOTHER)
        assert asked  # the trial, which failed
        asked.clear()
        working.append(True)
        with pytest.raises(RegistryDown):
            client.find_phone(MOTHER)
        assert asked == []
        clock[0] = 41
        assert client.find_phone(MOTHER) is None
        assert not client.is_down


def test_connections_are_kept():
    peers = set()

    def answer(handler):
        peers.add(handler.client_address)
        reply(200, b'{"phone": null}')(handler)

    with neighbour(answer) as (url, _):
        client = RegistryClient(url, "t")
        for _ in range(5):
            client.find_phone(MOTHER)
    assert len(peers) == 1
