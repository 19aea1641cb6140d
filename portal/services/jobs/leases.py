"""Who does what, and when it is tried again: one worker a row, one worker a job, a growing pause after a failure."""

from __future__ import annotations

import datetime as dt

import peewee

from ...db import db
from ...models import JobLease

LONGEST_PAUSE = dt.timedelta(days=1)  # no job takes a lease of more


def pause(tries: int, first: dt.timedelta, longest: dt.timedelta) -> dt.timedelta:
    """How long to wait after so many failed tries (1 and more): `first`, then twice as long each time."""
    return min(first * 2 ** min(max(tries, 1) - 1, 20), longest)


def take(row: peewee.Model, **changes: object) -> bool:
    """Change a row for this worker alone; False where one of these columns is not as it was read: another has it.

    The row in hand is changed alike.
    """
    model = type(row)
    as_read = [
        column.is_null() if value is None else column == value
        for column, value in ((getattr(model, name), getattr(row, name)) for name in changes)
    ]
    with db.atomic():
        taken = model.update(**changes).where(model._meta.primary_key == row.get_id(), *as_read).execute()
    for name, value in changes.items():
        setattr(row, name, value)
    return bool(taken)


def take_job(job: str, until: dt.datetime, now: dt.datetime) -> bool:
    """Take a job that one worker does at a time, until a moment at the latest; False while another has it."""
    with db.atomic():
        ahead = JobLease.leased_until > now + LONGEST_PAUSE  # taken by a clock that ran ahead
        free = (JobLease.job == job) & ((JobLease.leased_until <= now) | ahead)
        if JobLease.update(leased_until=until).where(free).execute():
            return True
        try:
            with db.atomic():
                JobLease.create(job=job, leased_until=until)
        except peewee.IntegrityError:
            return False
        return True


def give_back(job: str, until: dt.datetime, now: dt.datetime) -> None:
    """The job is done: another worker may take it. Nothing happens where the lease has passed to another meanwhile."""
    with db.atomic():
        JobLease.update(leased_until=now).where(JobLease.job == job, JobLease.leased_until == until).execute()
