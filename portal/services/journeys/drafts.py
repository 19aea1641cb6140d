"""Drafts: answers saved step by step, resumed on any device; what the registers hold is filled in."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from ...db import db
from ...gateways.registries import Child, RegistryClient, RegistryDown
from ...models import Account, Draft
from ...prepared import Prepared, PreparedChange
from ..local_time import local
from ..passports.schema import FieldSpec, Passport, Step
from .journey import Journey
from .moves import Move, move_answers

KEPT = dt.timedelta(days=90)  # since it was last saved: it holds a child's data and was never sent
OTHER = "other"  # the answer to a person question that leads to typing an IIN
_BY_KEY: Prepared[Draft] = Prepared(
    lambda key, account_id: Draft.select().where(Draft.key == key, Draft.account == account_id)
)
_SAVE = PreparedChange(
    lambda answers, facts, done, saved_at, id: Draft.update(
        answers=answers, facts=facts, done=done, saved_at=saved_at
    ).where(Draft.id == id)
)


@dataclass(frozen=True)
class Children:
    """Whom the civil register names as somebody's children, and whether it answered at all."""

    known: tuple[Child, ...] = ()
    register_down: bool = False


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
    """The account's own draft of that kind, of any with None. Raises DraftNotFound."""
    draft = _get(key, account.id)
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


def journey_of(draft: Draft, passport: Passport) -> Journey:
    return Journey(passport, draft.answers, draft.facts, tuple(draft.done))


def save_answers(
    draft: Draft,
    passport: Passport,
    step: Step,
    values: dict[str, Any],
    registries: RegistryClient,
    now: dt.datetime,
) -> Journey:
    """Save the answers of one step; the journey as it stands then.

    What hangs on a changed answer is asked again: the kindergartens of another locality, the data of another child.
    The registers are asked before the transaction, and one that is down only means that the citizen types.
    """
    found = _ask_registers(draft, passport, values, registries)
    with db.atomic():
        draft = _get(draft.key, draft.account_id)
        answers, facts, done = dict(draft.answers), dict(draft.facts), list(draft.done)
        named = (spec for spec in passport.fields() if spec.id in values)
        for spec in [spec for spec in named if answers.get(spec.id) != values[spec.id]]:
            _forget_what_hangs_on(spec, passport, answers, facts, done)
        answers.update(values)
        for person, child in found.items():
            _fill(person, child, answers, facts)
        if step.id not in done:
            done.append(step.id)
        _SAVE.run(
            Draft.answers.db_value(answers),
            Draft.facts.db_value(facts),
            Draft.done.db_value(done),
            Draft.saved_at.db_value(now),
            draft.id,
        )
    return Journey(passport, answers, facts, tuple(done))


def _ask_registers(
    draft: Draft, passport: Passport, values: dict[str, Any], registries: RegistryClient
) -> dict[str, Child]:
    """What the registers know of the persons that these values newly name."""
    found = {}
    for person in _persons(passport):
        chosen, typed = values.get(person), values.get(f"{person}_iin")
        child = None
        if chosen and chosen != OTHER and (draft.answers.get(person) != chosen or f"{person}_iin" not in draft.facts):
            child = find_listed_child(registries, draft.account.iin, chosen)
        elif typed and (draft.answers.get(f"{person}_iin") != typed or f"{person}_iin" not in draft.facts):
            child = find_confirmed_child(registries, draft.account.iin, typed)
        if child is not None:
            found[person] = child
    return found


def find_listed_child(registries: RegistryClient, guardian_iin: str, child_iin: str) -> Child | None:
    """One of the guardian's children in the civil register; None when it is not, or the register is down."""
    return next((child for child in list_children(registries, guardian_iin).known if child.iin == child_iin), None)


def find_confirmed_child(registries: RegistryClient, guardian_iin: str, child_iin: str) -> Child | None:
    """The child's data only where the register confirms the guardian; otherwise nothing is revealed."""
    try:
        return registries.find_child(guardian_iin, child_iin)
    except RegistryDown:
        return None


def list_children(registries: RegistryClient, guardian_iin: str) -> Children:
    """The guardian's children in the civil register."""
    try:
        return Children(tuple(registries.list_children(guardian_iin)))
    except RegistryDown:
        return Children(register_down=True)


def _persons(passport: Passport) -> set[str]:
    return {spec.id for spec in passport.fields() if spec.type == "person"}


def _fill(person: str, child: Child, answers: dict[str, Any], facts: dict[str, Any]) -> None:
    known = {
        f"{person}_iin": child.iin,
        f"{person}_name": child.name,
        f"{person}_birth_date": child.birth_date.isoformat(),
        f"{person}_certificate": child.certificate,
    }
    answers.update(known)
    facts.update(dict.fromkeys(known, "civil_register"))


def _forget_what_hangs_on(
    spec: FieldSpec, passport: Passport, answers: dict[str, Any], facts: dict[str, Any], done: list[str]
) -> None:
    if spec.type not in ("person", "iin", "locality"):
        return
    name = spec.id
    person = name if spec.type == "person" else name.removesuffix("_iin") if spec.type == "iin" else None
    for step in passport.steps:
        for other in step.fields:
            hangs = (person is not None and (other.prefill or "").startswith(f"{person}.")) or (
                person == name and other.id == f"{person}_iin"
            )
            hangs = hangs or (spec.type == "locality" and other.options_from is not None)
            hangs = hangs or (person is not None and other.id == f"{person}_confirmed")
            if hangs and other.id != name:
                answers.pop(other.id, None)
                if step.id in done:
                    done.remove(step.id)
    if person is not None:
        for fact in [key for key in facts if key.startswith(f"{person}_") and key != name]:
            del facts[fact]
            answers.pop(fact, None)


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
