"""Drafts: answers saved step by step, resumed on any device; what the registers hold is filled in."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from ...db import db
from ...gateways.registries import Child, RegistryClient
from ...models import Account, Draft
from ...prepared import Prepared, PreparedChange
from ..local_time import local
from ..passports.people import PersonKeys
from ..passports.schema import FieldSpec, Passport, Step
from . import people, registers
from .journey import Journey
from .letters import follow_answers
from .moves import Move, move_answers

KEPT = dt.timedelta(days=90)  # since it was last saved: it holds a child's data and was never sent
_BY_KEY: Prepared[Draft] = Prepared(
    lambda key, account_id: Draft.select().where(Draft.key == key, Draft.account == account_id)
)
_SAVE = PreparedChange(
    lambda answers, facts, done, saved_at, id: Draft.update(
        answers=answers, facts=facts, done=done, saved_at=saved_at
    ).where(Draft.id == id)
)


class DraftNotFound(LookupError):
    """There is no such draft, or it is somebody else's."""


def start_draft(account: Account, passport: Passport, now: dt.datetime) -> Draft:
    """The account's open draft of this service and edition, or a new one."""
    with db.atomic():
        found = (
            Draft.select()
            .where(Draft.account == account, Draft.kind == "application", Draft.service == passport.id)
            .order_by(Draft.saved_at.desc())
            .first()
        )
        return found or Draft.create(
            key=secrets.token_urlsafe(9),
            account=account,
            service=passport.id,
            edition=passport.edition,
            answers=_from_account(account, passport),
            started_at=now,
            saved_at=now,
        )


def get_draft(account: Account, key: str, kind: str | None = "application") -> Draft:
    """The account's own draft of that kind, of any with None, its account loaded. Raises DraftNotFound."""
    draft = _get(key, account.id)
    draft.account = account
    if kind is not None and draft.kind != kind:
        raise DraftNotFound(key)
    return draft


def _get(key: str, account_id: int) -> Draft:
    draft = _BY_KEY.first(key, account_id)
    if draft is None:
        raise DraftNotFound(key)
    return draft


def list_drafts(account: Account) -> list[Draft]:
    """The account's open drafts, newest first."""
    return list(Draft.select().where(Draft.account == account).order_by(Draft.saved_at.desc()))


def find_draft_of(account: Account, service: str) -> Draft | None:
    """The account's open draft of this service, or None."""
    return next(
        (draft for draft in list_drafts(account) if draft.kind == "application" and draft.service == service), None
    )


def delete_draft(account: Account, key: str) -> None:
    """Delete the account's own draft; a second time is no error."""
    Draft.delete().where(Draft.key == key, Draft.account == account).execute()


def migrate_draft(draft: Draft, old: Passport, new: Passport, now: dt.datetime) -> Move:
    """Move a draft to the edition in force; what was let go, for its owner to be told.

    The day of the last change stays: it is the person's, not ours.
    """
    with db.atomic():
        fresh = _get(draft.key, draft.account_id)
        move = move_answers(old, new, fresh.answers, fresh.facts, list(fresh.done), local(now).date())
        if fresh.edition == old.edition:
            values = {"answers": move.answers, "facts": move.facts, "done": move.done, "edition": new.edition}
            Draft.update(values).where(Draft.id == draft.id).execute()
    return move


def journey_of(draft: Draft, passport: Passport, now: dt.datetime | None = None) -> Journey:
    """The draft's way through its passport; with `now`, what time or other answers have undone is open again."""
    today = local(now).date() if now else None
    return Journey(passport, draft.answers, draft.facts, tuple(draft.done), today)


def save_answers(
    draft: Draft,
    passport: Passport,
    step: Step,
    values: dict[str, Any],
    registries: RegistryClient,
    now: dt.datetime,
    children: registers.Children | None = None,
    confirmed: Mapping[str, str] | None = None,
) -> Journey:
    """Save the answers of one step; the journey as it stands then.

    `children`: what the register said of them before; `confirmed`: the warnings that the applicant confirms, as facts.

    What hangs on a changed answer is asked again: the kindergartens of another locality, the data of another child.
    The registers are asked before the transaction, and one that is down only means that the citizen types.
    """
    iin = draft.account.iin
    found = registers.ask_registers(passport, draft.answers, draft.facts, values, iin, registries, children)
    with db.atomic():
        draft = _get(draft.key, draft.account_id)
        after = _answered(journey_of(draft, passport, now), step, values, confirmed or {}, found)
        _SAVE.run(
            Draft.answers.db_value(after.answers),
            Draft.facts.db_value(after.facts),
            Draft.done.db_value(list(after.done)),
            Draft.saved_at.db_value(now),
            draft.id,
        )
    return after


def _answered(
    before: Journey,
    step: Step,
    values: Mapping[str, Any],
    confirmed: Mapping[str, str],
    found: Mapping[PersonKeys, Child],
) -> Journey:
    """The journey once a step is answered; `found`: what the registers hold of the persons whom the answers name."""
    passport, answers, facts = before.passport, dict(before.answers), {**before.facts, **confirmed}
    again = _forget_what_hangs_on(_changed(values, before), passport, answers, facts)
    answers.update(values)
    for keys, child in found.items():
        registers.write_child(keys, child, answers, facts)
    denied = people.was_denied(passport, values)
    not_theirs = people.forget_denied(denied, answers, facts) if denied else frozenset()
    letters = follow_answers(before, Journey(passport, answers, facts))
    answers.update(letters.rewritten)
    done = [name for name in before.done if name not in again | letters.steps]
    if step.id not in done:
        done.append(step.id)
    done = [name for name in done if name not in _steps_of(not_theirs, passport)]
    return Journey(passport, answers, facts, tuple(done), before.today)


def _changed(values: Mapping[str, Any], before: Journey) -> tuple[FieldSpec, ...]:
    """The questions that are answered otherwise than before."""
    fields = before.passport.fields()
    return tuple(spec for spec in fields if spec.id in values and before.answers.get(spec.id) != values[spec.id])


def _forget_what_hangs_on(
    changed: tuple[FieldSpec, ...], passport: Passport, answers: dict[str, Any], facts: dict[str, Any]
) -> frozenset[str]:
    """Let go of the answers that spoke of another person or town; the ids of the steps that are open again for it."""
    gone = people.forget_people({spec.id for spec in changed}, passport, answers, facts)
    if any(spec.type == "locality" for spec in changed):
        of_town = {spec.id for spec in passport.fields() if spec.options_from is not None}
        for name in of_town:
            answers.pop(name, None)
        gone |= of_town
    return _steps_of(gone, passport)


def _steps_of(questions: frozenset[str], passport: Passport) -> frozenset[str]:
    return frozenset(step.id for step in passport.steps if questions & {spec.id for spec in step.fields})


def _from_account(account: Account, passport: Passport) -> dict[str, Any]:
    known = {"account.phone": account.phone, "account.language": account.language, "account.name": account.name}
    return {spec.id: known[spec.prefill] for spec in passport.fields() if spec.prefill and known.get(spec.prefill)}


def forget_old(now: dt.datetime, limit: int = 200) -> int:
    """Delete drafts that nobody has touched for KEPT; how many. Their files go with documents.purge()."""
    with db.atomic():
        old = Draft.select(Draft.id).where(Draft.saved_at < now - KEPT).order_by(Draft.saved_at).limit(limit)
        return Draft.delete().where(Draft.id.in_(old)).execute()


def kept_until(draft: Draft) -> dt.date:
    """The last day on which the draft is surely there."""
    return local(draft.saved_at + KEPT).date()
