"""Complaints that state my IIN: told to me, listed, and disowned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ...db import db, lock
from ...models import Account, Case, Event, StaffMember
from ..cases.timeline import CaseNotFound, add_event
from ..messages.notices import write_to_office
from ..messages.outbox import write_sms
from ..messages.texts import sms
from ..records import audit


def tell_owner(case: Case, now: dt.datetime) -> None:
    """An SMS to who owns the IIN that was stated, if it came from another phone than theirs; in the caller's
    transaction."""
    stated = case.account
    if not stated.stated_phone:
        return
    owner = Account.get_or_none(Account.iin == stated.iin, Account.stated_phone == "")
    phone = (owner.phone if owner is not None else None) or stated.register_phone
    if phone and phone != stated.stated_phone:
        text = sms("complaint_in_your_name", owner.language if owner is not None else "kk", number=case.number)
        write_sms(f"{case.number}:in_your_name", phone, text, now, case)


@dataclass(frozen=True)
class InMyName:
    """A complaint that somebody sent with my IIN from a phone that is not known to be mine."""

    case: Case
    disowned: bool


def list_in_my_name(account: Account) -> list[InMyName]:
    """What was sent with the IIN of who is signed in, newest first. Of each its number, date and service are told."""
    rows = list(_in_the_name_of(account).order_by(Case.submitted_at.desc(), Case.id.desc()))
    if not rows:
        return []
    said = {event.case_id for event in Event.select(Event.case).where(Event.case.in_(rows), Event.kind == "disowned")}
    return [InMyName(case, case.id in said) for case in rows]


def disown(account: Account, number: str, now: dt.datetime, staff: StaffMember | None = None) -> None:
    """The owner of the IIN says that a complaint is not theirs: its office learns it, and decides what follows.

    `staff`: who of the contact centre they told it. Twice is once. Raises CaseNotFound.
    """
    with db.atomic():
        lock(f"case:{number}")
        case = _in_the_name_of(account).where(Case.number == number).first()
        if case is None:
            raise CaseNotFound(number)
        if Event.select().where(Event.case == case, Event.kind == "disowned").exists():
            return
        add_event(case, "disowned", now)
        write_to_office(case, "complaint_disowned", now)
        by = f"account:{account.id}" if staff is None else f"staff:{staff.id}"
        audit.record(by, "disown", f"case:{case.id}", now)


def _in_the_name_of(account: Account) -> Any:
    of_others = (Account.iin == account.iin) & (Account.stated_phone != "") & (Account.id != account.id)
    return Case.select(Case).join(Account).where(of_others)
