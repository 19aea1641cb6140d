"""Figures on complaints: how many, in time, satisfied, how long; for managers, and without names for everybody."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ...models import Case, Rating
from ..cabinet.ratings import LOW
from ..local_time import local
from ..spreadsheets import Sheet
from .counting import ReportQuery, median, percent, within
from .keeping import kept_at
from .sorts import COMPLAINTS, MARKS, count

FEWEST = 5  # complaints that a line for everybody has at least: of fewer, somebody could be recognised
MOST_SENTENCES = 50
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
    """Lines by service and body, as they stood at a moment."""

    cells: dict[tuple[str, int], ComplaintLine]
    as_of: dt.datetime

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
    """Add up what is kept, or count the complaints: one query, whatever their number."""
    as_of = kept_at(asked, now)
    cells: dict[tuple[str, int], ComplaintLine] = defaultdict(ComplaintLine)
    names = ("service", "body", "detail", "state", "number")
    for service, body, stands, answer, took, many in count(COMPLAINTS, names, asked, now, as_of is not None):
        line = ComplaintLine(received=many)
        setattr(line, stands, many)
        if answer:
            setattr(line, answer, many)
        if took is not None:
            line.days[took] += many
        cells[service, body].add(line)
    return Figures(dict(cells), as_of or now)


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


def count_marks(asked: ReportQuery, now: dt.datetime) -> dict[str, Marks]:
    """The marks given on these days, by service."""
    counts, sums = Counter[str](), Counter[str]()
    for service, score, many in count(MARKS, ("service", "number"), asked, now, kept_at(asked, now) is not None):
        counts[service] += many
        sums[service] += score * many
    return {service: Marks(many, sums[service] / many) for service, many in sorted(counts.items())}


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
