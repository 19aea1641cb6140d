"""The managers' reports over a million cases, as a browser asks for them: each page a few times, the slowest shown.

    python -m tests.bench.reports [postgresql://… | sqlite:///…] [--cases 1000000] [--filled]

The manager of the body that has two fifths of all cases asks for its own; an administrator for those of all bodies. The
public page of complaints' figures is among them. `busy` is what the processor worked.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from flask import Flask

from portal import db as database
from portal.models import RateCount
from tests.staff_signing_in import sign_in_staff

from .many_cases import NOW, USUAL
from .work_list import portal_with_cases, read_options

BAR = 300  # ms
TRIES = 3
WHO = ("oral.manager", "admin")
PAGES = ("", "/figures.csv", "/refusals.csv", "/complaints", "/complaints.csv")


def asked() -> Iterator[str]:
    """Nothing chosen, one service, and the whole time that there are cases for."""
    year = NOW.year
    yield ""
    yield f"?service={USUAL}"
    yield f"?since={year - 1}-01-01&until={year}-12-31"


def run(app: Flask) -> float:
    """The slowest page of all, busy milliseconds."""
    worst = 0.0
    for login in WHO:
        client = app.test_client()
        RateCount.delete().execute()
        sign_in_staff(client, login)
        database.connect()
        addresses = [f"/staff/reports{page}{query}" for page in PAGES for query in asked()]
        for address in [*addresses, "/kk/figures/complaints.csv"]:
            wall, busy = zip(*(measure_once(client, address) for _ in range(TRIES)), strict=True)
            over = "" if max(busy) <= BAR else f"   OVER {BAR}"
            print(f"{login:14} {address:62} {max(wall):7.0f}   busy {max(busy):7.0f}{over}", flush=True)
            worst = max(worst, *busy)
    return worst


def measure_once(client, address: str) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    started, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    taken = (time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000
    assert answer.status_code == 200, (address, answer.status_code)
    return taken


def main() -> int:
    with portal_with_cases(read_options(__doc__)) as app:
        print("milliseconds a page, the slowest of three")
        worst = run(app)
        print(f"the slowest, busy: {worst:.0f} ms, the bar: {BAR} ms")
    return 0 if worst <= BAR else 1


if __name__ == "__main__":
    raise SystemExit(main())
