"""The virus scanner: what it says, and that its silence is no clean bill (ASVS V5.4.3)."""

import socket
import threading
import time

import pytest

from portal.gateways.antivirus import Clamd, NoScanner, ScannerDown
from tests import files_to_upload as files
from tests.clamd import running_clamd


@pytest.fixture(scope="module")
def daemon():
    with running_clamd() as daemon:
        yield daemon


def scanner(daemon) -> Clamd:
    return Clamd(str(daemon.socket))


@pytest.mark.needs("clamd")
def test_v5_4_3_a_real_clamd_finds_eicar_wherever_it_hides(daemon):
    clamd = scanner(daemon)
    for content in (files.EICAR, files.pdf(text=files.EICAR), files.photo() + files.EICAR):
        assert clamd.scan([content]).startswith("Test.Eicar")
    for content in (files.photo(), files.pdf(), b"", bytes(9_000_000)):
        assert clamd.scan([content]) == ""


@pytest.mark.needs("clamd")
def test_v5_4_3_what_clamd_cannot_look_into_is_not_ok(daemon):
    assert scanner(daemon).scan([files.locked_pdf()]).startswith("Heuristics.Encrypted")
    assert scanner(daemon).scan([files.pdf_bomb()]).startswith("Heuristics.Limits")


@pytest.mark.needs("clamd")
def test_v5_4_3_more_than_clamd_takes_is_no_verdict(daemon):
    with pytest.raises(ScannerDown):
        scanner(daemon).scan(bytes(1_000_000) for _ in range(40))


@pytest.mark.needs("clamd")
def test_v5_4_3_a_clamd_that_hangs_is_silent_within_the_timeout(daemon):
    clamd = scanner(daemon)
    with daemon.hung():
        before = time.monotonic()
        for _ in range(3):
            with pytest.raises(ScannerDown):
                clamd.scan([files.pdf()], timeout=0.4)
        assert time.monotonic() - before < 1.2  # the third was not even asked
    assert scanner(daemon).scan([files.pdf()]) == ""


def serve_once(answer: bytes) -> int:
    """A neighbour that reads what comes and answers so; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, listener.accept()[0] as connection:
            while not connection.recv(65536).endswith(bytes(4)):
                pass
            connection.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


@pytest.mark.parametrize(
    "answer",
    [b"", b"\0", b"stream: \0", b"INSTREAM size limit exceeded. ERROR\0", b"OK\n", b"UNKNOWN COMMAND\0", b"stream: O"],
)
def test_v5_4_3_anything_but_ok_is_not_ok(answer):
    with pytest.raises(ScannerDown):
        Clamd(f"127.0.0.1:{serve_once(answer)}").scan([b"x"], timeout=5)


def test_it_speaks_over_tcp_too():
    assert Clamd(f"127.0.0.1:{serve_once(b'stream: OK' + bytes(1))}").scan([b"x"], timeout=5) == ""
    assert Clamd(f"127.0.0.1:{serve_once(b'stream: Bad.Thing FOUND' + bytes(1))}").scan([b"x"], 5) == "Bad.Thing"


@pytest.mark.parametrize("address", ["/no/such/socket", "127.0.0.1:1"])
def test_a_clamd_that_is_not_there_gives_no_verdict(address):
    with pytest.raises(ScannerDown):
        Clamd(address).scan([b"x"])


@pytest.mark.parametrize("address", ["", "localhost", "host:", "unix:x"])
def test_an_address_that_is_none_is_refused_at_the_start(address):
    with pytest.raises(ValueError, match="PORTAL_CLAMD"):
        Clamd(address)


def test_without_a_scanner_files_pass_in_demo_only():
    assert NoScanner(lets_pass=True).scan([b"x"]) == ""
    with pytest.raises(ScannerDown):
        NoScanner(lets_pass=False).scan([b"x"])
