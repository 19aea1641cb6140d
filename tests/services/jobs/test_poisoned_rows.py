"""Nothing that one row holds stops the rows behind it: each job with a row in front at which it fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import peewee
import pytest
from flask import Flask

from portal import db as database
from portal import worker
from portal.context import Context
from portal.db import db
from portal.models import (
    Case,
    Check,
    Complaint,
    Decision,
    Document,
    Draft,
    Event,
    LooseFile,
    Message,
    SealedPaper,
    SetAside,
    Task,
    Upload,
)
from portal.services.applications import renewals
from portal.services.cases import register_checks
from portal.services.complaints import work as complaint_work
from portal.services.files import documents, scans, uploads
from portal.services.keys import loose
from portal.services.office import watch
from portal.services.papers import issuing, sealed_files
from portal.services.review import decisions
from tests.paper_samples import ALL
from tests.review_data import MONDAY, make_account, make_case, make_school, make_staff, make_unchecked

DAY = dt.timedelta(days=1)
SECRET = "900101400014"


class Town:
    """A school whose cases come in pairs: the first is the poisoned one."""

    def __init__(self) -> None:
        self.school = make_school()
        self.officer = make_staff(self.school, "aigul")
        self.head = make_staff(self.school, "gulnar", "head")
        self.admin = make_staff(self.school, "admin", "admin")

    def cases(self, **facts: Any) -> list[Case]:
        return [make_case(self.school, make_account(number), **facts) for number in (1, 2)]


@pytest.fixture
def town(app: Flask) -> Iterator[Town]:
    with app.app_context():
        database.connect()
        yield Town()


@pytest.fixture
def context(app: Flask) -> Context:
    return app.extensions["context"]


def papers(town: Town) -> list[peewee.Model]:
    with db.atomic():
        for case in town.cases():
            issuing.issue_paper(case, "order", ALL["order"], MONDAY, "kk")
    return list(SealedPaper.select().order_by(SealedPaper.id))


def sealed() -> list[int]:
    return [row.id for row in SealedPaper.select().where(SealedPaper.sealed_at.is_null(False))]


def unchecked(town: Town) -> list[peewee.Model]:
    for number in (1, 2):
        make_unchecked(town.school, make_account(number), due_at=MONDAY - DAY)
    return list(Check.select().order_by(Check.id))


def asked() -> list[int]:
    return [row.id for row in Check.select().where(Check.tries > 0)]


def late_checks(town: Town) -> list[peewee.Model]:
    unchecked(town)
    return list(Case.select().order_by(Case.id))


def with_task(kind: str) -> Callable[[], list[int]]:
    return lambda: [row.case_id for row in Task.select().where(Task.kind == kind)]


def with_event(kind: str) -> Callable[[], list[int]]:
    return lambda: [row.case_id for row in Event.select().where(Event.kind == kind)]


def due_tomorrow(town: Town) -> list[peewee.Model]:
    return list(town.cases(due_at=MONDAY + DAY, submitted_at=MONDAY - DAY))


def overdue(town: Town) -> list[peewee.Model]:
    return list(town.cases(due_at=MONDAY - DAY))


def ending(town: Town) -> list[peewee.Model]:
    return list(town.cases(state="granted", answers={"conclusion_until": "2026-12-01"}))


def signed_late(town: Town) -> list[peewee.Model]:
    for case in town.cases(state="in_review"):
        Decision.create(
            case=case, open_case=case.id, kind="grant", prepared_by=town.officer, prepared_at=MONDAY - DAY,
            signed_by=town.head, signed_at=MONDAY - DAY, issue_at=MONDAY, state="signed",
        )  # fmt: skip
    return list(Decision.select().order_by(Decision.id))


def issued() -> list[int]:
    return [row.id for row in Decision.select().where(Decision.issued_at.is_null(False))]


def silent(town: Town) -> list[peewee.Model]:
    cases = town.cases(kind="complaint", due_at=MONDAY - DAY)
    for case in cases:
        Complaint.create(case=case, to="provider", against="body")
    return list(cases)


def files(town: Town) -> list[peewee.Model]:
    account = make_account(9)
    for key in ("a" * 43, "b" * 43):
        Document.create(
            key=key, account=account, draft_key="gone", field="conclusion", name="a.pdf", media_type="application/pdf",
            size=1,
            sha256="", key_id="demo", data_key="", state="pending", next_scan_at=MONDAY, created_at=MONDAY - 90 * DAY,
        )  # fmt: skip
    return list(Document.select().order_by(Document.id))


def scanned() -> list[int]:
    return [row.id for row in Document.select().where(Document.state != "pending")]


made: list[int] = []


def old_files(town: Town) -> list[peewee.Model]:
    rows = files(town)
    Document.update(state="clean", next_scan_at=None).execute()
    made[:] = [row.id for row in rows]
    return rows


def left_uploads(town: Town) -> list[peewee.Model]:
    account = make_account(9)
    for key in ("a" * 43, "b" * 43):
        Upload.create(
            key=key, account=account, draft_key="gone", field="conclusion", name="a.pdf", length=1, key_id="demo",
            data_key="", created_at=MONDAY - DAY, expires_at=MONDAY,
        )  # fmt: skip
    rows = list(Upload.select().order_by(Upload.id))
    made[:] = [row.id for row in rows]
    return rows


def loose_files(town: Town) -> list[peewee.Model]:
    rows = [LooseFile.create(name=letter * 43, noted_at=MONDAY - 2 * DAY) for letter in "ab"]
    made[:] = [row.id for row in rows]
    return rows


def gone(model: type[peewee.Model]) -> Callable[[], list[int]]:
    return lambda: [id for id in made if model.get_or_none(model.id == id) is None]


# The job, what it works through, where it meets a row, and what it got done.
JOBS: dict[str, tuple[Callable[[Town], list[Any]], object, str, Callable[[], list[int]]]] = {
    "seal_papers": (papers, sealed_files, "_make", sealed),
    "check_again": (unchecked, register_checks, "try_again", asked),
    "hand_to_officers": (late_checks, watch, "give_task", with_task("check")),
    "warn_officers": (due_tomorrow, watch, "give_task", with_task("due_soon")),
    "mark_overdue": (overdue, watch, "give_task", with_task("overdue")),
    "offer_renewals": (ending, renewals, "_offer", with_event("renewal_offered")),
    "issue_signed": (signed_late, decisions, "_issue_late", issued),
    "raise_silent": (silent, complaint_work, "find_head", with_event("escalated")),
    "scan_files": (files, scans, "_scan", scanned),
    "forget_documents": (old_files, documents, "discard_files", gone(Document)),
    "forget_uploads": (left_uploads, uploads, "abandon", gone(Upload)),
    "forget_loose": (loose_files, loose, "_delete", gone(LooseFile)),
}


def id_of(row: Any) -> Any:
    return row.get_id() if isinstance(row, peewee.Model) else row


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str, Any], None]:
    def put(module: object, name: str, row: Any) -> None:
        real = getattr(module, name)
        marks = {id_of(row)}
        if isinstance(row, SealedPaper):
            marks = {row.paper_id}

        def fail(first: Any, *rest: Any, **more: Any) -> Any:
            if id_of(first) in marks:
                raise ValueError(f"what this row holds: {SECRET}")
            return real(first, *rest, **more)

        monkeypatch.setattr(module, name, fail)

    return put


def run(job: str, context: Context, now: dt.datetime = MONDAY) -> None:
    name = "forget_files" if job.startswith("forget_") else job
    worker.run_once(context, now, tuple(entry for entry in worker.JOBS if entry.name == name))


@pytest.mark.parametrize("job", JOBS)
def test_a_row_at_which_a_job_fails_is_set_aside_and_those_behind_it_are_done(
    town: Town, context: Context, poison: Callable[..., None], caplog: pytest.LogCaptureFixture, job: str
) -> None:
    make, module, name, done = JOBS[job]
    first, second = make(town)
    poison(module, name, first)
    run(job, context)
    assert done() == [second.id]
    aside = SetAside.get()
    assert (aside.job, aside.row, aside.tries) == (job, first.id, 1)
    assert aside.reason.startswith("ValueError at ")
    assert SECRET not in aside.reason + caplog.text


@pytest.mark.parametrize("job", JOBS)
def test_a_row_set_aside_is_tried_again_later_and_forgotten_once_it_is_done(
    town: Town, context: Context, monkeypatch: pytest.MonkeyPatch, poison: Callable[..., None], job: str
) -> None:
    make, module, name, done = JOBS[job]
    first, second = make(town)
    with monkeypatch.context() as bad_day:
        real = getattr(module, name)
        poison(module, name, first)
        run(job, context)
        bad_day.setattr(module, name, real)
        run(job, context, MONDAY + dt.timedelta(seconds=30))
        assert done() == [second.id], "left alone for a minute"
        run(job, context, MONDAY + dt.timedelta(minutes=3))
    assert sorted(done()) == [first.id, second.id]
    assert SetAside.select().count() == 0


def test_many_poisoned_rows_do_not_fill_the_round(
    town: Town, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [make_case(town.school, make_account(number), due_at=MONDAY - DAY) for number in range(1, 61)]
    good = rows[-1].id

    def fail(case: Case, *rest: Any) -> Any:
        if case.id != good:
            raise ValueError
        return real(case, *rest)

    real = watch.give_task
    monkeypatch.setattr(watch, "give_task", fail)
    for minute in range(2):  # fifty rows a round
        run("mark_overdue", context, MONDAY + dt.timedelta(seconds=30 * minute))
    assert with_task("overdue")() == [good]


def test_a_neighbour_that_is_away_sets_nobody_aside(
    town: Town, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers(town)

    def away(*_: object) -> None:
        raise sealed_files.StorageDown

    monkeypatch.setattr(sealed_files, "_make", away)
    run("seal_papers", context)
    assert (SetAside.select().count(), sealed()) == (0, [])


def test_administrators_get_one_letter_about_what_was_set_aside(
    town: Town, context: Context, poison: Callable[..., None]
) -> None:
    first, _ = overdue(town)
    poison(watch, "give_task", first)
    run("mark_overdue", context)
    for _ in range(2):
        run("tell_of_rows_set_aside", context)
    letters = list(Message.select().where(Message.channel == "mail", Message.to == town.admin.email))
    assert len(letters) == 1
    assert "mark_overdue (1)" in letters[0].text


def test_of_two_workers_one_offers_the_renewal(town: Town, context: Context) -> None:
    case, _ = ending(town)
    passport = context.passports.get("home-schooling")
    assert passport.renewal is not None
    assert renewals._offer(case, passport, passport.renewal, MONDAY)
    assert not renewals._offer(case, passport, passport.renewal, MONDAY)  # read before the first one wrote
    assert Draft.select().count() == 1


def test_a_renewal_is_offered_however_many_older_cases_are_not_due(
    town: Town, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 24):
        make_case(
            town.school, make_account(number), state="granted", answers={"conclusion_until": "2027-05-25"},
            submitted_at=MONDAY - 60 * DAY,
        )  # fmt: skip
    due = make_case(town.school, make_account(30), state="granted", answers={"conclusion_until": "2026-12-01"})
    assert renewals.offer_renewals(context.passports.list_services(MONDAY.date()), MONDAY, limit=1) == 1
    assert with_event("renewal_offered")() == [due.id]


def test_a_job_done_by_one_at_a_time_is_not_done_while_another_worker_has_it(town: Town, context: Context) -> None:
    done: list[int] = []
    job = worker.Job("purge", lambda *_: len(done.append(1) or done), alone=True)

    def nested(context: Context, now: dt.datetime) -> int:
        return worker.run_once(context, now, (job,))

    assert worker.run_once(context, MONDAY, (replace(job, do=nested),)) == 0
    assert worker.run_once(context, MONDAY, (job,)) == 1
