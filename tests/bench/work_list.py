"""The work list over a million cases: p50 and p95 of every filter, first and deep pages, on a database of its own.

    python -m tests.bench.work_list [postgresql://…] [--cases 1000000]

Without an address it makes an SQLite file in a temporary folder. The database must be empty. Forty bodies; the first
has two fifths of everything and is the one that is measured.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

from portal import db as database
from portal.db import db
from portal.models import Account, Case, CaseName, Organisation, StaffMember
from portal.services import work_list
from portal.services.case_names import name_key
from portal.services.work_list import Filter

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
BODIES, ACCOUNTS, OFFICERS, TRIES, DEEP = 40, 20_000, 20, 30, 40
SERVICES = ("home-schooling", "preschool-queue", "other-service", "rare-service")
CLOSED = ("granted", "granted", "granted", "granted", "refused", "withdrawn")
OPEN = ("submitted", "in_review", "in_review", "needs_correction")


def fill(cases: int) -> None:
    """One case in ten is open; one open case in five is nobody's; one case in ten thousand is of the rare service."""
    bodies = [
        {"code": f"b{n}", "kind": "school", "name_kk": f"b{n}", "name_ru": f"b{n}", "name_en": f"b{n}", "hours": {}}
        for n in range(BODIES)
    ]
    with db.atomic():
        Organisation.insert_many(bodies).execute()
        ids = [row.id for row in Organisation.select().order_by(Organisation.id)]
        staff = ({"login": f"s{n}", "name": f"S {n}", "organisation": ids[0], "role": "officer", "password_hash": "-",
                  "created_at": NOW} for n in range(OFFICERS))  # fmt: skip
        StaffMember.insert_many(list(staff)).execute()
        for batch in _batches({"iin": f"{n:012d}", "name": f"Үлгі {n}", "created_at": NOW} for n in range(ACCOUNTS)):
            Account.insert_many(batch).execute()
    officers = [row.id for row in StaffMember.select().order_by(StaffMember.id)]
    accounts = [row.id for row in Account.select(Account.id).order_by(Account.id)]
    for batch in _batches(_cases(cases, ids, officers, accounts)):
        with db.atomic():
            Case.insert_many(batch).execute()
    first = Case.select(Case.id).order_by(Case.id).first().id
    names = ({"case": first + n, "body": _body(n, ids), "name": name_key(_name(n))} for n in range(cases))
    for batch in _batches(names):
        with db.atomic():
            CaseName.insert_many(batch).execute()
    db.execute_sql("ANALYZE")


def _body(n: int, ids: list[int]) -> int:
    return ids[0] if n % 5 < 2 else ids[1 + n % (BODIES - 1)]


def _name(n: int) -> str:
    return f"Үлгі{n % 977} Бала{n}"


def _cases(cases: int, ids: list[int], officers: list[int], accounts: list[int]) -> Iterator[dict[str, Any]]:
    for n in range(cases):
        k = n * 7919 % cases  # the moments do not follow the ids
        is_open = n // 5 % 10 == 0
        submitted = NOW - dt.timedelta(seconds=k * (5 if is_open else 60) * 1_000_000 / cases / 25 + n % 7)
        mine = officers[n // 50 % OFFICERS] if _body(n, ids) == ids[0] and n // 50 % 5 else None
        yield {
            "number": f"{n:09d}", "kind": "application", "draft_key": f"d{n}", "account": accounts[n % ACCOUNTS],
            "service": SERVICES[3] if n // 5 % 10_000 == 0 else SERVICES[n // 11 % 3], "edition": "2020-05-27",
            "language": "kk", "body": _body(n, ids), "is_open": is_open, "assignee": mine,
            "state": OPEN[n // 50 % 4] if is_open else CLOSED[n // 5 % 6], "answers": {}, "receipt_code": "x",
            "submitted_at": submitted, "registered_at": submitted, "due_at": submitted + dt.timedelta(days=2),
        }  # fmt: skip


def _batches(rows: Iterator[dict[str, Any]], size: int = 1000) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def measure(work: Callable[[], object]) -> list[float]:
    """Milliseconds of each try."""
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def filters() -> Iterator[Filter]:
    for tab in work_list.TABS:
        for sort in work_list.SORTS if tab not in ("overdue", "today") else ("due",):
            for service in ("", SERVICES[0], SERVICES[3]):
                yield Filter(tab, "", service, sort)
    for state in ("submitted", "in_review", "needs_correction", "granted", "refused", "withdrawn"):
        for sort in work_list.SORTS:
            for service in ("", SERVICES[0], SERVICES[3]):
                yield Filter("", state, service, sort)


def report(name: str, times: list[float]) -> float:
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{name:48} p50 {statistics.median(times):8.1f} ms   p95 {p95:8.1f} ms{'' if p95 <= 60 else '   OVER 60'}")
    return p95


def run() -> None:
    member = StaffMember.select(StaffMember, Organisation).join(Organisation).order_by(StaffMember.id).first()
    worst = report("counts of the tabs", measure(lambda: work_list.count_tabs(member, NOW)))
    for wanted in filters():
        name = " ".join(filter(None, (wanted.tab or wanted.state, wanted.sort, wanted.service)))
        worst = max(worst, report(name, measure(lambda wanted=wanted: work_list.list_page(member, wanted, NOW))))
        cursor = ""
        for _ in range(DEEP):
            after = work_list.list_page(member, wanted, NOW, cursor).after
            if not after:
                break
            cursor = after
        deep = measure(lambda wanted=wanted, cursor=cursor: work_list.list_page(member, wanted, NOW, cursor))
        worst = max(worst, report(name + ", deep", deep))
    for query in ("Үлгі500", "Үлгі", "000000005"):
        worst = max(
            worst, report(f"search {query}", measure(lambda query=query: work_list.find_cases(member, query, NOW)))
        )
    print(f"the slowest p95: {worst:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", nargs="?")
    parser.add_argument("--cases", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db.initialize(database.make_database(options.address or f"sqlite:///{folder}/bench.sqlite"))
        database.connect()
        database.upgrade(backup=False)
        start = time.perf_counter()
        fill(options.cases)
        print(f"{options.cases} cases made in {time.perf_counter() - start:.0f} s")
        run()
        db.close()


if __name__ == "__main__":
    main()
