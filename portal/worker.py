"""The worker: sends the outbox, runs what others left to be done, throws away what has expired.

Any number of workers may run at once, on one machine or several: a row is taken by one of them, and a job that takes
no rows is done by one at a time. What fails at a row never stops the rows behind it, see services/jobs/rows.py.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import db
from .context import Context
from .services.applications import renewals
from .services.complaints import moving
from .services.complaints import work as complaint_work
from .services.editions.published import EditionWatch
from .services.files import documents, scans, uploads
from .services.identity import codes, limits, sessions
from .services.jobs import leases
from .services.jobs.clock_watch import ClockWatch
from .services.jobs.rows import place_of
from .services.journeys import drafts
from .services.keys import loose
from .services.messages import outbox
from .services.office import passing_on, watch
from .services.papers import sealed_files
from .services.procedures import registry
from .services.procedures.protocol import ProcedureJob as ProcedureJob
from .services.reports import keeping
from .services.signatures import requests

PAUSE = 1.0  # seconds between rounds: how long a code may wait before it is sent
HALF_A_MINUTE, MINUTE = 30, 60  # rounds, about
LEASE = dt.timedelta(minutes=10)  # longer than any job takes in one round

_log = logging.getLogger("portal.worker")


@dataclass(frozen=True)
class Job:
    """Something the worker does by itself: a bounded amount at a time; `do` says how many things it did.

    `every`: rounds from one time to the next. `alone`: by one worker at a time.
    """

    name: str
    do: Callable[[Context, dt.datetime], int]
    every: int = 1
    alone: bool = False


def seal_papers(context: Context, now: dt.datetime) -> int:
    """Seal papers that were issued."""
    gateways = context.gateways
    desk = sealed_files.SealingDesk(gateways.seal, gateways.storage, context.settings.base_url)
    return sealed_files.seal_waiting(desk, now)


def offer_renewals(context: Context, now: dt.datetime) -> int:
    """Ask in time whether to renew."""
    return renewals.offer_renewals(context.passports.list_services(context.today()), now)


def forget_files(context: Context, now: dt.datetime) -> int:
    """Delete the files of drafts that are gone, of uploads never finished, and those that no row has; how many."""
    storage = context.gateways.storage
    return documents.purge(storage, now) + uploads.purge(storage, now) + loose.sweep(storage, now)


def purge(context: Context, now: dt.datetime) -> int:
    """Delete sessions, codes, counters and drafts that nothing can need any more; how many rows."""
    ended = sessions.forget_expired(now) + codes.forget_old_codes(now) + limits.forget_expired(now)
    return ended + drafts.forget_old(now) + requests.forget_old(now)


JOBS: tuple[Job, ...] = (
    Job("send_messages", lambda context, now: outbox.send_due(context.gateways, now)),
    Job("check_again", lambda context, now: watch.check_again(context.gateways.registries, now)),
    Job("hand_to_officers", lambda _, now: watch.hand_to_officers(now)),
    Job("scan_files", lambda context, now: scans.scan_due(context.gateways, now)),
    Job("seal_papers", seal_papers, alone=True),
    Job("offer_renewals", offer_renewals, MINUTE, alone=True),
    Job("warn_officers", lambda _, now: watch.warn_officers(now), MINUTE),
    Job(
        "pass_up_stuck", lambda _, now: moving.pass_up_stuck(now), MINUTE
    ),  # before raise_silent: its term is new there
    Job("raise_silent", lambda _, now: complaint_work.raise_silent(now), MINUTE),  # mark_overdue leaves it complaints
    Job("mark_overdue", lambda _, now: watch.mark_overdue(now), MINUTE),
    Job("pass_on_cases", lambda _, now: passing_on.pass_on_due(now), MINUTE),
    Job("tell_of_rows_set_aside", lambda _, now: watch.tell_of_rows_set_aside(now), MINUTE, alone=True),
    Job("keep_figures", lambda _, now: keeping.keep_figures(now), HALF_A_MINUTE, alone=True),
    Job("forget_files", forget_files, MINUTE, alone=True),
    Job("purge", purge, MINUTE, alone=True),
)


def list_jobs() -> tuple[Job, ...]:
    """What the worker does each round, in this order: then what each procedure does by itself."""
    return (*JOBS, *(_of_procedure(job) for each in registry.list_procedures() for job in each.jobs))


def _of_procedure(job: ProcedureJob) -> Job:
    return Job(job.name, lambda _, now: job.run(now), 1 if job.each_round else MINUTE, job.alone)


def run_once(context: Context, now: dt.datetime, jobs: tuple[Job, ...] | None = None) -> int:
    """Do every job once; how many things were done. One that fails is logged, and the others are done nevertheless."""
    done = 0
    for job in list_jobs() if jobs is None else jobs:
        try:
            with _taken(job, now) as mine:
                done += job.do(context, now) if mine else 0
        except Exception as error:
            # What a database error says may quote a row, hence a person: only its kind and its place are logged.
            _log.error("job %s failed: %s at %s", job.name, type(error).__name__, place_of(error))
            db.close_if_broken()
            db.connect()
    return done


@contextlib.contextmanager
def _taken(job: Job, now: dt.datetime) -> Iterator[bool]:
    """The job for this worker where it is done by one at a time; False while another has it."""
    until = now + LEASE
    if not job.alone:
        yield True
    elif not leases.take_job(job.name, until, now):
        yield False
    else:
        try:
            yield True
        finally:
            db.close_if_broken()
            db.connect()
            leases.give_back(job.name, until, now)


def run_forever(context: Context, stop: threading.Event | None = None) -> None:
    """Work until `stop` is set, in the main thread also until SIGTERM or SIGINT. The round under way is finished."""
    stop = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        signal.signal(signal.SIGINT, lambda *_: stop.set())
    editions = EditionWatch(context.passports)
    rounds, clock = 0, ClockWatch()
    try:
        while not stop.is_set():
            _round(context, rounds, clock, editions)
            rounds += 1
            stop.wait(PAUSE)
    finally:
        if not db.db.is_closed():
            db.db.close()


def due_jobs(round: int, clock: ClockWatch, now: dt.datetime) -> tuple[Job, ...]:
    """What is done in this round. What is done once a minute deletes and lets terms pass: by a trusted clock alone."""
    if round % MINUTE == 0 and not clock.trusts(now):
        _log.error("the clock has jumped: until it holds for an hour nothing is deleted and no term passes")
        return tuple(job for job in list_jobs() if job.every == 1)
    return tuple(job for job in list_jobs() if round % job.every == 0)


def _round(context: Context, round: int, clock: ClockWatch, editions: EditionWatch) -> None:
    try:
        db.close_if_broken()
        db.connect()
        editions.look(context.now())
        run_once(context, context.now(), due_jobs(round, clock, context.now()))
    except Exception as error:
        _log.error("the worker goes on after %s at %s", type(error).__name__, place_of(error))
