"""Figures on complaints: how many, in time, satisfied, how long; for managers, and without names for everybody."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from peewee import fn

from ...models import Case, Complaint, Rating
from ...sql import seconds_between
from ..cabinet.ratings import LOW
from ..local_time import local
from ..spreadsheets import Sheet
from .counting import COLUMNS, ReportQuery, median, percent, term_standing, within

FEWEST = 5  # complaints that a line for everybody has at least: of fewer, somebody could be recognised
MOST_SENTENCES = 50
DAY = 86400  # seconds
COUNTED = ("received", "in_time", "late", "waiting", "overdue", "satisfied", "partly", "refused")
LineName = TypeVar("LineName", bound=Hashable)


@dataclass
class ComplaintLine:
    """Figures of one group. Answered in time or late, waiting, overdue; satisfied wholly, partly or not at all."""

    received: int = 0
    in_time: int = 0
    late: int = 0
    waiting: int = 0
    overdue: int = 0
    satisfied: int = 0
    partly: int = 0
    refused: int = 0
    days: Counter[int] = field(default_factory=Counter)  # whole days from sending to the answer -> how many

    def add(self, other: ComplaintLine) -> None:
        """Take another group's figures in."""
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.days.update(other.days)

    @property
    def percent_in_time(self) -> int | None:
        """As figures.percent."""
        return percent(self.in_time, self.late, self.overdue)

    @property
    def median_days(self) -> int | None:
        """Half of the answers came within so many whole days."""
        return median(self.days.items())


@dataclass(frozen=True)
class Figures:
    """Lines by service and body."""

    cells: dict[tuple[str, int], ComplaintLine]

    @property
    def total(self) -> ComplaintLine:
        return self._sums(lambda service, body: "").get("", ComplaintLine())

    @property
    def services(self) -> dict[str, ComplaintLine]:
        """Whatever got most first."""
        return _most_first(self._sums(lambda service, body: service))

    @property
    def bodies(self) -> dict[int, ComplaintLine]:
        """Whoever got most first."""
        return _most_first(self._sums(lambda service, body: body))

    def _sums(self, group: Callable[[str, int], Any]) -> dict[Any, ComplaintLine]:
        sums: dict[Any, ComplaintLine] = defaultdict(ComplaintLine)
        for (service, body), line in self.cells.items():
            sums[group(service, body)].add(line)
        return dict(sums)


@dataclass(frozen=True)
class Marks:
    """What people thought of a service's results and answers: how many marks, their average."""

    count: int
    average: float


def _most_first(lines: dict[Any, ComplaintLine]) -> dict[Any, ComplaintLine]:
    return dict(sorted(lines.items(), key=lambda item: (-item[1].received, str(item[0]))))


def count_complaints(asked: ReportQuery, now: dt.datetime) -> Figures:
    """Count the complaints: one query, whatever their number."""
    days = seconds_between(Case.submitted_at, Case.answered_at) / DAY
    columns = (Case.service, Case.body, term_standing(now), Complaint.answer, days)
    rows = Case.select(*columns, fn.COUNT(Case.id)).join(Complaint, on=(Complaint.case == Case.id))
    rows = within(rows, asked, Case.submitted_at).where(Case.kind == "complaint")
    cells: dict[tuple[str, int], ComplaintLine] = defaultdict(ComplaintLine)
    for service, body, stands, answer, took, count in rows.group_by(*COLUMNS).tuples():
        line = ComplaintLine(received=count)
        setattr(line, stands, count)
        if answer:
            setattr(line, answer, count)
        if took is not None:
            line.days[int(took)] += count
        cells[service, body].add(line)
    return Figures(dict(cells))


def last_year(now: dt.datetime) -> ReportQuery:
    """What everybody is shown: the last twelve whole months. Nobody chooses the days, so that no two answers can be
    taken from each other until one complaint is left."""
    until = local(now).date().replace(day=1) - dt.timedelta(days=1)
    following = until + dt.timedelta(days=1)
    return ReportQuery(following.replace(year=following.year - 1), until)


def merge_small(lines: dict[LineName, ComplaintLine]) -> tuple[dict[LineName, ComplaintLine], ComplaintLine | None]:
    """The groups that are large enough to be shown, and the others as one, or None where there are no others.

    Where the others together are too few, too, the smallest group that could be shown goes to them.
    """
    shown = {name: line for name, line in _most_first(lines).items() if line.received >= FEWEST}
    others = ComplaintLine()
    for name, line in lines.items():
        if name not in shown:
            others.add(line)
    while 0 < others.received < FEWEST and shown:
        others.add(shown.popitem()[1])
    return shown, others if others.received >= FEWEST else None


def count_marks(asked: ReportQuery) -> dict[str, Marks]:
    """The marks given on these days, by service."""
    rows = Rating.select(Case.service, fn.COUNT(Rating.id), fn.SUM(Rating.score)).join(Case)
    rows = within(rows, asked, Rating.given_at)
    return {service: Marks(count, int(total) / count) for service, count, total in rows.group_by(Case.service).tuples()}


def list_low_marks(asked: ReportQuery) -> list[Rating]:
    """Low marks with a sentence, the newest first, each with its case."""
    rows = within(Rating.select(Rating, Case).join(Case), asked, Rating.given_at)
    rows = rows.where(Rating.score <= LOW, Rating.text != "").order_by(Rating.given_at.desc(), Rating.id.desc())
    return list(rows.limit(MOST_SENTENCES))


def export_lines(named: Iterable[tuple[tuple[str, ...], ComplaintLine]], columns: tuple[str, ...]) -> Sheet:
    """Lines, each after its names; `columns` heads the names."""
    return Sheet(
        (*columns, *COUNTED, "percent_in_time", "median_days"),
        tuple(
            (*names, *(getattr(line, name) for name in COUNTED), line.percent_in_time, line.median_days)
            for names, line in named
        ),
    )
