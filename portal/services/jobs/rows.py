"""Working through rows so that what one of them holds never stops those behind it.

A row at which a job fails is set aside with its reason: the job leaves it alone for a while, does the others, and
tries it again later. Administrators are told of it and see it in a list.
"""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import peewee

from ... import db as database
from ...db import db
from ...models import SetAside
from .leases import pause

Row = TypeVar("Row", bound=peewee.Model)

FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(days=1)
OURS = Path(__file__).parents[2]

_log = logging.getLogger("portal.jobs")


def work_through(
    job: str,
    rows: Iterable[Row],
    do: Callable[[Row], object],
    now: dt.datetime,
    stop_at: tuple[type[Exception], ...] = (),
) -> int:
    """Do a job's rows one by one; how many it did something about (`do` answers with something true).

    `do` holds a transaction of its own. What it raises sets this row aside, and the next one's turn comes; but what
    `stop_at` names concerns all rows alike (a neighbour is away) and is raised.
    """
    tried_before = {entry.row: entry for entry in SetAside.select().where(SetAside.job == job)}
    done = 0
    for row in rows:
        try:
            done += bool(do(row))
        except stop_at:
            raise
        except Exception as error:
            _set_aside(job, row.get_id(), error, tried_before.get(row.get_id()), now)
        else:
            if row.get_id() in tried_before:
                with db.atomic():
                    SetAside.delete().where(SetAside.job == job, SetAside.row == row.get_id()).execute()
    return done


def waiting(job: str, column: peewee.Field, now: dt.datetime) -> peewee.Expression:
    """The condition that a row's id is not set aside at the moment: for the job's own query, before its limit."""
    aside = SetAside.select(SetAside.row).where(SetAside.job == job, SetAside.next_try_at > now)
    return column.not_in(aside)


def list_aside(job: str, now: dt.datetime) -> set[int]:
    """The rows of a job that are set aside at the moment, for a job that finds its rows by more than a query."""
    aside = SetAside.select(SetAside.row).where(SetAside.job == job, SetAside.next_try_at > now)
    return {entry.row for entry in aside}


def list_set_aside() -> list[SetAside]:
    """Everything that is set aside, what failed last first."""
    return list(SetAside.select().order_by(SetAside.failed_at.desc(), SetAside.id.desc()))


def try_now(entry_id: int, now: dt.datetime) -> bool:
    """Let a job try a row again in its next round; False where it is not set aside any more."""
    with db.atomic():
        return bool(SetAside.update(next_try_at=now).where(SetAside.id == entry_id).execute())


def place_of(error: BaseException) -> str:
    """Where an error came from, in our own code if it passed there: "outbox.py:87"."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(OURS)]
    if not frames:
        return "?"
    frame = (ours or frames)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _set_aside(job: str, row: int, error: Exception, before: SetAside | None, now: dt.datetime) -> None:
    reason = f"{type(error).__name__} at {place_of(error)}"
    tries = before.tries + 1 if before else 1
    _log.error("%s set row %s aside: %s", job, row, reason)
    database.close_if_broken()
    database.connect()
    facts = {"reason": reason[:200], "tries": tries, "next_try_at": now + pause(tries, FIRST_PAUSE, LONGEST_PAUSE)}
    with db.atomic():
        SetAside.insert(job=job, row=row, failed_at=now, **facts).on_conflict(
            conflict_target=[SetAside.job, SetAside.row], update=facts
        ).execute()
