"""The worker: sends the outbox, runs what others left to be done, throws away what has expired.

Any number of workers may run at once, on one machine or several: every job takes its rows so that no other has them.
"""

from __future__ import annotations

import datetime as dt
import functools
import logging
import signal
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from . import db
from .config import Settings
from .gateways import Gateways, make_gateways
from .services.applications import renewals
from .services.complaints import work as complaint_work
from .services.editions.published import EditionWatch
from .services.files import documents, scans, uploads
from .services.identity import codes, limits, sessions
from .services.journeys import drafts
from .services.keys.ring import use_keys
from .services.local_time import local
from .services.messages import outbox
from .services.office import watch
from .services.papers import sealed_files
from .services.passports.catalogue import Catalogue, FindPassport
from .services.procedures import registry
from .services.procedures.protocol import Job as ProcedureJob
from .services.procedures.table import use_procedures

Job = Callable[[Gateways, dt.datetime], int]

# What the worker does each round, in this order. A job does a bounded amount of work and says how many things it did.
JOBS: tuple[Job, ...] = (outbox.send_due,)

PAUSE = 1.0  # seconds between rounds: how long a code may wait before it is sent
ROUNDS_A_PURGE = 60

_log = logging.getLogger("portal.worker")


def run_once(gateways: Gateways, now: dt.datetime, jobs: tuple[Job, ...] | None = None) -> int:
    """Do every job once; how many things were done. One that fails is logged, and the others are done nevertheless."""
    done = 0
    for job in JOBS if jobs is None else jobs:
        try:
            done += job(gateways, now)
        except Exception as error:
            # What a database error says may quote a row, hence a person: only its kind and its place are logged.
            _log.error("job %s failed: %s at %s", _name(job), type(error).__name__, _place(error))
            db.close_if_broken()
            db.connect()
    return done


def case_jobs(passports: Catalogue) -> tuple[tuple[Job, ...], tuple[Job, ...]]:
    """What cases need by themselves, by their passports: each round, and once a minute."""

    find_passport = passports.edition

    def check_again(gateways: Gateways, now: dt.datetime) -> int:
        return watch.check_again(gateways.registries, find_passport, now)

    def hand_to_officers(_: Gateways, now: dt.datetime) -> int:
        return watch.hand_to_officers(now)

    def offer_renewals(_: Gateways, now: dt.datetime) -> int:
        return renewals.offer_renewals(passports.list_services(local(now).date()), now)

    def warn_officers(_: Gateways, now: dt.datetime) -> int:
        return watch.warn_officers(find_passport, now)

    def raise_silent(_: Gateways, now: dt.datetime) -> int:
        return complaint_work.raise_silent(now)

    def mark_overdue(_: Gateways, now: dt.datetime) -> int:
        return watch.mark_overdue(find_passport, now)

    def scan_files(gateways: Gateways, now: dt.datetime) -> int:
        return scans.scan_due(gateways, find_passport, now)

    procedures = [job for procedure in registry.list_procedures() for job in procedure.jobs]
    return (
        check_again,
        hand_to_officers,
        *(_of_procedure(job, find_passport) for job in procedures if job.each_round),
        scan_files,
    ), (
        *(_of_procedure(job, find_passport) for job in procedures if not job.each_round),
        offer_renewals,
        warn_officers,
        raise_silent,  # before mark_overdue, which leaves complaints to it
        mark_overdue,
        forget_files,
    )


def _of_procedure(job: ProcedureJob, find_passport: FindPassport) -> Job:
    @functools.wraps(job.run)
    def run(_: Gateways, now: dt.datetime) -> int:
        return job.run(find_passport, now)

    return run


def forget_files(gateways: Gateways, now: dt.datetime) -> int:
    """Delete the files of drafts that are gone, and uploads that were never finished; how many."""
    return documents.purge(gateways.storage, now) + uploads.purge(gateways.storage, now)


def paper_job(base_url: str) -> Job:
    """Seals papers that were issued. `base_url`: as printed on them."""

    def seal_papers(gateways: Gateways, now: dt.datetime) -> int:
        return sealed_files.seal_waiting(sealed_files.SealingDesk(gateways.seal, gateways.storage, base_url), now)

    return seal_papers


def purge(now: dt.datetime) -> int:
    """Delete sessions, codes, counters and drafts that nothing can need any more; how many rows."""
    ended = sessions.forget_expired(now) + codes.forget_old_codes(now) + limits.forget_expired(now)
    return ended + drafts.forget_old(now)


def run_forever(settings: Settings, stop: threading.Event | None = None, gateways: Gateways | None = None) -> None:
    """Work until `stop` is set, in the main thread also until SIGTERM or SIGINT. The round under way is finished."""
    stop = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        signal.signal(signal.SIGINT, lambda *_: stop.set())
    if db.db.obj is None:
        db.db.initialize(db.make_database(settings.database_url))
    use_keys(settings.keys)
    use_procedures()
    gateways = gateways or make_gateways(settings)
    catalogue = Catalogue.load(extra_dir=settings.passports_dir)
    editions = EditionWatch(catalogue)
    often, seldom = case_jobs(catalogue)
    often = (*often, paper_job(settings.base_url))
    rounds = 0
    try:
        while not stop.is_set():
            jobs = (*JOBS, *often) if rounds % ROUNDS_A_PURGE else (*JOBS, *often, *seldom, _purge)
            _round(gateways, jobs, editions)
            rounds += 1
            stop.wait(PAUSE)
    finally:
        if not db.db.is_closed():
            db.db.close()


def _round(gateways: Gateways, jobs: tuple[Job, ...], editions: EditionWatch) -> None:
    try:
        db.close_if_broken()
        db.connect()
        editions.look(dt.datetime.now(dt.UTC))
        run_once(gateways, dt.datetime.now(dt.UTC), jobs)
    except Exception as error:
        _log.error("the worker goes on after %s at %s", type(error).__name__, _place(error))


def _purge(_: Gateways, now: dt.datetime) -> int:
    return purge(now)


def _name(job: Job) -> str:
    return getattr(job, "__qualname__", repr(job))


def _place(error: BaseException) -> str:
    """Where the error came from, in our own code if it passed there: "messages.py:87"."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(Path(__file__).parent)]
    frame = (ours or frames)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"
