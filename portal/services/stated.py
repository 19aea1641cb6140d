"""Who complains without signing in: a name and an IIN as typed, a phone proved by a code.

They have proved that phone alone, so they are an account beside that of whoever the IIN belongs to: they see what was
sent from this phone with this IIN, and nothing else of that person. Signing in with the same phone makes it one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ..db import db, lock
from ..gateways.registries import RegistryClient, RegistryDown
from ..models import Account, Case, Event, OneTimeCode, StaffMember
from . import audit
from .cases import CaseNotFound, add_event
from .message_texts import sms
from .messages import write_sms
from .notices import write_to_office
from .one_time_codes import prove_code


def prove(
    handle: str,
    code: str,
    name: str,
    registries: RegistryClient,
    now: dt.datetime,
    bound_to: str,
    *,
    language: str,
    address: str,
) -> Account:
    """The account of this IIN at this phone, made at the first time. Raises what prove_code raises."""
    row = prove_code(handle, code, "state", now, bound_to, address=address)
    registered = find_registered_phone(row.iin, registries)
    with db.atomic():
        return open_account(row, name, registered, language, now)


def open_account(row: OneTimeCode, name: str, registered: str | None, language: str, now: dt.datetime) -> Account:
    """The account of the IIN and the phone that a code proved, in the caller's transaction.

    `registered`: the phone that the registers hold for the IIN.
    """
    new = Account.insert(iin=row.iin, stated_phone=row.phone, phone=row.phone, created_at=now)
    new.on_conflict(conflict_target=[Account.iin, Account.stated_phone], action="IGNORE").execute()
    account = Account.get(Account.iin == row.iin, Account.stated_phone == row.phone)
    account.name, account.language, account.register_phone = name, language, registered
    account.save()
    audit.record(f"account:{account.id}", "state_identity", f"account:{account.id}", now)
    return account


def find(iin: str, phone: str | None) -> Account | None:
    """The account of this IIN at this phone; None once its holder has signed in."""
    return Account.get_or_none(Account.iin == iin, Account.stated_phone == phone)


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


def find_registered_phone(iin: str, registries: RegistryClient) -> str | None:
    """What the registers hold, for officers to see whether it is the same; None where they do not answer."""
    try:
        return registries.find_phone(iin)
    except RegistryDown:
        return None
