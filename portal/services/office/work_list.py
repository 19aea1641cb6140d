"""The work list of a body's staff: what waits, in order, page by page, however many cases there are.

Each list is read in the order of an index of its own (models.Case), from the place where the page before ended: a deep
page costs what the first one costs. Conditions that no index leads by are written so that the database judges them
inside the index it reads in order, instead of choosing another and sorting: COALESCE hides a column from its planner.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from peewee import SQL, Expression, Select, fn

from ...db import MOST_ROWS, db
from ...models import Case, StaffMember
from ..cases.timeline import OVER
from ..local_time import ZONE, local
from ..procedures.rules import STATES
from . import notices
from .list_rows import WorkRow, read_rows

TABS = ("mine", "open", "overdue", "today", "unassigned", "complaints", "unconfirmed")
SORTS = ("due", "submitted")
CAME = (1, 7, 30)  # days, today included, that what came in may be asked for
PAGE = 25
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Filter:
    """What is looked at. `tab`, one of TABS, and `state` both hold: with a state what is closed is looked at, too,
    except where a deadline is asked for. `sort` counts where the order is free.

    `holder`: only what this member of the staff has, 0 for whoever has it. `came`: everything that was sent within so
    many days, one of CAME, open or not, the newest first; 0 for whenever it was sent.
    `news`: what came to their own cases, one of notices.NEWS: the lists that the head of the pages counts.
    """

    tab: str = "mine"
    state: str = ""
    service: str = ""
    sort: str = "due"
    holder: int = 0
    came: int = 0
    news: str = ""

    @property
    def is_sorted_freely(self) -> bool:
        """Overdue, due today, complaints and what is unconfirmed are asked by deadline, so they stand by deadline."""
        return not (self.came or self.news) and self.tab not in ("overdue", "today", "complaints", "unconfirmed")

    @property
    def by(self) -> str:
        if self.came:
            return "submitted"
        return self.sort if self.is_sorted_freely else "due"


@dataclass(frozen=True)
class Page:
    """`before` and `after` are cursors of the pages on either side, "" where there is none."""

    rows: list[WorkRow]
    before: str
    after: str


class CursorUnreadable(ValueError):
    """A cursor that this list never gave."""


def read_filter(
    tab: str,
    state: str,
    service: str,
    sort: str,
    holder: int | None = None,
    came: int | None = None,
    news: str = "",
) -> Filter:
    """A filter from an address: what is unknown is left out."""
    return Filter(
        tab if tab in TABS else "mine",
        state if state in STATES else "",
        service[:60],
        sort if sort in SORTS else "due",
        holder or 0,
        came if came in CAME else 0,
        news if news in notices.NEWS else "",
    )


def first_tab(counts: Mapping[str, int]) -> str:
    """Where an officer arrives: at their own cases, else at what nobody has, else at everything that is open."""
    return next((tab for tab in ("mine", "unassigned") if counts[tab]), "open")


def list_page(staff: StaffMember, wanted: Filter, now: dt.datetime, cursor: str = "") -> Page:
    """A page of the list, from the cursor on; one query. Raises CursorUnreadable."""
    way, moment, last_id = _read_cursor(cursor)
    column = Case.due_at if wanted.by == "due" else Case.submitted_at
    up = (wanted.by == "due") == (way != "before")  # by deadline the earliest first, by submission the newest
    ids = Case.select(Case.id).where(_conditions(staff, wanted, now))
    if moment is not None:
        ids = ids.where(_beyond(column, moment, last_id, up))
    order = (column, Case.id) if up else (column.desc(), Case.id.desc())
    rows = read_rows(ids.order_by(*order).limit(PAGE + 1), order)
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if way == "before":
        rows.reverse()
    return Page(
        rows,
        before=_cursor("before", rows[0].case, column.name) if rows and (more if way == "before" else cursor) else "",
        after=_cursor("after", rows[-1].case, column.name) if rows and (more or way == "before") else "",
    )


def count_tabs(staff: StaffMember, now: dt.datetime) -> dict[str, int]:
    """How many stand in each tab, at most one over MOST_COUNTED; one query."""
    counts = [
        Select(
            [Case.select(SQL("1").alias("one")).where(_conditions(staff, Filter(tab), now)).limit(MOST_COUNTED + 1)],
            [fn.COUNT(SQL("*"))],
        ).alias(tab)
        for tab in TABS
    ]
    row = Select(columns=counts).bind(db).tuples().execute()
    return dict(zip(TABS, next(iter(row)), strict=True))


def _conditions(staff: StaffMember, wanted: Filter, now: dt.datetime) -> Expression:
    body, by_due = Case.body == staff.organisation_id, wanted.by == "due"
    if wanted.news:
        return _plainly(notices.has_news(staff, wanted.news), wanted)
    if wanted.came:
        return _came_in(body, wanted, now)
    timed = wanted.tab in ("overdue", "today")
    if wanted.tab == "unconfirmed":  # from the first minute, also while the registers are still asked
        where = body & (Case.unchecked == True) & fn.COALESCE(Case.state, "").not_in(OVER)  # noqa: E712 - SQL
        where = where & (fn.COALESCE(Case.state, "") == wanted.state) if wanted.state else where
    elif wanted.state and not timed:
        where = body & (Case.state == wanted.state)
    else:
        where = body & (Case.is_open == True)  # noqa: E712 - SQL
        where = where & (fn.COALESCE(Case.state, "") == wanted.state) if wanted.state else where
    if wanted.tab == "complaints":
        where &= (fn.COALESCE(Case.kind, "") == "complaint") if wanted.state else (Case.kind == "complaint")
    elif wanted.tab == "mine":
        where &= Case.assignee == staff.id
    elif wanted.tab == "unassigned":
        where &= Case.assignee.is_null() if by_due and not wanted.state else (fn.COALESCE(Case.assignee, 0) == 0)
    elif wanted.tab == "overdue":
        where &= (Case.due_at <= now) & notices.has_term()
    elif wanted.tab == "today":
        where &= (Case.due_at > now) & (Case.due_at <= _end_of_day(now)) & notices.has_term()
    if wanted.holder and wanted.tab not in ("mine", "unassigned"):
        where &= Case.assignee == wanted.holder
    if not wanted.service:
        return where
    plain = wanted.state and wanted.tab == "open"
    return where & (Case.service == wanted.service if plain else fn.COALESCE(Case.service, "") == wanted.service)


def _came_in(body: Expression, wanted: Filter, now: dt.datetime) -> Expression:
    """Whatever was sent of late, whatever became of it: no tab counts here."""
    first = local(now).date() - dt.timedelta(days=wanted.came - 1)
    return _plainly(body & (Case.submitted_at >= dt.datetime.combine(first, dt.time(), ZONE)), wanted)


def _plainly(where: Expression, wanted: Filter) -> Expression:
    """With the rest of the filter, judged inside what the condition has found."""
    for column, value in ((Case.state, wanted.state), (Case.service, wanted.service)):
        where = where & (fn.COALESCE(column, "") == value) if value else where
    return where & (fn.COALESCE(Case.assignee, 0) == wanted.holder) if wanted.holder else where


def _end_of_day(now: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(local(now).date(), dt.time(23, 59, 59), ZONE)


def _beyond(column: Any, moment: dt.datetime, last_id: int, up: bool) -> Expression:
    """After (moment, id) in the order. The plain bound stands first: it is what the index is entered by."""
    if up:
        return (column >= moment) & ((column > moment) | (Case.id > last_id))
    return (column <= moment) & ((column < moment) | (Case.id < last_id))


def _cursor(way: Literal["before", "after"], case: Case, column: str) -> str:
    moment: dt.datetime = getattr(case, column)
    text = f"{way[0]}{moment.astimezone(dt.UTC).isoformat()},{case.id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[str, dt.datetime | None, int]:
    if not cursor:
        return "after", None, 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, _, last_id = text[1:].partition(",")
        at = dt.datetime.fromisoformat(moment)
        if not 0 <= int(last_id) <= MOST_ROWS:
            raise CursorUnreadable(cursor)
        return {"b": "before", "a": "after"}[text[0]], at.astimezone(dt.UTC), int(last_id)
    except (ValueError, KeyError, IndexError, binascii.Error, OverflowError) as error:
        raise CursorUnreadable(cursor) from error
