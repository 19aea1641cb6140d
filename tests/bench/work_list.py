"""The work list over a million cases: p50 and p95 of its pages as a browser asks for them; every filter, deep pages.

    python -m tests.bench.work_list [postgresql://… | sqlite:///…] [--cases 1000000] [--filled]

Without an address it makes an SQLite file in a temporary folder; an empty database is filled first. Whole pages are
measured, with session, counts of the tabs and template; the first body has two fifths of all cases. "busy" is what the
processor worked for a page, here and in PostgreSQL's process for this connection where it runs on this machine: on a
machine that does other things besides, it is the figure to look at, and the one that is held against the bar.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import peewee
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from portal import create_app
from portal import db as database
from portal.config import load_settings
from portal.db import db
from portal.models import Case, RateCount, StaffMember
from portal.services.demo.loading import load_demo
from portal.services.office import work_list
from tests.signing_in import token
from tests.staff_signing_in import sign_in_staff

from .many_cases import NOW, OTHER, RARE, USUAL, fill

BAR = 60  # ms
TRIES, DEEP = 60, 40
LOGIN = "oral.officer"


@dataclass(frozen=True)
class Times:
    """Milliseconds of each try: by the clock on the wall, and those that the processor was at work."""

    wall: list[float]
    busy: list[float]


def measure(ask: Callable[[], object]) -> Times:
    wall, busy = [], []
    for _ in range(TRIES):
        started, worked = time.perf_counter(), _worked()
        ask()
        wall.append((time.perf_counter() - started) * 1000)
        busy.append((_worked() - worked) * 1000)
    return Times(wall, busy)


def _worked() -> float:
    """Seconds of processor that this process has had, and PostgreSQL's process for this connection."""
    other = 0.0
    if _backend.is_file():
        other = int(_backend.read_text().split()[0]) / 1e9
    return time.process_time() + other


_backend = Path("/dev/null")


def _find_backend() -> Path:
    if not isinstance(db.obj, peewee.PostgresqlDatabase):
        return Path("/dev/null")
    return Path(f"/proc/{db.execute_sql('SELECT pg_backend_pid()').fetchone()[0]}/schedstat")


def filters() -> Iterator[dict[str, str]]:
    officer = str(StaffMember.get(StaffMember.login == LOGIN).id)
    for tab in ("open", "overdue", "today"):
        yield {"tab": tab, "holder": officer}
    for state in ("", "accepted", "granted"):
        for came in map(str, work_list.CAME):
            yield {"tab": "open", "came": came, "state": state}
    for tab in work_list.TABS:
        for sort in work_list.SORTS if tab not in ("overdue", "today", "complaints") else ("due",):
            for service in ("", USUAL, RARE):
                yield {"tab": tab, "service": service, "sort": sort}
    for state in work_list.STATES:
        for sort in work_list.SORTS:
            for service in ("", OTHER, RARE):
                yield {"state": state, "service": service, "sort": sort}


def report(name: str, times: Times) -> float:
    wall, busy = (statistics.quantiles(each, n=20)[-1] for each in (times.wall, times.busy))
    over = "" if busy <= BAR else f"   OVER {BAR}"
    print(
        f"{name:46} p50 {statistics.median(times.wall):6.1f}  p95 {wall:6.1f}   busy p95 {busy:6.1f}{over}", flush=True
    )
    return busy


def run(client: FlaskClient) -> float:
    """Every filter, its first page and the page forty further; then searches. The slowest p95, busy."""
    global _backend
    _backend = _find_backend()
    worst = 0.0

    def page(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer.text

    for wanted in filters():
        name = " ".join(filter(None, wanted.values()))
        first = deep = "/staff/work?" + urlencode(wanted)
        worst = max(worst, report(name, measure(lambda: page(first))))  # noqa: B023
        pages = 0
        while pages < DEEP and (link := BeautifulSoup(page(deep), "lxml").select_one("a[rel=next]")):
            deep, pages = link["href"], pages + 1
        if pages:
            worst = max(worst, report(f"{name}, page {pages + 1}", measure(lambda: page(deep))))  # noqa: B023
    fresh = token(client)
    number = Case.select(Case.number).where(Case.number.startswith("N")).first().number
    for query in ("Үлгі500", "Үлгі", "Үлгі 1", "000000000005", number):
        data = {"csrf_token": fresh, "q": query}
        worst = max(worst, report(f"search: {query}", measure(lambda: client.post("/staff/work/search", data=data))))  # noqa: B023
    return worst


@dataclass(frozen=True)
class Options:
    """What is asked for on the command line."""

    address: str
    cases: int
    filled: bool


def read_options(about: str | None) -> Options:
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("address", nargs="?", default="")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--filled", action="store_true", help="the database was filled before")
    return Options(**vars(parser.parse_args()))


@contextlib.contextmanager
def portal_with_cases(options: Options) -> Iterator[Flask]:
    """The portal over that many cases, in the database named or in one of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({
            "PORTAL_ENV": "demo", "PORTAL_SECRET_KEY": secrets.token_hex(32), "PORTAL_DATA_DIR": folder,
            "PORTAL_DATABASE_URL": options.address or f"sqlite:///{folder}/bench.sqlite",
            "PORTAL_PASSPORTS_DIR": str(Path(__file__).parent),
        })  # fmt: skip
        app = create_app(settings, lambda: NOW)
        database.connect()
        if not options.filled:
            start = time.perf_counter()
            database.upgrade(backup=False)
            load_demo(settings, NOW)
            officer = StaffMember.get(StaffMember.login == LOGIN)
            fill(options.cases, officer.organisation, officer)
            print(f"{options.cases} cases made in {time.perf_counter() - start:.0f} s", flush=True)
        RateCount.delete().execute()
        yield app
        db.close()


def main() -> int:
    with portal_with_cases(read_options(__doc__)) as app:
        client = app.test_client()
        sign_in_staff(client, LOGIN)
        database.connect()
        client.get("/staff/work")
        gc.freeze()  # as `portal serve` does
        print("milliseconds a page")
        worst = run(client)
        print(f"the slowest p95, busy: {worst:.1f} ms, the bar: {BAR} ms")
    return 0 if worst <= BAR else 1


if __name__ == "__main__":
    raise SystemExit(main())
