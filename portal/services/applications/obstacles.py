"""What stands in the way of an application before it is signed: the age of the child, or that the same is under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ...models import Account, Case, CaseName
from ..cases import names as case_names
from ..cases import register_checks
from ..cases.timeline import OPEN
from ..journeys.field_rules import broken_rule
from ..journeys.journey import Journey
from ..journeys.people import Person, read_people
from ..local_time import local
from ..passports.catalogue import get_passport
from ..passports.schema import Step, Text
from ..procedures.protocol import UNDER_WAY, UnderWay
from ..procedures.registry import procedure_of
from ..reference.provision import responsible_body


@dataclass(frozen=True)
class Obstacle:
    """Why the way ends here. `message` is the passport's word (the child's age); else the same is under way, as its
    procedure says it: `number` is of the reader's own case, "" of somebody else's."""

    message: Text | None = None
    under_way: UnderWay = UNDER_WAY
    number: str = ""


def find_obstacle(account: Account, journey: Journey, step: Step, now: dt.datetime) -> Obstacle | None:
    """What is known after this step against going on, before anything more is asked.

    One's own application is told of always; somebody else's only to a parent whom the register confirms.
    """
    people = journey.people_in(step)
    message = broken_age(journey, now) if any(person.confirmed for person in people) else None
    return Obstacle(message=message) if message else _find_under_way(account, journey, people)


def find_last_obstacle(account: Account, journey: Journey) -> Obstacle | None:
    """The same for a complete journey, before it is signed: also what came in since the child was chosen, and what
    another parent has sent to the same body."""
    found = _find_under_way(account, journey, journey.people)
    procedure = procedure_of(journey.passport)
    if found is None and procedure.decided_by_officers and _has_another(journey):
        return Obstacle(under_way=procedure.under_way)
    return found


def find_own(account: Account, journey: Journey, people: Sequence[Person]) -> Case | None:
    """The account's own application for one of these people that is still under way, or has a place by now."""
    wanted = {person.iin for person in people if person.iin}
    if not wanted:  # most steps are about nobody: they ask the database nothing
        return None
    procedure = procedure_of(journey.passport)
    for iin in wanted:
        earlier = procedure.find_earlier(iin)
        if earlier is not None and earlier.account_id == account.id:
            return earlier
    mine = Case.select().where(
        Case.account == account, Case.kind == "application", Case.service == journey.passport.id, Case.state.in_(OPEN)
    )
    return next((case for case in mine.order_by(Case.id.desc()) if wanted & _iins_of(case)), None)


def broken_age(journey: Journey, now: dt.datetime) -> Text | None:
    """The passport's word on an age that does not fit today, from whichever question states the birth date."""
    today = local(now).date()
    born = {person.keys.id: person.birth_date for person in journey.people}
    for spec in journey.passport.fields():
        stated = born.get(spec.id) if spec.type == "person" else journey.answers.get(spec.id)
        ages = tuple(rule for rule in spec.rules if rule.rule == "age_under")
        broken = broken_rule(ages, str(stated), today) if stated and ages else None
        if broken is not None:
            return broken.message
    return None


def _find_under_way(account: Account, journey: Journey, people: Sequence[Person]) -> Obstacle | None:
    procedure = procedure_of(journey.passport)
    own = find_own(account, journey, people)
    if own is not None:
        return Obstacle(under_way=procedure.under_way, number=own.number)
    known = [person.iin for person in people if person.confirmed]
    theirs = procedure.find_earlier(known[0]) if known else None
    return Obstacle(under_way=procedure.under_way) if theirs is not None else None


def _has_another(journey: Journey) -> bool:
    """Whether the body has an open application for the child from a parent whom a register confirms, too."""
    known = {person.iin for person in journey.people if person.confirmed}
    keys = [case_names.name_key(iin) for iin in known]
    rows = Case.select().join(CaseName).where(CaseName.body == responsible_body(journey), CaseName.name.in_(keys))
    rows = rows.where(Case.service == journey.passport.id, Case.kind == "application", Case.state.in_(OPEN))
    return any(known & _iins_of(case) and register_checks.has_confirmed(case, "child") for case in rows.distinct())


def _iins_of(case: Case) -> set[str]:
    people = read_people(get_passport(case.service, case.edition), case.answers, case.facts)
    return {person.iin for person in people if person.iin}
