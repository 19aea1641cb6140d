"""How the bench measures: one process, one Python, the sides in turn round after round, the median of the rounds.

What counts is the time inside the applications, from the call to the last byte: not what the browser takes to write
its form and to read the page. It is measured twice, by the clock and by what the processor spent on this process; on
a machine that others use too, the second is the steadier one.
"""

from __future__ import annotations

import gzip
import http.cookies
import io
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

HEADERS = {
    "HTTP_HOST": "localhost",
    "HTTP_USER_AGENT": "bench",
    "HTTP_ACCEPT": "text/html,application/xhtml+xml",
    "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
    "HTTP_ACCEPT_LANGUAGE": "kk,ru;q=0.8",
    "HTTP_ORIGIN": "http://localhost",
    "HTTP_REFERER": "http://localhost/",
}


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> bytes:
        """The body as it was before it was compressed."""
        return gzip.decompress(self.body) if self.header("Content-Encoding") == "gzip" else self.body

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass
class Spent:
    """Seconds spent inside applications."""

    wall: float = 0.0
    cpu: float = 0.0


SPENT = Spent()


@dataclass
class Browser:
    """Calls a WSGI application as its server would, keeps its cookies, and closes what it returns."""

    application: Callable[..., Iterable[bytes]]
    cookies: dict[str, str] = field(default_factory=dict)
    plain: bool = False  # no compression asked for, to read the page

    def get(self, path: str) -> Answer:
        return self._call("GET", path, b"")

    def post(self, path: str, data: dict[str, Any]) -> Answer:
        return self._call("POST", path, urlencode(data, doseq=True).encode())

    def _call(self, method: str, path: str, body: bytes) -> Answer:
        path, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **HEADERS,
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if self.plain:
            del environ["HTTP_ACCEPT_ENCODING"]
        if method == "POST":
            environ |= {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
        answer = self._ask(environ)
        self._keep_cookies(answer)
        return answer

    def _ask(self, environ: dict[str, Any]) -> Answer:
        told: list[Any] = []
        wall, cpu = time.perf_counter(), time.process_time()
        result = self.application(environ, lambda status, headers, exc=None: told.extend((status, headers)))
        try:
            content = b"".join(result)
        finally:
            if hasattr(result, "close"):
                result.close()
        SPENT.wall += time.perf_counter() - wall
        SPENT.cpu += time.process_time() - cpu
        return Answer(int(told[0][:3]), told[1], content)

    def _keep_cookies(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                for key, morsel in http.cookies.SimpleCookie(value).items():
                    self.cookies[key] = morsel.value


@dataclass
class Side:
    """One side of a comparison. `cycle` does the whole thing once; `requests` says how many requests that takes.

    `prepare` runs before each round and is not measured.
    """

    name: str
    cycle: Callable[[], None]
    requests: int
    prepare: Callable[[], None] = lambda: None
    rounds: list[Spent] = field(default_factory=list)  # by one cycle, the mean of each round

    @property
    def cycle_ms(self) -> float:
        return statistics.median(spent.wall for spent in self.rounds) * 1000

    @property
    def cycle_cpu_ms(self) -> float:
        return statistics.median(spent.cpu for spent in self.rounds) * 1000

    @property
    def requests_per_second(self) -> float:
        return self.requests / self.cycle_ms * 1000

    @property
    def requests_per_cpu_second(self) -> float:
        return self.requests / self.cycle_cpu_ms * 1000


def run_in_turn(sides: list[Side], rounds: int = 21, cycles: int = 20, warm_up: int = 20) -> None:
    """Warm up, then measure the sides one after another in every round, so that a busy moment meets all of them."""
    for side in sides:
        _run(side, warm_up)
    for _ in range(rounds):
        for side in sides:
            side.rounds.append(_run(side, cycles))


def _run(side: Side, cycles: int) -> Spent:
    side.prepare()
    wall, cpu = SPENT.wall, SPENT.cpu
    for _ in range(cycles):
        side.cycle()
    return Spent((SPENT.wall - wall) / cycles, (SPENT.cpu - cpu) / cycles)


def table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in plain text, figures to the right."""
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]

    def line(row: tuple[str, ...]) -> str:
        first, *rest = row
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        return "  ".join(cells)

    return "\n".join(["", title, line(head), "  ".join("-" * width for width in widths), *map(line, rows)])
