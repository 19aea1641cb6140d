"""Uploads over a bad line, and what they cost the server: `python -m tests.bench.uploads [--real]`.

The portal runs as it does in production, by `portal serve` in a process of its own; tuspy sends.

The line: a photo of 4 MB in pieces of 64 kB, as upload.js cuts them, one piece of twenty failing. Counted are the bytes
of HTTP that went up, without what TCP adds. `--real` sends it over 100 kbit/s, which takes six minutes; otherwise the
line is as fast as it goes, and the time is reckoned from the bytes.

The memory: twenty uploads at once, each as large as may be and in one request, after one that warms the server up; and
files that are small and unpack to much.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import requests
from PIL import Image
from tusclient.client import TusClient
from tusclient.exceptions import TusUploadFailed

from portal import db as database
from portal.models import Account, Document, Draft
from portal.services.files.limits import LARGEST_FILE
from portal.services.passports.catalogue import Catalogue
from tests import files_to_upload as files
from tests.shaky_line import shaky_line

MB, PIECE, SPEED = 1024 * 1024, 64 * 1024, 100_000 / 8  # bytes; bytes a second
AT_ONCE = 20
MORE_BAR, MEMORY_BAR, BOMB_BAR = 1.10, 2 * LARGEST_FILE, 50 * MB
SERVICE, STEP, FIELD = "home-schooling", "conclusion", "conclusion_scan"
PEOPLE = ("940308490011", "911119390015", "010203590013", "840820390018")  # in the sandbox registers


@dataclass
class Server:
    """A portal in a process of its own, with demo data."""

    port: int
    process: int
    folder: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def memory(self, what: str = "VmRSS") -> int:
        """Bytes that the server holds now ("VmRSS"), or held at most since forget_peak() ("VmHWM")."""
        return _memory(self.process, what)

    def forget_peak(self) -> None:
        Path(f"/proc/{self.process}/clear_refs").write_text("5")


def _memory(process: int, what: str) -> int:
    found = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) * 1024 if found else 0


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="qyzmet-bench-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        url = f"sqlite:///{folder}/portal.sqlite"
        environ = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2]), "PORTAL_ENV": "demo",
            "PORT": str(port), "PORTAL_DATA_DIR": folder, "PORTAL_DATABASE_URL": url,
        }  # fmt: skip
        command = [sys.executable, "-m", "portal.cli"]
        for preparing in (["db", "upgrade"], ["demo", "load"]):
            subprocess.run([*command, *preparing], env=environ, check=True, stdout=subprocess.DEVNULL)
        process = subprocess.Popen([*command, "serve", "--with-worker"], env=environ, stdout=subprocess.DEVNULL)
        try:
            server = Server(port, process.pid, Path(folder))
            _wait(server)
            database.db.initialize(database.make_database(url))
            yield server
        finally:
            database.db.close()
            process.terminate()
            process.wait(10)


def _wait(server: Server) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.ConnectionError):
            return requests.get(f"{server.address}/healthz", timeout=5).raise_for_status()
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


@dataclass
class Sender:
    """Somebody signed in, with a draft that stands at the question for files."""

    server: Server
    headers: dict[str, str]
    draft: str

    def send(self, content: bytes, name: str, port: int | None = None, **options: object) -> None:
        address = f"http://127.0.0.1:{port or self.server.port}/kk/apply/{self.draft}/uploads"
        about = {"filename": name, "field": FIELD}
        tus = TusClient(address, headers=self.headers)
        tus.uploader(file_stream=io.BytesIO(content), metadata=about, **options).upload()


def sign_in(server: Server, iin: str) -> Sender:
    session = requests.Session()
    address = f"{server.address}/kk/sign-in"
    page = session.get(address, timeout=10)
    page = session.post(address, {"csrf_token": _token(page), "iin": iin}, timeout=10)
    session.post(page.url, {"csrf_token": _token(page), "code": _code(server, iin)}, timeout=10).raise_for_status()
    database.connect()
    now = dt.datetime.now(dt.UTC)
    passport = Catalogue.load().get(SERVICE, now.date())
    before = [step.id for step in passport.steps]
    draft = Draft.create(
        key=f"draft-of-{iin[:4]}", account=Account.get(Account.iin == iin), service=SERVICE, edition=passport.edition,
        answers={}, done=before[: before.index(STEP)], started_at=now, saved_at=now,
    )  # fmt: skip
    page = session.get(f"{server.address}/kk/apply/{draft.key}/{STEP}", timeout=10)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in session.cookies)
    return Sender(server, {"Cookie": cookies, "X-CSRF-Token": _token(page)}, draft.key)


def _token(page: requests.Response) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def _code(server: Server, iin: str) -> str:
    phone = next(person["phone"] for person in _ask(server, "people") if person["iin"] == iin)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for message in _ask(server, "phone", to=phone):
            if found := re.search(r"\b[0-9]{6}\b", message["text"]):
                return found[0]
        time.sleep(0.1)
    raise AssertionError("no code came")


def _ask(server: Server, what: str, **asked: str) -> list[dict[str, str]]:
    """What the sandbox knows."""
    answer = requests.get(f"{server.address}/sandbox/{what}", asked, headers={"Accept": "application/json"}, timeout=5)
    return answer.json()


def photo(size: int, seed: int = 7) -> bytes:
    """A JPEG of a telephone's making, of at most so many bytes and not much less."""
    scale = (size / MB / 4) ** 0.5
    width, height = int(3000 * scale), int(2250 * scale)
    noise = random.Random(seed).randbytes((width // 3) * (height // 3) * 3)
    picture = Image.frombytes("RGB", (width // 3, height // 3), noise).resize((width, height))
    best = b""
    for quality in range(60, 100, 1):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        if len(out.getvalue()) > size:
            break
        best = out.getvalue()
    return best


def measure_line(sender: Sender, seeds: int, speed: float | None) -> bool:
    """How many bytes more than the file went up, at worst."""
    content, passed = photo(4 * MB), True
    print(f"A photo of {len(content):,} bytes in pieces of {PIECE:,}, one piece of 20 failing:")
    for seed in range(seeds):
        began = time.monotonic()
        with shaky_line(sender.server.port, every=20, speed=speed, seed=seed) as line:
            sender.send(content + bytes(seed), "a.jpg", line.port, chunk_size=PIECE, retries=10, retry_delay=0.5)
        more = line.up / len(content)
        print(
            f"  {line.up:,} bytes up, {100 * (more - 1):.1f} % more; {line.down:,} down; {line.broken} of "
            f"{line.pieces} pieces failed; {time.monotonic() - began:.0f} s here, "
            f"{(line.up + line.down) / SPEED:.0f} s at 100 kbit/s"
        )
        passed &= more <= MORE_BAR
        forget_documents()
    print(f"  bar: at most {100 * (MORE_BAR - 1):.0f} % more: {'passed' if passed else 'NOT PASSED'}\n")
    return passed


def forget_documents() -> None:
    database.connect()
    Document.delete().execute()


def pdf(size: int, seed: int = 7) -> bytes:
    """A PDF of at most so many bytes and not much less; rebuilding it costs little."""
    return files.pdf(text=random.Random(seed).randbytes(size - 8 * 1024))


def measure_bombs(sender: Sender, bombs: dict[str, bytes]) -> bool:
    """What the server and the child that looks at them hold of files that are small and unpack to much."""
    passed = True
    for name, content in bombs.items():
        before = sender.server.memory()
        sender.server.forget_peak()
        children, began = Watch(sender.server.process), time.monotonic()
        try:
            sender.send(content, name)
            status = 0
        except TusUploadFailed as refused:
            status = refused.status_code
        rise = sender.server.memory("VmHWM") - before
        print(
            f"{name}, {len(content):,} bytes: {status} after {time.monotonic() - began:.1f} s; the server held "
            f"{rise / MB:.1f} MB more at its peak, the child {children.stop() / MB:.0f} MB"
        )
        passed &= status == 422 and rise < BOMB_BAR
    print(f"  bar: refused, less than {BOMB_BAR / MB:.0f} MB more: {'passed' if passed else 'NOT PASSED'}\n")
    return passed


def measure_memory(senders: list[Sender], contents: list[bytes], name: str) -> bool:
    """The peak of the server's memory while all are sent at once, above what it held before."""
    server = senders[0].server
    senders[0].send(contents[0], name)
    forget_documents()
    before = server.memory()
    server.forget_peak()
    children = Watch(server.process)
    work = [(senders[n % len(senders)], contents[n % len(contents)]) for n in range(AT_ONCE)]
    threads = [
        threading.Thread(target=sender.send, args=(content, name), kwargs={"retries": 200, "retry_delay": 0.5})
        for sender, content in work
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rise = server.memory("VmHWM") - before
    database.connect()
    kept = Document.select().count()
    print(
        f"{AT_ONCE} uploads of {len(contents[0]) / MB:.1f} MB ({name}) at once, in one request each: {kept} kept in "
        f"{time.monotonic() - began:.0f} s;\n  the server held {before / MB:.0f} MB before, {rise / MB:.1f} MB more at "
        f"its peak; the children that rebuild, all together, at most {children.stop() / MB:.0f} MB"
    )
    passed = rise < MEMORY_BAR and kept == AT_ONCE
    print(f"  bar: less than {MEMORY_BAR / MB:.0f} MB more: {'passed' if passed else 'NOT PASSED'}\n")
    forget_documents()
    return passed


class Watch:
    """The most memory that a process's children held at one time, looked at every few milliseconds."""

    def __init__(self, process: int) -> None:
        self.process, self.most, self._over = process, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._over.set()
        self._thread.join()
        return self.most

    def _look(self) -> None:
        while not self._over.wait(0.02):
            total = 0
            for task in Path(f"/proc/{self.process}/task").iterdir():
                with contextlib.suppress(OSError):
                    for child in (task / "children").read_text().split():
                        total += _memory(int(child), "VmRSS")
            self.most = max(self.most, total)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", action="store_true", help="one upload over a line of 100 kbit/s")
    real = parser.parse_args().real
    with running_server() as server:
        senders = [sign_in(server, iin) for iin in PEOPLE]
        if real:
            return 0 if measure_line(senders[0], 1, SPEED) else 1
        passed = [measure_line(senders[0], 10, None)]
        large = [photo(LARGEST_FILE, seed) for seed in range(AT_ONCE // len(PEOPLE))]
        passed.append(measure_memory(senders, large, "a.jpg"))
        passed.append(measure_bombs(senders[0], {"bomb.png": files.png_bomb(), "bomb.pdf": files.pdf_bomb()}))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
