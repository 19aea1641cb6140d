"""The work list of a body's staff: what waits, in order, page by page, however many cases there are.

Each list is read in the order of an index of its own (models.Case), from the place where the page before ended: a deep
page costs what the first one costs. Conditions that no index leads by are written so that the database judges them
inside the index it reads in order, instead of choosing another and sorting: COALESCE hides a column from its planner.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from peewee import JOIN, SQL, Expression, Select, fn

from ...db import MOST_ROWS, db
from ...models import Account, Case, CaseName, QueueEntry, StaffMember
from ...sql import json_text
from ...typed_text import clean_number
from .. import numbers
from ..cases.names import TAIL, keys_of, name_key, tail_key, words_in
from ..cases.timeline import OVER
from ..folding import fold
from ..iin import IinWrong, read_iin
from ..local_time import ZONE, local
from ..name_match import is_same_word
from ..phones import normalise_phone
from ..procedures.rules import STATES
from ..records import audit

TABS = ("mine", "open", "overdue", "today", "unassigned", "complaints", "unconfirmed")
SORTS = ("due", "submitted")
PAGE = 25
MOST_COUNTED = 1000
MOST_FOUND = 50
MOST_LOOKED_AT = 500  # names that begin alike, where the rest of what was typed is compared one by one


@dataclass(frozen=True)
class Filter:
    """What is looked at. `tab`, one of TABS, and `state` both hold: with a state what is closed is looked at, too,
    except where a deadline is asked for. `sort` counts where the order is free."""

    tab: str = "mine"
    state: str = ""
    service: str = ""
    sort: str = "due"

    @property
    def is_sorted_freely(self) -> bool:
        """Overdue, due today, complaints and what is unconfirmed are asked by deadline, so they stand by deadline."""
        return self.tab not in ("overdue", "today", "complaints", "unconfirmed")

    @property
    def by(self) -> str:
        return self.sort if self.is_sorted_freely else "due"


@dataclass(frozen=True)
class WorkRow:
    """A line of the list. `holder`: the name of who has the case, "" for nobody. Of a child in a queue its name and the
    year that it queues in; "" and None elsewhere."""

    case: Case
    applicant: str
    iin: str
    holder: str
    child: str = ""
    birth_year: int | None = None


@dataclass(frozen=True)
class Page:
    """`before` and `after` are cursors of the pages on either side, "" where there is none."""

    rows: list[WorkRow]
    before: str
    after: str


@dataclass(frozen=True)
class Found:
    """What a search found, and whether there is more than is shown."""

    rows: list[WorkRow]
    more: bool = False


class CursorUnreadable(ValueError):
    """A cursor that this list never gave."""


def read_filter(tab: str, state: str, service: str, sort: str) -> Filter:
    """A filter from an address: what is unknown is left out."""
    return Filter(
        tab if tab in TABS else "mine",
        state if state in STATES else "",
        service[:60],
        sort if sort in SORTS else "due",
    )


def list_page(staff: StaffMember, wanted: Filter, now: dt.datetime, cursor: str = "") -> Page:
    """A page of the list, from the cursor on; one query. Raises CursorUnreadable."""
    way, moment, last_id = _read_cursor(cursor)
    column = Case.due_at if wanted.by == "due" else Case.submitted_at
    up = (wanted.by == "due") == (way != "before")  # by deadline the earliest first, by submission the newest
    ids = Case.select(Case.id).where(_conditions(staff, wanted, now))
    if moment is not None:
        ids = ids.where(_beyond(column, moment, last_id, up))
    order = (column, Case.id) if up else (column.desc(), Case.id.desc())
    rows = _rows(ids.order_by(*order).limit(PAGE + 1), order)
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


def find_cases(staff: StaffMember, query: str, now: dt.datetime) -> Found:
    """The body's cases of a number or its last four signs, of a whole IIN, of a phone, or of a name; newest first.

    An IIN finds what its holder applied for, and what was applied for a child of this number. A name is found by its
    beginning, surname or first name; in a case of Kazakh or Russian, or with initials, where that finds nothing.
    The search for an IIN or a phone is on record, without it.
    """
    query = query.strip()[:200]
    of_body = Case.body == staff.organisation_id
    number = numbers.normalise_number(query)
    if number is not None and (rows := _found(Case.select(Case.id).where(Case.number == number, of_body))):
        return Found(rows)
    incoming = numbers.normalise_incoming_number(query)
    if incoming is not None:
        return Found(_found(Case.select(Case.id).where(Case.incoming_number == incoming, of_body)))
    digits = "".join(clean_number(query).replace("-", " ").split())
    if digits.isdecimal() and len(digits) == 12:
        return Found(_find_by_iin(staff, digits, now))
    phone = normalise_phone(query)
    if phone is not None:
        return Found(_find_by_phone(staff, phone, now))
    code = numbers.normalise_code(query)
    if len(code) == TAIL and (rows := _found(_ids_between(staff, tail_key(code)).limit(MOST_FOUND))):
        return Found(rows)
    return _find_by_name(staff, query)


def _find_by_name(staff: StaffMember, query: str) -> Found:
    keys = [key for key in keys_of(query) if len(key) >= 4]
    for ids in (*(_ids_between(staff, key) for key in keys), _ids_alike(staff, query)):
        rows = _found(Case.select(Case.id).where(Case.id.in_(ids), Case.body == staff.organisation_id))
        if rows:
            return Found(rows[:MOST_FOUND], more=len(rows) > MOST_FOUND)
    return Found([])


def _ids_between(staff: StaffMember, key: str) -> Any:
    """The cases with a name that begins so: a range of the index. Of one case several names may."""
    named = (CaseName.body == staff.organisation_id) & (CaseName.name >= key) & (CaseName.name < key + "a")
    ids = CaseName.select(CaseName.case.alias("id")).where(named)
    return ids.order_by(CaseName.name, CaseName.case).limit(4 * MOST_FOUND + 4)


def _ids_alike(staff: StaffMember, query: str) -> list[int]:
    """The cases with a name in which each word that was typed stands: in another case, or as an initial."""
    words = fold(query).split()[:4]
    longest = max(words, key=len, default="")
    if len(longest) < 4:
        return []
    key = name_key(longest[: max(4, len(longest) - 4)])
    named = (CaseName.body == staff.organisation_id) & (CaseName.name >= key) & (CaseName.name < key + "a")
    rows = CaseName.select(CaseName.case, CaseName.name).where(named).order_by(CaseName.name, CaseName.case)
    looked_at = [(row.case_id, words_in(row.name)) for row in rows.limit(MOST_LOOKED_AT)]
    return [id for id, own in looked_at if all(any(_is_meant(other, word) for other in own) for word in words)]


def _is_meant(own: str, word: str) -> bool:
    return own.startswith(word) if len(word) == 1 else is_same_word(own, word)


def _find_by_iin(staff: StaffMember, digits: str, now: dt.datetime) -> list[WorkRow]:
    try:
        iin = read_iin(digits)
    except IinWrong:
        return []
    audit.record(f"staff:{staff.id}", "search_by_iin", f"organisation:{staff.organisation_id}", now)
    account = Account.select(Account.id).where(Account.iin == iin)
    return _of_account_or_stated(staff, account, iin)


def _find_by_phone(staff: StaffMember, phone: str, now: dt.datetime) -> list[WorkRow]:
    audit.record(f"staff:{staff.id}", "search_by_phone", f"organisation:{staff.organisation_id}", now)
    account = Account.select(Account.id).where((Account.phone == phone) | (Account.register_phone == phone))
    return _of_account_or_stated(staff, account, phone)


def _of_account_or_stated(staff: StaffMember, account: Select, number: str) -> list[WorkRow]:
    """The body's cases of the applicant, and those in whose answers the number stands."""
    of_body = Case.body == staff.organisation_id
    stated = CaseName.select(CaseName.case).where(
        CaseName.body == staff.organisation_id, CaseName.name == name_key(number)
    )
    own = Case.select(Case.id).where(Case.account.in_(account), of_body).limit(MOST_FOUND)
    ids = {case.id for case in own} | {row.case_id for row in stated.limit(MOST_FOUND)}
    return _found(Case.select(Case.id).where(Case.id.in_(ids), of_body))[:MOST_FOUND]


def _found(ids: Any) -> list[WorkRow]:
    return _rows(ids, (Case.submitted_at.desc(), Case.id.desc()))


def _rows(ids: Any, order: tuple[Any, ...]) -> list[WorkRow]:
    """The lines of these ids: only so many rows are read beside the index."""
    picked = ids.alias("picked")
    rows = (
        Case.select(
            Case.id, Case.number, Case.kind, Case.service, Case.edition, Case.state, Case.due_at, Case.submitted_at,
            Case.unchecked, Case.is_open, Case.assignee, Case.correction_asked_at,
            Account.iin, Account.name.alias("applicant"), StaffMember.name.alias("holder"),
            QueueEntry.birth_year, json_text(Case.answers, "child_name").alias("child"),
        )
        .join(picked, on=(picked.c.id == Case.id))
        .join(Account, on=(Case.account == Account.id))
        .join(StaffMember, JOIN.LEFT_OUTER, on=(Case.assignee == StaffMember.id))
        .join(QueueEntry, JOIN.LEFT_OUTER, on=(QueueEntry.case == Case.id))
        .order_by(*order)
        .objects()
    )  # fmt: skip
    return [
        WorkRow(
            row, row.applicant, row.iin, row.holder or "", row.child or "" if row.birth_year else "", row.birth_year
        )
        for row in rows
    ]


def _conditions(staff: StaffMember, wanted: Filter, now: dt.datetime) -> Expression:
    body, by_due = Case.body == staff.organisation_id, wanted.by == "due"
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
        where &= Case.due_at <= now
    elif wanted.tab == "today":
        where &= (Case.due_at > now) & (Case.due_at <= _end_of_day(now))
    if not wanted.service:
        return where
    plain = wanted.state and wanted.tab == "open"
    return where & (Case.service == wanted.service if plain else fn.COALESCE(Case.service, "") == wanted.service)


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
