"""People and their accounts: one-time codes sent, proved and spent; signing in; a phone changed.

Whoever asks for a code learns nothing about the person: known or unknown, with a phone or without, the answer and the
work behind it are the same. A code is sent to the phone that the registers hold, never to one that a stranger names.
"""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass

from ..db import db
from ..gateways.registries import RegistryClient, RegistryDown
from ..models import Account, OneTimeCode
from . import audit, limits, messages
from .keyed_hash import keyed_hash
from .message_texts import sms

LIFETIME = dt.timedelta(minutes=5)
TRIES = 5
KEPT = dt.timedelta(days=1)  # how long a code that is over is kept, so that the page can say why it does not work

NOBODY = "+70000000000"  # stands in a message that is taken back before anybody sees it

# What a code is for, and the kind of SMS that brings it.
TEXTS = {
    "sign_in": "code_sign_in", "sign": "code_sign", "old_phone": "code_new_phone", "new_phone": "code_new_phone",
    "call": "code_call", "call_sign": "code_call_sign",
}  # fmt: skip


class CodeProblem(Exception):
    """A code that opens nothing."""


class CodeUnknown(CodeProblem):
    """Nothing like it was asked for here: another session, another purpose, another text, or long ago."""


class CodeWrong(CodeProblem):
    """Not the digits that were sent; `tries_left` says how often one may still try."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(f"{tries_left} tries left")
        self.tries_left = tries_left


class CodeExpired(CodeProblem):
    """Its five minutes are over."""


class CodeBurnt(CodeProblem):
    """Five wrong tries."""


class CodeSpent(CodeProblem):
    """It was used already: a code opens once."""


@dataclass(frozen=True)
class CodeRequest:
    """What came of asking for a code. Without the registers it goes only to a phone that they gave us before."""

    handle: str
    registers_answered: bool


def request_code(
    purpose: str,
    iin: str,
    registries: RegistryClient,
    now: dt.datetime,
    address: str,
    bound_to: str = "",
    *,
    language: str | None = None,
    phone: str | None = None,
) -> str:
    """Send a code for `purpose` (a key of TEXTS); the handle to prove it with.

    `address` is where the request came from, `bound_to` what the code is good for: the hash of a session's key or of
    a text; `language` is the account's own if not given. `phone` is given only where a new one is to be proved.
    Not to be called in a transaction: a register is asked. Raises LimitReached.
    """
    return ask_for_code(purpose, iin, registries, now, address, bound_to, language=language, phone=phone).handle


def ask_for_code(
    purpose: str,
    iin: str,
    registries: RegistryClient,
    now: dt.datetime,
    address: str,
    bound_to: str = "",
    *,
    language: str | None = None,
    phone: str | None = None,
) -> CodeRequest:
    """As request_code, for a page that tells when the registers do not answer."""
    address = limits.network(address)
    limits.hit_all(
        [
            ("codes of an address", address),
            ("codes of everybody", ""),
            ("codes of a person at an address", f"{iin} {address}"),
            ("codes of a person", iin),
        ],
        now,
    )
    answered = True
    account = Account.get_or_none(Account.iin == iin)
    if phone is None:
        phone, answered = _phone_of(account, purpose, iin, registries)
    code = OneTimeCode(handle=secrets.token_urlsafe(32), purpose=purpose, iin=iin, phone=phone, bound_to=bound_to)
    _send(code, language or (account.language if account else "kk"), now)
    return CodeRequest(code.handle, answered)


def ask_again(
    handle: str,
    registries: RegistryClient,
    now: dt.datetime,
    address: str,
    bound_to: str,
    *,
    language: str | None = None,
) -> CodeRequest:
    """Another code for whoever the first was for. Raises CodeUnknown and LimitReached."""
    code = OneTimeCode.get_or_none(OneTimeCode.handle == handle, OneTimeCode.bound_to == bound_to)
    if code is None:
        raise CodeUnknown(handle)
    phone = code.phone if code.purpose == "new_phone" else None
    return ask_for_code(code.purpose, code.iin, registries, now, address, bound_to, language=language, phone=phone)


def prove_code(
    handle: str, code: str, purpose: str, now: dt.datetime, bound_to: str = "", *, address: str = ""
) -> OneTimeCode:
    """The code's row, now spent: it opens once, also when tried twice at the same moment.

    Every call is a try that counts. `address` is where it came from, for the limit on machines that guess.
    In a transaction of the caller's, catch CodeProblem inside it and commit, or the try is forgotten.
    Raises CodeUnknown, CodeWrong, CodeExpired, CodeBurnt, CodeSpent, limits.LimitReached.
    """
    row = OneTimeCode.get_or_none(
        OneTimeCode.handle == handle, OneTimeCode.purpose == purpose, OneTimeCode.bound_to == bound_to
    )
    if row is None:
        raise CodeUnknown(purpose)
    address = limits.network(address)
    limits.check("wrong codes of an address", address, now)
    limits.hit("tries of a person", row.iin, now)
    with db.atomic():
        problem = _try(row, code, now)
        if problem:
            limits.allows("wrong codes of an address", address, now)
            audit.record(
                "anonymous", "code_refused", f"code:{row.id}", now, why=type(problem).__name__, purpose=purpose
            )
    if problem:
        raise problem
    return row


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
    new.on_conflict(conflict_target=[Account.iin], action="IGNORE").execute()
    account = Account.get(Account.iin == row.iin)
    account.name = name or account.name
    if account.register_phone != row.phone:
        account.register_phone = row.phone
        _move_messages(account, row.phone, now)
    account.save()
    return account


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


def forget_old_codes(now: dt.datetime) -> int:
    """Delete the codes that are long over; how many."""
    with db.atomic():
        return OneTimeCode.delete().where(OneTimeCode.expires_at < now - KEPT).execute()


def _phone_of(account: Account | None, purpose: str, iin: str, registries: RegistryClient) -> tuple[str | None, bool]:
    """Where the code goes, and whether the registers said so.

    Somebody signed in needs no second look at the registers: they were asked when they signed in.
    """
    known = account.register_phone if account else None
    if purpose != "sign_in" and known:
        return known, True
    try:
        return registries.find_phone(iin), True
    except RegistryDown:
        return known, False


def _send(code: OneTimeCode, language: str, now: dt.datetime) -> None:
    """Write the code and its SMS. With nobody to send it to the SMS is written, too, and taken back: the same work."""
    digits = f"{secrets.randbelow(10**6):06d}"
    code.code_hash = _hash(code.handle, digits)
    code.created_at, code.expires_at = now, now + LIFETIME
    wanted = limits.allows("codes to a phone", code.phone or code.iin, now)
    text = sms(TEXTS[code.purpose], language, code=digits)
    with db.atomic():
        code.save(force_insert=True)
        with db.atomic() as message:
            messages.write_sms(f"code:{code.handle}", code.phone or NOBODY, text, now, expires_at=code.expires_at)
            keep = code.phone is not None and wanted
            (message.commit if keep else message.rollback)()


def _try(row: OneTimeCode, code: str, now: dt.datetime) -> CodeProblem | None:
    """Take one of the code's tries, then look. The conditions stand in the statements: rivals cannot share a try."""
    usable = (OneTimeCode.id == row.id) & OneTimeCode.used_at.is_null()
    taken = OneTimeCode.update(tries=OneTimeCode.tries + 1).where(
        usable, OneTimeCode.tries < TRIES, OneTimeCode.expires_at > now
    )
    if not taken.execute():
        return _why_not(row, now)
    # Nobody got the code of a row without a phone, so whoever hits on it has guessed.
    right = hmac.compare_digest(row.code_hash, _hash(row.handle, code)) and row.phone is not None
    if not right:
        tries = OneTimeCode.select(OneTimeCode.tries).where(OneTimeCode.id == row.id).scalar()
        return CodeWrong(TRIES - tries) if tries < TRIES else CodeBurnt()
    return None if OneTimeCode.update(used_at=now).where(usable).execute() else CodeSpent()


def _why_not(row: OneTimeCode, now: dt.datetime) -> CodeProblem:
    fresh = OneTimeCode.get_by_id(row.id)
    if fresh.used_at is not None:
        return CodeSpent()
    return CodeExpired() if fresh.expires_at <= now else CodeBurnt()


def _move_messages(account: Account, phone: str | None, now: dt.datetime) -> None:
    """Send messages to another phone from now on, and say so to the one before."""
    if account.phone and account.phone != phone:
        key = f"phone:{account.id}:{now.timestamp()}"
        messages.write_sms(key, account.phone, sms("phone_changed", account.language), now)
    account.phone = phone


def _hash(handle: str, digits: str) -> str:
    return keyed_hash("code", f"{handle}:{digits}")
