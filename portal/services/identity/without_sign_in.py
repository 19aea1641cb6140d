"""Who complains without signing in: a name and an IIN as typed, a phone proved by a code.

They have proved that phone alone, so they are an account beside that of whoever the IIN belongs to: they see what was
sent from this phone with this IIN, and nothing else of that person. Signing in with the same phone makes it one.
"""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...gateways.registries import RegistryClient, RegistryDown
from ...models import Account, OneTimeCode
from ..records import audit
from .codes import prove_code


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


def find_registered_phone(iin: str, registries: RegistryClient) -> str | None:
    """What the registers hold, for officers to see whether it is the same; None where they do not answer."""
    try:
        return registries.find_phone(iin)
    except RegistryDown:
        return None
