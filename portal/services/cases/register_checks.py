"""What stands on the citizen's word until a register confirms it: the child with its guardian, a claimed privilege.

A register that is down never blocks. The case is marked, asked about again while the register is away, and handed to
an officer when the service's term has passed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...db import db
from ...gateways.registries import RegistryClient, RegistryDown
from ...models import Account, Case, Check
from ..jobs.leases import pause
from ..jobs.rows import waiting
from ..journeys.journey import Journey
from ..journeys.people import Person, read_people
from ..journeys.registers import are_confirmed
from ..passports.schema import Passport

RETRY = dt.timedelta(minutes=1)
RETRY_MOST = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Findings:
    """The subjects that no register has confirmed yet: "child", "privilege"."""

    pending: tuple[str, ...] = ()


def ask_registers(account: Account, journey: Journey, registries: RegistryClient) -> Findings:
    """What of this journey the registers do not confirm now. Never raises for a register that is down."""
    answers = dict(journey.answers)
    stated: list[str] = []
    pending: tuple[str, ...] = ()
    people = journey.people
    if _to_confirm(people):
        stated.append("child")
    if answers.get("priority", "none") != "none":
        stated.append("privilege")
    for place, subject in enumerate(stated):
        try:
            confirmed = _confirms(subject, account.iin, people, answers, registries)
        except RegistryDown:  # somebody waits: who did not answer is not asked more
            return Findings((*pending, *stated[place:]))
        pending += () if confirmed else (subject,)
    return Findings(pending)


def open_checks(case: Case, findings: Findings, now: dt.datetime) -> None:
    """Write down what is to be checked, in the caller's transaction."""
    for subject in findings.pending:
        Check.create(case=case, subject=subject, next_try_at=now + RETRY)


def list_due(now: dt.datetime, limit: int = 50) -> list[Check]:
    """Checks whose next try has come, oldest first."""
    return list(
        Check.select(Check, Case, Account)
        .join(Case)
        .join(Account)
        .where(Check.state == "pending", Check.next_try_at <= now, waiting("check_again", Check.id, now))
        .order_by(Check.next_try_at)
        .limit(limit)
    )


def try_again(check: Check, passport: Passport, registries: RegistryClient, now: dt.datetime) -> bool:
    """Ask the register once more; True when it confirms. Otherwise the next try is put off, doubling up to an hour.

    `passport` is the case's own: it says who the people in the answers are.
    """
    case = check.case
    people = read_people(passport, case.answers, case.facts)
    try:
        confirmed = _confirms(check.subject, case.account.iin, people, case.answers, registries)
    except RegistryDown:
        confirmed = False
    if confirmed:
        done = Check.update(state="confirmed", checked_at=now).where(Check.id == check.id, Check.state == "pending")
        return bool(done.execute())
    later = now + pause(check.tries + 1, RETRY, RETRY_MOST)
    Check.update(tries=Check.tries + 1, next_try_at=later).where(Check.id == check.id).execute()
    return False


def is_open(case: Case) -> bool:
    """Whether anything of the case is still to be confirmed."""
    return Check.select().where(Check.case == case, Check.state == "pending").exists()


def has_confirmed(case: Case, subject: str) -> bool:
    """Whether the subject needed no check, or a register has confirmed it."""
    check = Check.get_or_none(Check.case == case, Check.subject == subject)
    return check is None or check.state == "confirmed"


def _to_confirm(people: Iterable[Person]) -> list[Person]:
    return [person for person in people if person.iin and not person.confirmed]


def _confirms(
    subject: str, guardian_iin: str, people: Sequence[Person], answers: Mapping[str, Any], registries: RegistryClient
) -> bool:
    if subject == "child":
        return are_confirmed(_to_confirm(people), guardian_iin, registries)
    holders = (guardian_iin, *(person.iin for person in people if person.iin))
    return any(answers.get("priority") in registries.list_privileges(iin) for iin in holders)


def close(check_case: Case) -> bool:
    """Mark the case as checked once nothing is open, in the caller's transaction; True for the one who did it."""
    with db.atomic():
        if is_open(check_case):
            return False
        return bool(Case.update(unchecked=False).where(Case.id == check_case.id, Case.unchecked).execute())
