"""Figures for managers: how many cases, how many in time, how long they take, why they are refused; no person."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from peewee import fn

from ...models import Case, Decision, QueueEntry, Referral
from ...sql import local_month, seconds_between
from ..spreadsheets import Sheet
from .counting import COLUMNS, ReportQuery, median, percent, term_standing, within

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

    `cells`: by body and month ("2026-11"); `refusals`: by body, month, service and ground.
    """

    cells: dict[tuple[int, str], ApplicationLine]
    states: dict[str, int]
    medians: dict[str, int]
    refusals: dict[tuple[int, str, str, str], int]

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
        for (_, _, service, ground), count in self.refusals.items():
            counts[service, ground] += count
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
    """Count the cases: four queries, whatever their number.

    `queueing`: the services whose cases wait in a queue. How long they take is how long the place took.
    """
    states = Counter[str]()
    cells: dict[tuple[int, str], ApplicationLine] = defaultdict(ApplicationLine)
    for body, month, state, standing, count in _counts(asked, now):
        states[state] += count
        cells[body, month].add(standing, count)
    return Report(
        dict(cells),
        dict(states.most_common()),
        {**_medians(asked, queueing), **_medians_of_places(asked)},
        _refusals(asked),
    )


def _counts(asked: ReportQuery, now: dt.datetime) -> Iterable[tuple[int, str, str, str, int]]:
    stands = term_standing(now, (Case.state == "withdrawn", "withdrawn"), (Case.state == "accepted", "queued"))
    rows = Case.select(Case.body, local_month(Case.submitted_at), Case.state, stands, fn.COUNT(Case.id))
    return _applications(rows, asked).group_by(*COLUMNS[:4]).tuples().iterator()


def _medians(asked: ReportQuery, queueing: Collection[str]) -> dict[str, int]:
    """From how many took how many minutes: no million of cases is sorted. The difference of two moments is what costs
    here, so that it stands in the query once."""
    minutes = seconds_between(Case.submitted_at, Case.answered_at) / 60
    rows = _applications(Case.select(Case.service, minutes, fn.COUNT(Case.id)), asked)
    rows = rows.where(Case.answered_at.is_null(False), Case.state.not_in(("withdrawn", "accepted")))
    if queueing:
        rows = rows.where(Case.service.not_in(list(queueing)))
    return _halves(rows.group_by(*COLUMNS[:2]))


def _medians_of_places(asked: ReportQuery) -> dict[str, int]:
    """From the application to the place, of the places given."""
    minutes = seconds_between(Case.submitted_at, Referral.given_at) / 60
    rows = Referral.select(Case.service, minutes, fn.COUNT(Referral.id)).join(QueueEntry).join(Case)
    return _halves(_applications(rows, asked).group_by(*COLUMNS[:2]))


def _halves(rows: Any) -> dict[str, int]:
    by_service: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for service, took, count in rows.tuples().iterator():
        by_service[service].append((int(took) * 60, count))
    return {service: seconds for service in sorted(by_service) if (seconds := median(by_service[service])) is not None}


def _refusals(asked: ReportQuery) -> dict[tuple[int, str, str, str], int]:
    columns = (Case.body, local_month(Case.submitted_at), Case.service, Decision.ground)
    rows = _applications(Decision.select(*columns, fn.COUNT(Decision.id)).join(Case), asked)
    issued = (Decision.state == "signed") & Decision.issued_at.is_null(False)
    rows = rows.where(issued, Decision.kind == "refuse").group_by(*COLUMNS[:4])
    return {(body, month, service, ground): count for body, month, service, ground, count in rows.tuples()}


def _applications(rows: Any, asked: ReportQuery) -> Any:
    return within(rows, asked, Case.submitted_at).where(Case.kind == "application")


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
