"""Figures for managers: how many cases, how many in time, how long they take, why they are refused; no person."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from ..spreadsheets import Sheet
from .counting import ReportQuery, median, percent
from .keeping import kept_at
from .sorts import APPLICATIONS, PLACES, REFUSALS, count

STANDINGS = ("in_time", "late", "queued", "waiting", "overdue", "withdrawn")


@dataclass
class ApplicationLine:
    """Figures of one group. `in_time` and `late` were answered; `overdue` wait although their term is over; `queued`
    stand in a queue: that they were put into it is not what they came for."""

    received: int = 0
    in_time: int = 0
    late: int = 0
    queued: int = 0
    waiting: int = 0
    overdue: int = 0
    withdrawn: int = 0

    def add(self, standing: str, count: int) -> None:
        """Count cases that stand so: one of STANDINGS."""
        self.received += count
        setattr(self, standing, getattr(self, standing) + count)

    @property
    def percent_in_time(self) -> int | None:
        """As figures.percent."""
        return percent(self.in_time, self.late, self.overdue)


@dataclass(frozen=True)
class Report:
    """Everything the page shows. `medians`: seconds from sending to the answer, by service, where there are answers.

    `cells`: by body and month ("2026-11"); `refusals`: by body, month, service and ground. `as_of`: when it was so.
    """

    cells: dict[tuple[int, str], ApplicationLine]
    states: dict[str, int]
    medians: dict[str, int]
    refusals: dict[tuple[int, str, str, str], int]
    as_of: dt.datetime

    @property
    def total(self) -> ApplicationLine:
        return self._sums(lambda body, month: "").get("", ApplicationLine())

    @property
    def months(self) -> dict[str, ApplicationLine]:
        """In the order of time, with those between in which nothing came."""
        lines = self._sums(lambda body, month: month)
        return (
            {month: lines.get(month, ApplicationLine()) for month in _each_month(min(lines), max(lines))}
            if lines
            else {}
        )

    @property
    def bodies(self) -> dict[int, ApplicationLine]:
        """Whoever received most first."""
        lines = self._sums(lambda body, month: body)
        return dict(sorted(lines.items(), key=lambda item: (-item[1].received, item[0])))

    @property
    def grounds(self) -> dict[tuple[str, str], int]:
        """Refusals by service and ground, the most frequent first."""
        counts = Counter[tuple[str, str]]()
        for (_, _, service, ground), many in self.refusals.items():
            counts[service, ground] += many
        return dict(counts.most_common())

    def _sums(self, group: Callable[[int, str], Any]) -> dict[Any, ApplicationLine]:
        sums: dict[Any, ApplicationLine] = defaultdict(ApplicationLine)
        for (body, month), line in self.cells.items():
            for standing in STANDINGS:
                sums[group(body, month)].add(standing, getattr(line, standing))
        return dict(sums)


def _each_month(first: str, last: str) -> Iterable[str]:
    while first <= last:
        yield first
        year, month = divmod(int(first[:4]) * 12 + int(first[5:]), 12)
        first = f"{year:04d}-{month + 1:02d}"


def make_report(asked: ReportQuery, now: dt.datetime, queueing: Collection[str] = ()) -> Report:
    """Add up what is kept, or count the cases: four queries, whatever their number.

    `queueing`: the services whose cases wait in a queue. How long they take is how long the place took.
    """
    as_of = kept_at(asked, now)
    kept = as_of is not None
    states = Counter[str]()
    cells: dict[tuple[int, str], ApplicationLine] = defaultdict(ApplicationLine)
    for body, month, state, standing, many in count(
        APPLICATIONS, ("body", "month", "state", "detail"), asked, now, kept
    ):
        states[state] += many
        cells[body, month].add(standing, many)
    refusals = count(REFUSALS, ("body", "month", "service", "detail"), asked, now, kept)
    return Report(
        dict(cells),
        dict(states.most_common()),
        _medians(asked, now, kept, queueing),
        {tuple(group): many for *group, many in refusals},
        as_of or now,
    )


def _medians(asked: ReportQuery, now: dt.datetime, kept: bool, queueing: Collection[str]) -> dict[str, int]:
    """From how many took how long, not from each case: no million of them is sorted."""
    by_service: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for service, state, minutes, many in count(APPLICATIONS, ("service", "state", "number"), asked, now, kept):
        if minutes is not None and state not in ("withdrawn", "accepted") and service not in queueing:
            by_service[service].append((minutes * 60, many))
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for service, minutes, many in count(PLACES, ("service", "number"), asked, now, kept):
        places[service].append((minutes * 60, many))
    halves = {service: median(counts) for service, counts in sorted({**by_service, **places}.items())}
    return {service: seconds for service, seconds in halves.items() if seconds is not None}


def export_figures(report: Report, names: dict[int, str]) -> Sheet:
    """The figures by organisation and month."""
    columns = ("organisation", "month", "received", *STANDINGS)
    cells = sorted(report.cells.items(), key=lambda item: (names[item[0][0]], item[0][1]))
    return Sheet(
        columns,
        tuple(
            (names[body], _first_day(month), *(getattr(line, column) for column in columns[2:]))
            for (body, month), line in cells
        ),
    )


def export_refusals(report: Report, names: dict[int, str], ground_name: Callable[[str, str], str]) -> Sheet:
    """The refusals by organisation, month and ground."""
    return Sheet(
        ("organisation", "month", "service", "ground", "text", "refusals"),
        tuple(
            (names[body], _first_day(month), service, ground, ground_name(service, ground), count)
            for (body, month, service, ground), count in sorted(report.refusals.items())
        ),
    )


def _first_day(month: str) -> dt.date:
    """A month as spreadsheets sort it."""
    return dt.date.fromisoformat(f"{month}-01")
