"""Asking in time whether to renew: a granted case whose term nears its end becomes a draft, answers filled in."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from peewee import fn

from ...db import db, lock
from ...models import Account, Case, Draft, Event
from ...sql import json_text
from ..cases.timeline import add_event
from ..jobs.rows import waiting, work_through
from ..local_time import local
from ..messages.notices import tell
from ..passports.schema import Passport, Renewal

OFFERED = "renewal_offered"


def offer_renewals(passports: list[Passport], now: dt.datetime, limit: int = 50) -> int:
    """Offer a renewal to whoever's granted case ends soon, each once; how many."""
    return sum(_offer_for(passport, passport.renewal, now, limit) for passport in passports if passport.renewal)


def _offer_for(passport: Passport, renewal: Renewal, now: dt.datetime, limit: int) -> int:
    rows = _list_ending(passport, renewal, now, limit)
    return work_through("offer_renewals", rows, lambda case: _offer(case, passport, renewal, now), now)


def _list_ending(passport: Passport, renewal: Renewal, now: dt.datetime, limit: int) -> list[Case]:
    """Granted cases whose term ends soon and that were not asked yet, what ends first first."""
    today = local(now).date()
    ends, last = json_text(Case.answers, renewal.until), today + dt.timedelta(days=renewal.days_before)
    rows = Case.select(Case, Account).join(Account)
    rows = rows.where(Case.service == passport.id, Case.state == "granted", ends.between(str(today), str(last)))
    rows = rows.where(~fn.EXISTS(_asked(Case.id)), waiting("offer_renewals", Case.id, now))
    return list(rows.order_by(ends, Case.id).limit(limit))


def _asked(case: Any) -> Any:
    return Event.select().where(Event.case == case, Event.kind == OFFERED)


def _offer(case: Case, passport: Passport, renewal: Renewal, now: dt.datetime) -> bool:
    with db.atomic():
        lock(f"case:{case.number}")
        if _asked(case.id).exists():
            return False  # another worker was first
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
