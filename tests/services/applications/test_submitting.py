"""Submitting, the queue and its places: the rules, at the services' door."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from portal import db as database
from portal.db import db
from portal.models import (
    Account,
    AuditEntry,
    Case,
    Check,
    Draft,
    Event,
    Message,
    OneTimeCode,
    Paper,
    QueueEntry,
    Referral,
    Signature,
    Task,
)
from portal.services import numbers
from portal.services.applications import submitting
from portal.services.applications.submitting import submit_application
from portal.services.cabinet import withdrawing
from portal.services.identity import codes
from portal.services.journeys.answers import canonical_text
from portal.services.journeys.drafts import journey_of
from portal.services.messages.recipient import proved_phone, unproved_phone
from portal.services.office import watch
from portal.services.preschool import queue as preschool
from portal.services.signatures.signing import SignedByCode
from portal.services.signatures.text_hash import text_hash
from tests.queue_data import NOW, PASSPORT, Registers, answers_for, journey_for, make_parent, make_places

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def connection(app: Flask) -> Iterator[None]:
    with app.app_context():
        database.connect()
        yield


def make_draft(account: Account, answers: dict[str, Any], facts: dict[str, str] | None = None) -> Draft:
    return Draft.create(
        key=numbers.new_code(12), account=account, service=PASSPORT.id, edition=PASSPORT.edition, answers=answers,
        facts=facts or {}, done=[step.id for step in PASSPORT.steps], started_at=NOW, saved_at=NOW,
    )  # fmt: skip


def code_for(account: Account, draft: Draft, now: dt.datetime = NOW) -> SignedByCode:
    """A code for exactly the draft's text, as the sign page asks for it."""
    text = canonical_text(journey_for(draft.answers, draft.facts), account, "kk")
    handle = codes.request_code("sign", account.iin, Registers(), now, "10.0.0.1", bound_to=text_hash(text))
    sent = Message.get(Message.key == f"code:{handle}").text
    return SignedByCode(handle, "".join(sign for sign in sent if sign.isdigit()))


def submit(
    account: Account, answers: dict[str, Any], registers: Registers | None = None, now: dt.datetime = NOW
) -> Case:
    draft = make_draft(account, answers)
    code = code_for(account, draft, now)
    return submit_application(account, draft, PASSPORT, "kk", code, registers or Registers(), now)


def state_of(case: Case) -> str:
    return Case.get_by_id(case.id).state


def kinds(case: Case) -> list[str]:
    return [event.kind for event in Event.select().where(Event.case == case).order_by(Event.id)]


class TestPlaces:
    def test_a_free_suitable_place_is_given_at_once(self) -> None:
        make_places()
        case = submit(make_parent(), answers_for())
        assert state_of(case) == "granted"
        assert {paper.kind for paper in Paper.select().where(Paper.case == case)} == {"receipt", "referral"}

    def test_without_a_free_place_the_child_gets_a_number_and_a_notice(self) -> None:
        make_places(places=0)
        first, second = (submit(make_parent(n), answers_for(n)) for n in (1, 2))
        assert [preschool.position(preschool.find_entry(case), NOW).number for case in (first, second)] == [1, 2]
        assert "queue_notice" in {paper.kind for paper in Paper.select().where(Paper.case == second)}

    def test_a_place_in_another_language_does_not_suit(self) -> None:
        make_places()
        assert state_of(submit(make_parent(), answers_for(kindergartens=["ru-1"], language="kk"))) == "accepted"

    def test_any_language_suits_the_first_wish_with_a_free_place(self) -> None:
        make_places()
        case = submit(make_parent(), answers_for(kindergartens=["ru-1", "kk-1"], language="any"))
        assert preschool.find_referral(case).group.kindergarten.code == "ru-1"

    def test_a_place_wanted_later_is_not_given_now(self) -> None:
        make_places()
        assert state_of(submit(make_parent(), answers_for(wanted_from="2027-09-01"))) == "accepted"

    def test_a_place_wanted_later_is_given_when_its_time_comes(self) -> None:
        make_places()
        case = submit(make_parent(), answers_for(wanted_from="2027-09-01"))
        from portal.services.preschool.placement import give_free_places

        assert give_free_places(NOW) == 0
        assert give_free_places(dt.datetime(2027, 8, 20, tzinfo=dt.UTC)) == 1
        assert state_of(case) == "granted"

    def test_a_place_never_goes_past_somebody_ahead_whom_it_suits(self) -> None:
        make_places()
        unchecked = submit(make_parent(1), answers_for(1), Registers(down=True))
        behind = submit(make_parent(2), answers_for(2))
        assert (state_of(unchecked), state_of(behind)) == ("accepted", "accepted")
        assert Referral.select().count() == 0

    def test_priority_comes_before_an_earlier_general_application(self) -> None:
        make_places(places=0)
        general = submit(make_parent(1), answers_for(1))
        orphan = submit(
            make_parent(2), answers_for(2, priority="orphan"), Registers(privileges=("orphan",)), NOW + MINUTE
        )
        assert preschool.position(preschool.find_entry(orphan), NOW).number == 1
        at = preschool.position(preschool.find_entry(general), NOW)
        assert (at.number, at.extraordinary, at.first, at.general) == (2, 0, 1, 0)

    def test_withdrawing_gives_the_place_to_the_next(self) -> None:
        make_places()
        holder, waiting = (submit(make_parent(n), answers_for(n)) for n in (1, 2))
        from portal.services.preschool.placement import give_free_places

        withdrawing.withdraw(holder.account, holder.number, NOW + MINUTE)
        assert give_free_places(NOW + 2 * MINUTE) == 1
        assert (state_of(holder), state_of(waiting)) == ("withdrawn", "granted")

    def test_withdrawing_twice_is_once(self) -> None:
        make_places(places=0)
        case = submit(make_parent(), answers_for())
        for _ in range(2):
            withdrawing.withdraw(case.account, case.number, NOW)
        assert kinds(case).count("withdrawn") == 1


class TestExactlyOnce:
    def test_the_second_call_returns_the_first_case(self) -> None:
        make_places(places=0)
        account = make_parent()
        draft = make_draft(account, answers_for())
        code = code_for(account, draft)
        numbers_given = {
            submit_application(account, draft, PASSPORT, "kk", code, Registers(), NOW).number for _ in range(2)
        }
        assert len(numbers_given) == 1
        assert (Case.select().count(), QueueEntry.select().count(), Signature.select().count()) == (1, 1, 1)

    def test_twenty_parallel_submits_of_one_draft_make_one_case(self, app: Flask) -> None:
        make_places(places=0)
        account = make_parent()
        draft = make_draft(account, answers_for())
        code = code_for(account, draft)
        results = in_parallel(
            20, lambda n: submit_application(account, draft, PASSPORT, "kk", code, Registers(), NOW).number
        )
        assert len(set(results)) == 1, results
        assert Case.select().count() == 1

    def test_one_place_is_never_given_twice(self, app: Flask) -> None:
        make_places(places=1)
        prepared = []
        for n in range(1, 9):
            account = make_parent(n)
            draft = make_draft(account, answers_for(n))
            prepared.append((account, draft, code_for(account, draft)))
        states = in_parallel(
            8,
            lambda n: state_of(submit_application(*prepared[n][:2], PASSPORT, "kk", prepared[n][2], Registers(), NOW)),
        )
        assert sorted(states) == ["accepted"] * 7 + ["granted"]
        assert Referral.select().where(Referral.seat.is_null(False)).count() == 1

    def test_parallel_parents_of_one_child_get_one_entry(self, app: Flask) -> None:
        make_places(places=0)
        prepared = []
        for n in (1, 2):
            account = make_parent(n)
            draft = make_draft(account, answers_for(1))
            prepared.append((account, draft, code_for(account, draft)))

        def attempt(n: int) -> str:
            try:
                return submit_application(*prepared[n][:2], PASSPORT, "kk", prepared[n][2], Registers(), NOW).state
            except preschool.ChildAlreadyQueued:
                return "queued already"

        assert sorted(in_parallel(2, attempt)) == ["accepted", "queued already"]
        assert QueueEntry.select().where(QueueEntry.live_child.is_null(False)).count() == 1

    @pytest.mark.parametrize("point", range(1, 16))
    def test_v2_3_3_a_failure_at_any_write_leaves_nothing(self, point: int, monkeypatch: pytest.MonkeyPatch) -> None:
        make_places(places=0)
        account = make_parent()
        draft = make_draft(account, answers_for())
        code = code_for(account, draft)
        tables = (Case, Event, Message, Signature, Paper, QueueEntry, AuditEntry, Check)
        before = [table.select().count() for table in tables]
        real, writes = db.obj.execute_sql, []

        def failing(sql: str, *rest: Any, **options: Any) -> Any:
            if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "rate_count" not in sql:
                writes.append(sql)
                if len(writes) == point:
                    raise RuntimeError("the power went")
            return real(sql, *rest, **options)

        monkeypatch.setattr(db.obj, "execute_sql", failing)
        with pytest.raises(RuntimeError, match="the power went"):
            submit_application(account, draft, PASSPORT, "kk", code, Registers(), NOW)
        monkeypatch.undo()
        assert [table.select().count() for table in tables] == before
        assert submit_application(account, draft, PASSPORT, "kk", code, Registers(), NOW).state == "accepted"


class TestSigning:
    def test_v6_6_2_a_code_for_other_answers_signs_nothing(self) -> None:
        make_places(places=0)
        account = make_parent()
        draft = make_draft(account, answers_for())
        code = code_for(account, draft)
        draft.answers = {**draft.answers, "language": "ru"}
        draft.save()
        with pytest.raises(codes.CodeUnknown):
            submit_application(account, draft, PASSPORT, "kk", code, Registers(), NOW)
        assert Case.select().count() == 0

    def test_v6_5_1_wrong_tries_are_counted_and_burn_the_code(self) -> None:
        make_places(places=0)
        account = make_parent()
        draft = make_draft(account, answers_for())
        right = code_for(account, draft)
        wrong = SignedByCode(right.handle, "000000" if right.code != "000000" else "111111")
        for _ in range(5):
            with pytest.raises(codes.CodeProblem):
                submit_application(account, draft, PASSPORT, "kk", wrong, Registers(), NOW)
        with pytest.raises(codes.CodeBurnt):
            submit_application(account, draft, PASSPORT, "kk", right, Registers(), NOW)
        assert OneTimeCode.get().tries == 5

    def test_the_text_signed_is_kept_with_its_hash(self) -> None:
        make_places(places=0)
        case = submit(make_parent(), answers_for())
        signature = Signature.get(Signature.case == case)
        assert signature.text_hash == text_hash(signature.text)
        assert "Үлгі Бала 1" in signature.text

    def test_v2_3_1_nothing_is_sent_before_every_step_is_answered(self) -> None:
        make_places()
        account = make_parent()
        draft = make_draft(account, answers_for())
        everything = list(draft.done)
        for step in [step.id for step in journey_of(draft, PASSPORT).steps]:
            draft.done = [name for name in everything if name != step]
            with pytest.raises(submitting.AnswersIncomplete):
                submit_application(account, draft, PASSPORT, "kk", SignedByCode("", ""), Registers(), NOW)
        draft.done, draft.answers = everything, {**answers_for(), "relation": "guardian"}  # it asks for the document
        with pytest.raises(submitting.AnswersIncomplete):
            submit_application(account, draft, PASSPORT, "kk", SignedByCode("", ""), Registers(), NOW)

    def test_a_child_who_turned_seven_before_submission_is_not_taken(self) -> None:
        make_places()
        account = make_parent()
        draft = make_draft(account, answers_for(child_birth_date="2019-11-23"))
        with pytest.raises(submitting.ChildTooOld):
            submit_application(account, draft, PASSPORT, "kk", SignedByCode("", ""), Registers(), NOW)


class TestChecks:
    def test_a_register_that_is_down_never_blocks_and_the_moment_stands(self) -> None:
        make_places(places=0)
        unchecked = submit(make_parent(1), answers_for(1), Registers(down=True))
        later = submit(make_parent(2), answers_for(2), now=NOW + MINUTE)
        assert unchecked.unchecked
        assert preschool.position(preschool.find_entry(unchecked), NOW).number == 1
        assert preschool.position(preschool.find_entry(later), NOW).number == 2

    def test_when_the_register_returns_the_case_is_checked_and_referred(self) -> None:
        make_places()
        case = submit(make_parent(), answers_for(), Registers(down=True))
        assert watch.check_again(Registers(), NOW + 5 * MINUTE) == 1
        assert state_of(case) == "granted"
        assert kinds(case)[-2:] == ["checked", "referral"]

    def test_past_the_thirty_minutes_an_officer_gets_the_task_and_the_citizen_is_told(self) -> None:
        make_places()
        case = submit(make_parent(), answers_for(), Registers(down=True))
        assert watch.hand_to_officers(NOW + 29 * MINUTE) == 0
        assert [watch.hand_to_officers(NOW + minutes * MINUTE) for minutes in (30, 31)] == [1, 0]
        assert Task.get(Task.case == case).body.code == "body"
        assert kinds(case)[-1] == "check_late"
        to = {message.to for message in Message.select().where(Message.case == case, Message.created_at > NOW)}
        assert to == {case.account.phone, "body@example.kz"}

    def test_a_privilege_that_no_register_shows_is_checked_before_any_referral(self) -> None:
        make_places()
        case = submit(make_parent(), answers_for(priority="large_family"))
        assert (case.unchecked, state_of(case)) == (True, "accepted")
        watch.check_again(Registers(privileges=("large_family",)), NOW + 5 * MINUTE)
        assert state_of(case) == "granted"

    def test_a_stranger_learns_nothing_of_a_child_in_the_queue(self) -> None:
        make_places(places=0)
        submit(make_parent(1), answers_for(1))
        stranger = submit(make_parent(2), answers_for(1), Registers(confirms=False))
        assert state_of(stranger) == "submitted"
        assert preschool.find_entry(stranger) is None

    def test_a_confirmed_parent_comes_before_an_entry_that_nobody_confirmed(self) -> None:
        make_places(places=0)
        squatter = submit(make_parent(1), answers_for(1), Registers(confirms=False))
        mother = submit(make_parent(2), answers_for(1), now=NOW + MINUTE)
        assert state_of(squatter) == "in_review"
        assert preschool.find_live_entry(answers_for(1)["child_iin"]).case == mother


def in_parallel(count: int, job: Any) -> list[Any]:
    """Run the job in so many threads at the same moment, each with a connection of its own."""
    gate, results = threading.Barrier(count), [None] * count

    def run(n: int) -> None:
        database.connect()
        try:
            gate.wait()
            results[n] = job(n)
        finally:
            db.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def told(case: Case) -> set[str]:
    return {row.to for row in Message.select().where(Message.case == case, Message.channel == "sms")}


def test_a_phone_that_is_only_written_down_gets_nothing_before_a_code_proved_it() -> None:
    make_places()
    parent = make_parent()
    case = submit(parent, answers_for(contact_phone="8 701 555 44 33"))
    assert told(case) == {parent.phone}
    assert unproved_phone(case) == "+77015554433"
    assert not Message.select().where(Message.to == "+77015554433").exists()
    case.account.phone = case.contact_phone  # as services/identity/accounts.py writes it after the code
    assert (proved_phone(case), unproved_phone(case)) == ("+77015554433", "")


def test_the_registers_phone_is_proved_by_signing_in_with_it() -> None:
    make_places()
    parent = make_parent()
    parent.phone = "+77017778899"  # messages were moved to another one
    case = submit(parent, answers_for(contact_phone=parent.register_phone))
    assert told(case) == {parent.register_phone}


def test_the_registers_phone_of_an_iin_that_was_only_stated_is_not_proved() -> None:
    make_places()
    parent = make_parent()
    case = submit(parent, answers_for(contact_phone=parent.register_phone))
    case.contact_phone = parent.register_phone
    parent.stated_phone = parent.phone = "+77017778899"
    case.account = parent
    assert proved_phone(case) == "+77017778899"


def test_without_any_proved_phone_there_is_none_to_tell() -> None:
    make_places()
    parent = make_parent()
    case = submit(parent, answers_for(contact_phone="+77015554433"))
    case.account.phone = case.account.register_phone = None
    assert proved_phone(case) is None


def test_codes_go_to_the_registered_phone_whatever_the_application_names(monkeypatch: pytest.MonkeyPatch) -> None:
    make_places()
    parent = make_parent()
    submit(parent, answers_for(contact_phone="+77015554433"))
    registers = Registers()
    monkeypatch.setattr(registers, "find_phone", lambda iin: parent.register_phone)
    handle = codes.request_code("sign_in", parent.iin, registers, NOW, "10.0.0.1", bound_to="")
    assert Message.get(Message.key == f"code:{handle}").to == parent.register_phone


def test_a_named_phone_that_is_the_accounts_own_follows_the_account() -> None:
    make_places()
    parent = make_parent()
    case = submit(parent, answers_for(contact_phone=parent.phone))
    assert case.contact_phone is None


def test_the_language_of_messages_is_the_one_that_the_application_chose() -> None:
    make_places()
    case = submit(make_parent(), answers_for(message_language="ru"))
    assert Account.get_by_id(case.account_id).language == case.language == "ru"


def test_the_sms_of_an_application_has_its_receipt_code() -> None:
    make_places()
    case = submit(make_parent(), answers_for())
    first = Message.select().where(Message.case == case).order_by(Message.id).first()
    assert case.number in first.text
    assert case.receipt_code in first.text
