"""One-time codes by SMS: sent, sent again, proved and spent.

Whoever asks for a code learns nothing about the person: known or unknown, with a phone or without, the answer and the
work behind it are the same. A code is sent to the phone that the registers hold; to one that somebody names only
where that phone is what is to be proved.
"""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from ...db import db
from ...gateways.registries import RegistryClient, RegistryDown
from ...models import Account, Message, OneTimeCode
from ..keys.keyed_hash import keyed_hash
from ..messages import outbox
from ..messages.texts import sms
from ..moments import SKEW, is_ahead
from ..records import audit
from . import code_limits, limits

LIFETIME = dt.timedelta(minutes=5)
TRIES = 5
KEPT = dt.timedelta(days=1)  # how long a code that is over is kept, so that the page can say why it does not work

NOBODY = "+70000000000"  # stands in a message that is taken back before anybody sees it

# What a code is for, and the kind of SMS that brings it.
TEXTS = {
    "sign_in": "code_sign_in", "sign": "code_sign", "old_phone": "code_new_phone", "new_phone": "code_new_phone",
    "state": "code_state", "call": "code_call", "call_stated": "code_call", "call_sign": "code_call_sign",
}  # fmt: skip
AFTER_PROOF = {"sign", "old_phone", "new_phone", "call_sign"}  # asked for by who has proved who they are
OF_STATED = {"state", "sign", "call_stated", "call_sign"}  # with a phone named: the IIN is only stated
OF_OPERATORS = {"call", "call_stated"}


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
    again_at: dt.datetime  # from then on another one may be asked for


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
    browser: str = "",
) -> str:
    """Send a code for `purpose` (a key of TEXTS); the handle to prove it with.

    `address` is where the request came from, `bound_to` what the code is good for: the hash of a session's key or of
    a text; `language` is the account's own if not given. `phone` is given only where that one is to be proved, or where
    an IIN was only stated with it: then it is no matter of whoever the IIN belongs to, in limits or language.
    `browser` is the mark that a browser kept from signing in before: see code_limits.py.
    Not to be called in a transaction: a register is asked. Raises LimitReached.
    """
    options: dict[str, Any] = {"language": language, "phone": phone, "browser": browser}
    return ask_for_code(purpose, iin, registries, now, address, bound_to, **options).handle


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
    browser: str = "",
) -> CodeRequest:
    """As request_code, for a page that tells when the registers do not answer."""
    stated = phone if phone and purpose in OF_STATED else ""
    asked = code_limits.Request(iin, phone, limits.network(address), _proof(purpose, iin, browser), bool(stated))
    again_at = code_limits.take(asked, now)
    answered = True
    account = Account.get_or_none(Account.iin == iin, Account.stated_phone == stated)
    named = phone is not None
    if phone is None:
        phone, answered = _phone_of(account, purpose, iin, registries)
    code = OneTimeCode(handle=secrets.token_urlsafe(32), purpose=purpose, iin=iin, phone=phone, bound_to=bound_to)
    code.is_phone_named = named
    _send(code, asked, language or (account.language if account else "kk"), now)
    return CodeRequest(code.handle, answered, again_at)


def ask_again(
    handle: str,
    registries: RegistryClient,
    now: dt.datetime,
    address: str,
    bound_to: str,
    *,
    language: str | None = None,
    browser: str = "",
) -> CodeRequest:
    """Another code for whoever the first was for. Raises CodeUnknown and LimitReached."""
    code = OneTimeCode.get_or_none(OneTimeCode.handle == handle, OneTimeCode.bound_to == bound_to)
    if code is None:
        raise CodeUnknown(handle)
    phone = code.phone if code.is_phone_named else None
    options: dict[str, Any] = {"language": language, "phone": phone, "browser": browser}
    return ask_for_code(code.purpose, code.iin, registries, now, address, bound_to, **options)


def prove_code(
    handle: str,
    code: str,
    purpose: str | tuple[str, ...],
    now: dt.datetime,
    bound_to: str = "",
    *,
    address: str = "",
) -> OneTimeCode:
    """The code's row, now spent: it opens once, also when tried twice at the same moment.

    Every call is a try that counts. `address` is where it came from, for the limit on machines that guess.
    In a transaction of the caller's, catch CodeProblem inside it and commit, or the try is forgotten.
    Raises CodeUnknown, CodeWrong, CodeExpired, CodeBurnt, CodeSpent, limits.LimitReached.
    """
    purposes = (purpose,) if isinstance(purpose, str) else purpose
    row = OneTimeCode.get_or_none(
        OneTimeCode.handle == handle, OneTimeCode.purpose.in_(purposes), OneTimeCode.bound_to == bound_to
    )
    if row is None:
        raise CodeUnknown(*purposes)
    address = limits.network(address)
    limits.check("wrong codes of an address", address, now)
    with db.atomic():
        problem = _try(row, code, now)
        if problem:
            limits.allows("wrong codes of an address", address, now)
            audit.record(
                "anonymous", "code_refused", f"code:{row.id}", now, why=type(problem).__name__, purpose=row.purpose
            )
    if problem:
        raise problem
    return row


def forget_old_codes(now: dt.datetime, limit: int = 500) -> int:
    """Delete the codes that are long over, with what the outbox holds of them (phone and time), at most `limit`."""
    old = OneTimeCode.select(OneTimeCode.handle).where(OneTimeCode.expires_at < now - KEPT).limit(limit)
    handles = [row.handle for row in old]
    with db.atomic():
        Message.delete().where(Message.key.in_([_key(handle) for handle in handles])).execute()
        return OneTimeCode.delete().where(OneTimeCode.handle.in_(handles)).execute()


def _proof(purpose: str, iin: str, browser: str) -> str:
    """What shows that no stranger asks; "" where nothing does."""
    if purpose in AFTER_PROOF:
        return code_limits.PROVED
    if purpose in OF_OPERATORS:
        return purpose  # operators are known, and counted themselves
    return browser if code_limits.is_browser_of(iin, browser) else ""


def _phone_of(account: Account | None, purpose: str, iin: str, registries: RegistryClient) -> tuple[str | None, bool]:
    """Where the code goes, and whether the registers said so.

    Somebody signed in needs no second look at the registers: they were asked when they signed in. Whoever only calls
    was last asked about long ago, and their phone may be another's by now.
    """
    known = account.register_phone if account else None
    if purpose in AFTER_PROOF and known:
        return known, True
    try:
        return registries.find_phone(iin), True
    except RegistryDown:
        return known, False


def _send(code: OneTimeCode, asked: code_limits.Request, language: str, now: dt.datetime) -> None:
    """Write the code and its SMS. With nobody to send it to the SMS is written, too, and taken back: the same work."""
    digits = f"{secrets.randbelow(10**6):06d}"
    code.code_hash = _hash(code.handle, digits)
    code.created_at, code.expires_at = now, now + LIFETIME
    wanted = code_limits.may_send(asked, code.phone, now) if code.phone else _as_much_work(code.iin, now)
    text = sms(TEXTS[code.purpose], language, code=digits)
    with db.atomic():
        code.save(force_insert=True)
        with db.atomic() as message:
            outbox.write_sms(_key(code.handle), code.phone or NOBODY, text, now, expires_at=code.expires_at)
            keep = code.phone is not None and wanted
            (message.commit if keep else message.rollback)()


def _as_much_work(iin: str, now: dt.datetime) -> bool:
    """Nobody gets this one: no limit of what is sent counts it, but it takes as long."""
    for name in ("nobody's codes", "nobody's codes sent", "nobody's codes sent at most"):
        limits.allows(name, iin, now)
    return False


def _try(row: OneTimeCode, code: str, now: dt.datetime) -> CodeProblem | None:
    """Take one of the code's tries, then look. The conditions stand in the statements: rivals cannot share a try."""
    usable = (OneTimeCode.id == row.id) & OneTimeCode.used_at.is_null()
    taken = OneTimeCode.update(tries=OneTimeCode.tries + 1).where(
        usable, OneTimeCode.tries < TRIES, OneTimeCode.expires_at > now, OneTimeCode.created_at <= now + SKEW
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
    over = fresh.expires_at <= now or is_ahead(fresh.created_at, now)
    return CodeExpired() if over else CodeBurnt()


def _key(handle: str) -> str:
    """Of the message that brings a code."""
    return f"code:{handle}"


def _hash(handle: str, digits: str) -> str:
    return keyed_hash("code", f"{handle}:{digits}")
