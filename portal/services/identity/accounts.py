"""People and their accounts: signing in, a phone changed, settings."""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...gateways.registries import RegistryClient, RegistryDown
from ...models import Account, Case, Document, Draft, OneTimeCode, Session, Upload
from ..messages import outbox
from ..messages.texts import sms
from ..records import audit
from .codes import CodeUnknown, prove_code


def sign_in(
    handle: str,
    code: str,
    registries: RegistryClient,
    now: dt.datetime,
    bound_to: str,
    *,
    language: str = "kk",
    address: str = "",
) -> Account:
    """Whose code it is: the account, made at the first time, with name and phone as the registers have them.

    Raises what prove_code raises.
    """
    row = prove_code(handle, code, "sign_in", now, bound_to, address=address)
    name = ask_name(row.iin, registries)
    with db.atomic():
        account = open_account(row, name, now, language)
        audit.record(f"account:{account.id}", "sign_in", f"account:{account.id}", now)
    return account


def ask_name(iin: str, registries: RegistryClient) -> str:
    """The name as the registers have it, "" where they do not answer. Not to be called in a transaction."""
    try:
        person = registries.find_person(iin)
    except RegistryDown:
        return ""
    return person.name if person else ""


def open_account(row: OneTimeCode, name: str, now: dt.datetime, language: str) -> Account:
    """Whose proved code it is: the account, made at the first time; in the caller's transaction.

    `name` is what ask_name gave; the phone is the one that the code went to.
    """
    new = Account.insert(iin=row.iin, language=language, phone=row.phone, register_phone=row.phone, created_at=now)
    new.on_conflict(conflict_target=[Account.iin, Account.stated_phone], action="IGNORE").execute()
    account = Account.get(Account.iin == row.iin, Account.stated_phone == "")
    account.name = name or account.name
    if account.register_phone != row.phone:
        account.register_phone = row.phone
        _move_messages(account, row.phone, now)
    account.save()
    _take_over(account, row.phone, now)
    return account


def _take_over(account: Account, phone: str | None, now: dt.datetime) -> None:
    """What was sent with this IIN from this phone without signing in is theirs, now that both are proved."""
    stated = Account.get_or_none(Account.iin == account.iin, Account.stated_phone == phone) if phone else None
    if stated is None:
        return
    for model in (Case, Draft, Document, Upload):
        model.update(account=account).where(model.account == stated).execute()
    Session.delete().where(Session.account == stated).execute()
    stated.delete_instance()
    audit.record(f"account:{account.id}", "take_over", f"account:{stated.id}", now)


def change_phone(account: Account, handle: str, code: str, now: dt.datetime, bound_to: str) -> Account:
    """Messages go to the phone that the code was sent to; the old one is told. Raises what prove_code raises."""
    row = prove_code(handle, code, "new_phone", now, bound_to)
    if row.iin != account.iin:
        raise CodeUnknown("new_phone")
    with db.atomic():
        _move_messages(account, row.phone, now)
        account.save(only=[Account.phone])
        audit.record(f"account:{account.id}", "change_phone", f"account:{account.id}", now)
    return account


def change_settings(account: Account, language: str, reminders: bool, now: dt.datetime) -> Account:
    """In which language we write, and whether also of what the law does not ask for."""
    account.language, account.reminders = language, reminders
    with db.atomic():
        account.save(only=[Account.language, Account.reminders])
        audit.record(f"account:{account.id}", "change_settings", f"account:{account.id}", now)
    return account


def _move_messages(account: Account, phone: str | None, now: dt.datetime) -> None:
    """Send messages to another phone from now on, and say so to the one before."""
    if account.phone and account.phone != phone:
        key = f"phone:{account.id}:{now.timestamp()}"
        outbox.write_sms(key, account.phone, sms("phone_changed", account.language), now)
    account.phone = phone
