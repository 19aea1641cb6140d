"""A page of the one-box default while many connections are held: idle, or dribbling a header a byte at a time.

`python -m tests.bench.slow_lines [CONNECTIONS]`: the page's p95 on new connections and the memory of the server.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator

SECONDS = 12
PAGES = ("/kk/help", "/kk/sign-in")


@contextlib.contextmanager
def served() -> Iterator[tuple[int, int]]:
    """The port and the process of a portal as `make run` starts it, without a worker."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = {**os.environ, "PORTAL_ENV": "demo", "PORTAL_DATA_DIR": folder, "PORT": str(port)}
        run = [sys.executable, "-m", "portal.cli"]
        subprocess.run([*run, "db", "upgrade"], env=environment, check=True, stdout=subprocess.DEVNULL)
        process = subprocess.Popen([*run, "serve"], env=environment, stdout=subprocess.DEVNULL)
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.1)
            yield port, process.pid
        finally:
            process.kill()
            process.wait()


def memory(pid: int) -> int:
    """Resident, in kB."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


class SlowLines:
    """So many connections, opened anew where the server closes them. Every second one dribbles, the others are idle."""

    def __init__(self, port: int, count: int) -> None:
        self.port, self.count = port, count
        self.lines: dict[socket.socket, bool] = {}
        self.closed = 0
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _open(self) -> None:
        with contextlib.suppress(OSError):
            line = socket.create_connection(("127.0.0.1", self.port), timeout=2)
            dribbles = len(self.lines) % 2 == 0
            if dribbles:
                line.send(b"GET /kk/help HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            line.setblocking(False)
            self.lines[line] = dribbles

    def _run(self) -> None:
        while not self.stopped.is_set():
            started = time.monotonic()
            while len(self.lines) < self.count and time.monotonic() < started + 0.5:
                self._open()
            for line, dribbles in list(self.lines.items()):
                if not self._alive(line, dribbles):
                    del self.lines[line]
                    line.close()
                    self.closed += 1
            self.stopped.wait(max(0.0, started + 1 - time.monotonic()))

    @staticmethod
    def _alive(line: socket.socket, dribbles: bool) -> bool:
        try:
            if dribbles:
                line.send(b"a")
            return line.recv(1000) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False


def time_pages(port: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {page: [] for page in PAGES}
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        for page in PAGES:
            started = time.monotonic()
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            try:
                line.request("GET", page)
                good = line.getresponse().read() != b""
            except OSError:
                good = False
            line.close()
            times[page].append(time.monotonic() - started if good else 10.0)
            time.sleep(0.02)
    return times


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with served() as (port, pid):
        before = memory(pid)
        slow = SlowLines(port, count)
        slow.thread.start()
        time.sleep(4)
        times = time_pages(port)
        after = memory(pid)
        held = len(slow.lines)
        slow.stopped.set()
    print(f"{held} slow connections, {slow.closed} closed by the server; memory {before} -> {after} kB")
    for page, taken in times.items():
        steps = statistics.quantiles(taken, n=20)
        print(f"{page}: median {statistics.median(taken) * 1000:.0f} ms, p95 {steps[18] * 1000:.0f} ms, "
              f"most {max(taken) * 1000:.0f} ms, {len(taken)} pages")  # fmt: skip


if __name__ == "__main__":
    main()
