"""Processes killed at every write, and processes that race: everything or nothing, and exactly once (ASVS V2.3)."""

from __future__ import annotations

import contextlib
import os
import signal
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from portal import db as database
from portal.db import db
from portal.models import (
    MODELS,
    Account,
    Case,
    Consent,
    Draft,
    Event,
    Group,
    Message,
    Paper,
    QueueEntry,
    Referral,
    Signature,
)
from portal.services import numbers
from portal.services.applications.submitting import submit_application
from portal.services.complaints import submitting
from portal.services.identity import codes
from portal.services.journeys.answers import canonical_text
from portal.services.preschool.queue import ChildAlreadyQueued
from portal.services.signatures.signing import SignedByCode
from portal.services.signatures.text_hash import text_hash
from tests.queue_data import NOW, PASSPORT, Registers, answers_for, journey_for, make_iin, make_places

AT_LEAST = 60  # kills


@pytest.fixture(autouse=True)
def connection(app: Flask) -> Iterator[None]:
    with app.app_context():
        database.connect()
        make_places(places=0)
        yield
        database.connect()


def make_account(number: int) -> Account:
    phone = f"+7700{number:07d}"
    start = f"{70 + number // 28}01{number % 28 + 1:02d}4"
    return Account.create(iin=make_iin(start), name=f"Үлгі {number}", phone=phone, register_phone=phone, created_at=NOW)


def make_draft(account: Account, kind: str, answers: dict[str, Any]) -> Draft:
    return Draft.create(
        key=numbers.new_code(12), account=account, kind=kind, service=PASSPORT.id, edition=PASSPORT.edition,
        answers=answers, done=[step.id for step in PASSPORT.steps], started_at=NOW, saved_at=NOW,
    )  # fmt: skip


def sign(account: Account, text: str) -> SignedByCode:
    handle = codes.request_code("sign", account.iin, Registers(), NOW, "10.0.0.1", bound_to=text_hash(text))
    sent = Message.get(Message.key == f"code:{handle}").text
    return SignedByCode(handle, "".join(letter for letter in sent if letter.isdigit()))


@dataclass(frozen=True)
class Prepared:
    """A draft with everything it takes to send it."""

    draft: Draft
    send: Callable[[], Case]


def application(number: int, registers: Registers | None = None, child: int = 0) -> Prepared:
    account = make_account(number)
    draft = make_draft(account, "application", answers_for(child or number))
    code = sign(account, canonical_text(journey_for(draft.answers), account, "kk"))
    asked = registers or Registers()
    return Prepared(draft, lambda: submit_application(account, draft, PASSPORT, "kk", code, asked, NOW))


def unchecked_application(number: int) -> Prepared:
    return application(number, Registers(down=True))


def application_for_a_free_place(number: int) -> Prepared:
    Group.update(places=1000).execute()
    return application(number)


def complaint(number: int) -> Prepared:
    account = make_account(number)
    begun = {"against": "provider", "about": "", "body": "body", "official": "", "text": "Мәтін", "address": "Орал"}
    draft = make_draft(account, "complaint", begun)
    code = sign(account, submitting.complaint_text(submitting.read_complaint(draft, PASSPORT), account, "kk", NOW))
    return Prepared(draft, lambda: submitting.submit_complaint(account, draft, PASSPORT, "kk", code, NOW))


SCENARIOS = {
    "to a place": application_for_a_free_place,
    "unchecked, into the queue": unchecked_application,
    "complaint": complaint,
}


def everything() -> dict[str, list[str]]:
    tables = [model._meta.table_name for model in MODELS]
    return {table: sorted(map(repr, db.execute_sql(f'SELECT * FROM "{table}"').fetchall())) for table in tables}


def shape(case: Case) -> dict[str, int]:
    """How many rows of each kind belong to a case: all of them, or it is half a case."""
    parts = {model.__name__: model.select().where(model.case == case).count()
             for model in (Event, Message, Paper, Signature, Consent, QueueEntry)}  # fmt: skip
    entry = QueueEntry.get_or_none(QueueEntry.case == case)
    parts["Referral"] = Referral.select().where(Referral.entry == entry).count() if entry else 0
    parts["Draft"] = Draft.select().where(Draft.key == case.draft_key).count()
    return parts


class Writes:
    """Counts the writes and commits of this process, and may kill it at one of them."""

    def __init__(self, kill_at: int | None = None) -> None:
        self.count, self.kill_at = 0, kill_at
        self._execute, self._commit = db.obj.execute_sql, db.obj.commit

    def __enter__(self) -> Writes:
        db.obj.execute_sql, db.obj.commit = self.execute, self.commit
        return self

    def __exit__(self, *_: object) -> None:
        del db.obj.execute_sql, db.obj.commit

    def point(self) -> None:
        self.count += 1
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def execute(self, sql: str, *rest: Any, **options: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.point()
        return self._execute(sql, *rest, **options)

    def commit(self) -> Any:
        self.point()
        done = self._commit()
        self.point()
        return done


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """No connection is carried over a fork."""
    db.close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of forks beside threads
        yield
    database.connect()


def fork(job: Callable[[], None]) -> int:
    """Run the job in a process of its own, which ends with it whatever happens."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        database.connect()
        job()
        status = 0
    finally:
        os._exit(status)


def killed_while(send: Callable[[], Case], point: int) -> bool:
    def job() -> None:
        with Writes(kill_at=point):
            send()

    with apart():
        _, status = os.waitpid(fork(job), 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def test_v2_3_3_a_process_killed_at_any_write_leaves_everything_or_nothing_and_the_next_try_one_case():
    kills, number = 0, 0
    for name, prepare in SCENARIOS.items():
        number += 1
        reference = prepare(number)
        with Writes() as writes:
            whole = shape(reference.send())
        assert whole["Signature"] == 1, name
        assert whole["Draft"] == 0, name
        for point in range(1, writes.count + 1):
            number += 1
            prepared = prepare(number)
            before = everything()
            assert killed_while(prepared.send, point), f"{name} {point}: was not killed"
            kills += 1
            case = Case.get_or_none(Case.draft_key == prepared.draft.key)
            if point < writes.count:
                assert everything() == before, f"{name}: killed at write {point} of {writes.count}"
            else:  # just after the commit: nothing acknowledged, everything there
                assert case is not None, f"{name}: the commit was lost"
            sent = prepared.send()
            assert case is None or sent == case, f"{name} {point}: a second case"
            assert shape(sent) == whole, f"{name} {point}: half a case"
            assert prepared.send() == sent
            assert Case.select().where(Case.draft_key == prepared.draft.key).count() == 1
    assert kills >= AT_LEAST


def in_processes(jobs: list[Callable[[], str]]) -> list[str]:
    """Run the jobs at the same moment, each in a process of its own; what they gave back."""
    gate_out, gate_in = os.pipe()
    results, processes = [], []
    with apart():
        for job in jobs:
            out, into = os.pipe()

            def run(job: Callable[[], str] = job, into: int = into) -> None:
                os.close(gate_in)
                os.read(gate_out, 1)  # until the parent lets go
                os.write(into, job().encode())

            processes.append(fork(run))
            os.close(into)
            results.append(out)
        os.close(gate_in)
        os.close(gate_out)
        for process in processes:
            assert os.waitpid(process, 0)[1] == 0
    answers = [os.read(out, 1000).decode() for out in results]
    for out in results:
        os.close(out)
    return answers


@pytest.mark.parametrize("count", [2, 12])
@pytest.mark.parametrize("prepare", [application, complaint])
def test_v2_3_4_processes_that_send_one_draft_at_once_get_one_case(prepare: Callable[[int], Prepared], count: int):
    prepared = prepare(1)
    given = in_processes([lambda: prepared.send().number] * count)
    assert len(set(given)) == 1
    assert Case.select().count() == 1


@pytest.mark.parametrize("count", [2, 8])
def test_v15_4_2_processes_that_want_the_last_place_at_once_give_it_once(count: int):
    Group.update(places=1).execute()
    prepared = [application(number) for number in range(1, count + 1)]
    states = in_processes([lambda one=one: Case.get_by_id(one.send().id).state for one in prepared])
    assert sorted(states) == ["accepted"] * (count - 1) + ["granted"]
    assert Referral.select().where(Referral.seat.is_null(False)).count() == 1


def test_v2_3_4_two_parents_in_two_processes_get_one_place_in_the_queue_for_one_child():
    prepared = [application(number, child=7) for number in (1, 2)]

    def send(one: Prepared) -> str:
        try:
            return one.send().state
        except ChildAlreadyQueued:
            return "queued already"

    assert sorted(in_processes([lambda one=one: send(one) for one in prepared])) == ["accepted", "queued already"]
    assert QueueEntry.select().where(QueueEntry.live_child.is_null(False)).count() == 1
