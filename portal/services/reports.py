"""Figures for managers: how many cases, how many in time, how long they take, why they are refused."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import Case as When
from peewee import fn

from ..db import local_month, seconds_between
from ..models import Case, Decision, Organisation
from .languages import ZONE
from .spreadsheets import write_csv

MINUTES_UP_TO = 7200  # seconds: shorter waits are counted by the minute, longer ones by the hour


@dataclass(frozen=True)
class Asked:
    """Which cases: submitted on these days (both included), of a service ("" all), of a body (None all)."""

    since: dt.date
    until: dt.date
    service: str = ""
    body: int | None = None


@dataclass
class Line:
    """Figures of one group. `in_time` and `late` are of those answered; `overdue` wait although their term is over."""

    received: int = 0
    in_time: int = 0
    late: int = 0
    waiting: int = 0
    overdue: int = 0

    def add(self, count: int, standing: str) -> None:
        """Count cases of a standing: in_time, late, waiting, overdue, withdrawn."""
        self.received += count
        if standing != "withdrawn":
            setattr(self, standing, getattr(self, standing) + count)


@dataclass(frozen=True)
class Report:
    """Everything the page shows. `median` is in seconds, None where nothing was answered."""

    total: Line
    states: dict[str, int]
    bodies: dict[int, Line]
    months: dict[str, Line]  # "2026-11", in order
    medians: dict[str, int]  # by service
    refusals: dict[tuple[str, str], int]  # by service and ground, most frequent first


def make_report(asked: Asked, now: dt.datetime) -> Report:
    """Count the cases in three queries, whatever their number."""
    total, states = Line(), Counter[str]()
    bodies: dict[int, Line] = {}
    months: dict[str, Line] = {}
    for body, month, state, standing, count in _counts(asked, now):
        states[state] += count
        for line in (total, bodies.setdefault(body, Line()), months.setdefault(month, Line())):
            line.add(count, standing)
    ordered = {month: months[month] for month in sorted(months)}
    return Report(total, dict(states.most_common()), bodies, ordered, _medians(asked), _refusals(asked))


def _counts(asked: Asked, now: dt.datetime) -> Iterable[tuple[int, str, str, str, int]]:
    standing = When(
        None,
        (
            (Case.state == "withdrawn", "withdrawn"),
            (Case.answered_at.is_null(False) & (Case.answered_at <= Case.due_at), "in_time"),
            (Case.answered_at.is_null(False), "late"),
            (Case.due_at < now, "overdue"),
        ),
        "waiting",
    )
    month = local_month(Case.submitted_at)
    columns = (Case.body, month.alias("month"), Case.state, standing.alias("standing"))
    rows = _asked(Case.select(*columns, fn.COUNT(Case.id)), asked)
    return rows.group_by(Case.body, month, Case.state, standing).tuples().iterator()


def _medians(asked: Asked) -> dict[str, int]:
    """The median of each service from how many took how long, by the minute or by the hour: no sorting of cases."""
    took = seconds_between(Case.submitted_at, Case.answered_at)
    step = When(None, ((took < MINUTES_UP_TO, took / 60 * 60),), took / 3600 * 3600)
    rows = _asked(Case.select(Case.service, step.alias("took"), fn.COUNT(Case.id)), asked)
    rows = rows.where(Case.answered_at.is_null(False), Case.state != "withdrawn").group_by(Case.service, step)
    by_service: dict[str, list[tuple[int, int]]] = {}
    for service, seconds, count in rows.tuples():
        by_service.setdefault(service, []).append((int(seconds), count))
    return {service: _median(sorted(steps)) for service, steps in sorted(by_service.items())}


def _median(steps: list[tuple[int, int]]) -> int:
    half, seen = sum(count for _, count in steps) / 2, 0
    for seconds, count in steps:
        seen += count
        if seen >= half:
            return seconds
    return 0


def _refusals(asked: Asked) -> dict[tuple[str, str], int]:
    rows = Decision.select(Case.service, Decision.ground, fn.COUNT(Decision.id)).join(Case)
    rows = _asked(rows, asked).where(Decision.state == "signed", Decision.kind == "refuse")
    rows = rows.group_by(Case.service, Decision.ground).order_by(fn.COUNT(Decision.id).desc())
    return {(service, ground): count for service, ground, count in rows.tuples()}


def _asked(rows: Any, asked: Asked) -> Any:
    since = dt.datetime.combine(asked.since, dt.time(), ZONE)
    until = dt.datetime.combine(asked.until + dt.timedelta(days=1), dt.time(), ZONE)
    rows = rows.where(Case.kind == "application", Case.submitted_at >= since, Case.submitted_at < until)
    if asked.service:
        rows = rows.where(Case.service == asked.service)
    if asked.body is not None:
        rows = rows.where(Case.body == asked.body)
    return rows


def body_names(report: Report, lang: str) -> dict[int, str]:
    """The names of the bodies in a report."""
    rows = Organisation.select().where(Organisation.id.in_(list(report.bodies)))
    return {row.id: getattr(row, f"name_{lang}") for row in rows} if report.bodies else {}


def export(report: Report, names: dict[int, str]) -> bytes:
    """The figures by body and by month as CSV; no person is in them."""
    columns = ("group", "name", "received", "in_time", "late", "waiting", "overdue")
    lines = [("organisation", names.get(body, str(body)), line) for body, line in report.bodies.items()]
    lines += [("month", month, line) for month, line in report.months.items()]
    cells = [(group, name, *(getattr(line, column) for column in columns[2:])) for group, name, line in lines]
    grounds = [
        ("refusals", f"{service}: {ground}", count, "", "", "", "")
        for (service, ground), count in report.refusals.items()
    ]
    return write_csv(columns, [*cells, *grounds])
