"""Towns and villages, and days that decrees moved, from rows of a file: all of them or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import cast, get_args

from ...db import db
from ...models import Locality, MovedDay, Organisation
from ..passports.faults import N_, Said
from ..terms import days_off
from ..terms.working_weeks import Week
from .rows import EMPTY, FileRow, ImportRefused, Problem, code_check, length, no_organisation, stands_already

LOCALITY_COLUMNS = ("code", "region_kk", "region_ru", "region_en", "name_kk", "name_ru", "name_en", "body")
MOVED_DAY_COLUMNS = ("day", "works", "week", "source")
WORKS = {"works": True, "off": False}
WEEKS: tuple[Week, ...] = get_args(Week)
Checks = dict[str, Callable[[str], Said | None]]


def _day(text: str) -> Said | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return N_("“%(text)s” is not a date; write it like 2026-03-27", text=text)
    far = N_("“%(text)s” is not a year of this century", text=text)
    return None if 2000 <= day.year <= 2100 else far


_LOCALITY: Checks = {**dict.fromkeys(LOCALITY_COLUMNS, length(100)), "code": code_check, "body": code_check}
_MOVED_DAY: Checks = {
    "day": _day,
    "works": lambda text: None if text in WORKS else N_("“%(text)s” does not fit; write works or off", text=text),
    "week": lambda text: (
        None if text in WEEKS else N_("“%(text)s” does not fit; write five_day, six_day or both", text=text)
    ),
    "source": length(300),
}


def store_localities(rows: list[FileRow]) -> None:
    """Check and store towns and villages, in the caller's transaction or one of its own. Raises ImportRefused."""
    refuse(rows, _LOCALITY, "code")
    with db.atomic():
        kept = list(Organisation.select(Organisation.id, Organisation.code, Organisation.kind))
        bodies = {row.code: row.id for row in kept}
        providers = [row.code for row in kept if row.kind == "provider"]
        unknown = [
            Problem(row.number, "body", no_organisation(row.values["body"], providers))
            for row in rows
            if row.values["body"] not in bodies
        ]
        if unknown:
            raise ImportRefused(unknown)
        for row in rows:
            data = {column: row.values[column] for column in LOCALITY_COLUMNS[1:-1]} | {
                "body": bodies[row.values["body"]]
            }
            Locality.insert(code=row.values["code"], **data).on_conflict(
                conflict_target=[Locality.code], update=data
            ).execute()


def store_moved_days(rows: list[FileRow]) -> None:
    """Check and store days that a decree moved. Raises ImportRefused."""
    refuse(rows, _MOVED_DAY, "day")
    with db.atomic():
        for row in rows:
            day, week = dt.date.fromisoformat(row.values["day"]), cast(Week, row.values["week"])
            days_off.set_moved_day(day, WORKS[row.values["works"]], row.values["source"], week)


def list_locality_rows() -> list[dict[str, str]]:
    """Every town and village as its row of a file, by code."""
    rows = Locality.select(Locality, Organisation).join(Organisation).order_by(Locality.code)
    return [
        {column: getattr(row, column) for column in LOCALITY_COLUMNS[:-1]} | {"body": row.body.code} for row in rows
    ]


def list_moved_day_rows() -> list[dict[str, str]]:
    """Every moved day as its row of a file, in their order."""
    return [
        {"day": row.day.isoformat(), "works": "works" if row.works else "off", "week": row.week, "source": row.source}
        for row in MovedDay.select().order_by(MovedDay.day)
    ]


def refuse(rows: list[FileRow], checks: Checks, key: str) -> None:
    """Raise ImportRefused with everything wrong in the rows' cells, and with keys that stand there twice."""
    problems = [problem for row in rows for problem in _cells(row, checks)]
    first: dict[str, int] = {}
    for row in rows:
        known = first.setdefault(row.values[key], row.number)
        if known != row.number:
            problems.append(Problem(row.number, key, stands_already(row.values[key], known)))
    if problems:
        raise ImportRefused(problems)


def _cells(row: FileRow, checks: Checks) -> Iterator[Problem]:
    for column, check in checks.items():
        text = row.values[column]
        what = check(text) if text else EMPTY
        if what:
            yield Problem(row.number, column, what)
