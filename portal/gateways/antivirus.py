"""The virus scanner: clamd by INSTREAM over its socket. What it does not answer in time is not scanned."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable

from .breaker import Breaker

TIMEOUT = 30.0  # seconds for a scan where nobody waits
PIECE = 64 * 1024


class ScannerDown(Exception):
    """No verdict: clamd is not there, hangs, or says that it failed. The file stays unscanned."""


class Clamd:
    """Asks clamd at `/path/to/socket` or `host:port`. Thread-safe; a connection for each file."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self._unix = address.startswith("/")
        if not self._unix and not (host and port.isdigit()):
            raise ValueError("PORTAL_CLAMD has to be /path/to/socket or host:port")
        self._address: str | tuple[str, int] = address if self._unix else (host.strip("[]"), int(port))
        self._breaker = Breaker(failures=2, pause=10.0)

    def scan(self, content: Iterable[bytes], timeout: float = TIMEOUT) -> str:
        """The name of what was found in the content, "" for nothing. Raises ScannerDown."""
        if not self._breaker.allows():
            raise ScannerDown("clamd failed several times; it is asked again shortly")
        try:
            answer = self._ask(content, time.monotonic() + timeout)
        except OSError as error:
            self._breaker.failed()
            raise ScannerDown(type(error).__name__) from None
        verdict = answer.rstrip(b"\0").decode("ascii", "replace").removeprefix("stream: ")
        if verdict == "OK" or verdict.endswith(" FOUND"):
            self._breaker.succeeded()
            return "" if verdict == "OK" else verdict.removesuffix(" FOUND")
        self._breaker.failed()
        raise ScannerDown(verdict[:80] or "clamd closed the connection")

    def _ask(self, content: Iterable[bytes], deadline: float) -> bytes:
        with socket.socket(socket.AF_UNIX if self._unix else socket.AF_INET) as connection:
            connection.settimeout(_left(deadline))
            connection.connect(self._address)
            connection.sendall(b"zINSTREAM\0")
            for piece in content:
                for start in range(0, len(piece), PIECE):
                    part = piece[start : start + PIECE]
                    connection.settimeout(_left(deadline))
                    connection.sendall(len(part).to_bytes(4, "big") + part)
            connection.sendall(bytes(4))
            answer = b""
            while not answer.endswith(b"\0"):
                connection.settimeout(_left(deadline))
                received = connection.recv(4096)
                if not received:
                    break
                answer += received
            return answer


class NoScanner:
    """Where no clamd is named. In demo every file passes unscanned; elsewhere none does."""

    def __init__(self, lets_pass: bool) -> None:
        self._lets_pass = lets_pass

    def scan(self, content: Iterable[bytes], timeout: float = TIMEOUT) -> str:
        """Nothing found, since nothing was looked at; see `is_real`. Raises ScannerDown outside demo."""
        if not self._lets_pass:
            raise ScannerDown("PORTAL_CLAMD is not set")
        return ""


def is_real(scanner: Clamd | NoScanner) -> bool:
    """Does this one look at files?"""
    return isinstance(scanner, Clamd)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
