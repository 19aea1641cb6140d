"""Asking in time whether to renew: a granted case whose term nears its end becomes a draft, answers filled in."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from peewee import fn

from ...db import db
from ...models import Account, Case, Draft, Event
from ..cases.timeline import add_event
from ..local_time import local
from ..messages.notices import tell
from ..passports.schema import Passport, Renewal

OFFERED = "renewal_offered"


def offer_renewals(passports: list[Passport], now: dt.datetime, limit: int = 50) -> int:
    """Offer a renewal to whoever's granted case ends soon, each once; how many."""
    return sum(_offer_for(passport, passport.renewal, now, limit) for passport in passports if passport.renewal)


def _offer_for(passport: Passport, renewal: Renewal, now: dt.datetime, limit: int) -> int:
    offered = 0
    for case in _list_granted(passport, now, limit):
        ends = case.answers.get(renewal.until)
        days = (dt.date.fromisoformat(ends) - local(now).date()).days if ends else -1
        if 0 <= days <= renewal.days_before and _offer(case, passport, renewal, now):
            offered += 1
    return offered


def _list_granted(passport: Passport, now: dt.datetime, limit: int) -> list[Case]:
    """Granted cases of the last two years that were not asked yet, the oldest first."""
    asked = Event.select().where(Event.case == Case.id, Event.kind == OFFERED)
    granted = (Case.service == passport.id) & (Case.state == "granted")
    recent = Case.submitted_at > now - dt.timedelta(days=730)
    rows = Case.select(Case, Account).join(Account).where(granted, recent, ~fn.EXISTS(asked))
    return list(rows.order_by(Case.submitted_at).limit(limit * 20))


def _offer(case: Case, passport: Passport, renewal: Renewal, now: dt.datetime) -> bool:
    with db.atomic():
        again = set(renewal.ask_again)
        answers = {name: value for name, value in case.answers.items() if name not in again}
        Draft.create(
            key=secrets.token_urlsafe(9),
            account=case.account,
            service=passport.id,
            edition=passport.edition,
            answers=answers,
            facts=case.facts,
            done=_answered_steps(passport, answers, again),
            started_at=now,
            saved_at=now,
        )
        add_event(case, OFFERED, now, until=case.answers[renewal.until])
        tell(case, "renewal", now)
        return True


def _answered_steps(passport: Passport, answers: dict[str, Any], again: set[str]) -> list[str]:
    """The steps that need not be visited again: answered, nothing in them asked anew. Consent always is asked."""
    return [
        step.id
        for step in passport.steps
        if not again & {spec.id for spec in step.fields}
        and not any(spec.type == "consent" for spec in step.fields)
        and any(spec.id in answers for spec in step.fields)
    ]
