"""A complaint begins: anew, from a case, from an answer to the instance above. Who began one the same way goes on."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from ...db import db
from ...models import Account, Case, Draft
from ..cases.timeline import get_case
from ..passports.schema import Passport
from .addressees import find_previous, fitting
from .history import find_following, may_go_on, tell_history

BEGUN = ("written_by", "against", "about", "previous")  # what tells one complaint in the making from another


class NoInstanceLeft(ValueError):
    """There is no instance above but the court, or it is not yet time for it."""


def start_complaint(
    account: Account, passport: Passport, against: str, about: Case | None, now: dt.datetime, written_by: str = ""
) -> Draft:
    """A draft of a complaint of somebody; the one that was begun the same way goes on.

    Whom an earlier answer about the same case did not satisfy goes on from there. `written_by`: the login of who of the
    contact centre writes it; they take up their own drafts only, and read nothing of what the citizen began.
    """
    draft = prepare_complaint(account, passport, against, about, now, written_by)
    with db.atomic():
        return _find_begun(draft) or _keep(draft)


def prepare_complaint(
    account: Account, passport: Passport, against: str, about: Case | None, now: dt.datetime, written_by: str = ""
) -> Draft:
    """As start_complaint, for a page that is only looked at: a new one is not kept yet, and has no key."""
    draft = _new(account, passport, against, about, find_previous(account, against, about), {}, now, written_by)
    return _find_begun(draft) or draft


def go_on(account: Account, number: str, passport: Passport, lang: str, now: dt.datetime) -> Draft:
    """A draft to the instance above, with all that went before filled in. Raises CaseNotFound, NoInstanceLeft."""
    before = get_case(account, number)
    against = before.answers.get("against", "provider")
    if not may_go_on(before, now) or find_following(before) or not fitting(passport, against, before.about, before):
        raise NoInstanceLeft(number)
    written = {name: before.answers.get(name, "") for name in ("address", "official", "outcome")}
    written["text"] = tell_history(before, lang, now)
    draft = _new(account, passport, against, before.about, before, written, now)
    with db.atomic():
        return _find_begun(draft) or _keep(draft)


def _new(
    account: Account,
    passport: Passport,
    against: str,
    about: Case | None,
    previous: Case | None,
    written: dict[str, Any],
    now: dt.datetime,
    written_by: str = "",
) -> Draft:
    begun = {
        "written_by": written_by,
        "against": against,
        "about": about.number if about else "",
        "previous": previous.number if previous else "",
    }
    return Draft(
        key="",
        account=account,
        kind="complaint",
        service=passport.id,
        edition=passport.edition,
        answers={**written, **begun},
        started_at=now,
        saved_at=now,
    )


def _find_begun(draft: Draft) -> Draft | None:
    """The one that was begun the same way before."""
    begun = {name: draft.answers[name] for name in BEGUN}
    mine = (Draft.account == draft.account) & (Draft.kind == "complaint") & (Draft.service == draft.service)
    rows = Draft.select().where(mine).order_by(Draft.saved_at.desc())
    return next((row for row in rows if {name: row.answers.get(name, "") for name in begun} == begun), None)


def _keep(draft: Draft) -> Draft:
    draft.key = secrets.token_urlsafe(9)
    draft.save(force_insert=True)
    return draft
