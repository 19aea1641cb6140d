"""Codes from an app (TOTP) as the second factor of staff: set up with a QR code, each good once."""

from __future__ import annotations

import datetime as dt
import hmac
from typing import Any

import pyotp
import segno

from ...db import db
from ...models import StaffMember
from ..identity import slowing
from ..keys.ring import KeyMissing, SealBroken, keyring
from ..records import audit
from .members import tell
from .own_browsers import is_own

ISSUER = "Qyzmet"
STEP = 30  # seconds
DRIFT = 1  # steps that a phone's clock may be off, before or after


class FactorWrong(Exception):
    """Not the code of this moment."""


class FactorSpent(FactorWrong):
    """This code was used already: the next one comes within 30 seconds."""


def make_secret() -> str:
    """160 random bits as apps take them."""
    return pyotp.random_base32()


def seal_secret(member: StaffMember, secret: str) -> str:
    """A secret as it may stand in a table: only this member's, only for the portal."""
    return keyring().seal_text(secret, _purpose(member))


def unseal_secret(member: StaffMember, sealed: str) -> str:
    """Raises KeyMissing, SealBroken."""
    return keyring().open_text(sealed, _purpose(member))


def draw_qr(member: StaffMember, secret: str) -> str:
    """What the app scans, as an address (data:) that an <img> shows."""
    address = pyotp.TOTP(secret).provisioning_uri(name=member.login, issuer_name=ISSUER)
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")


def code_at(secret: str, moment: dt.datetime) -> str:
    """The code that the app shows at a moment."""
    return pyotp.TOTP(secret, interval=STEP).at(int(moment.timestamp()))


def set_up(member: StaffMember, sealed: str, code: str, now: dt.datetime) -> StaffMember:
    """Take a new secret, once a code shows that the app has it. Raises FactorWrong, limits.LimitReached."""
    slowing.take_try("factor", str(member.id), now)
    step = _step_of(unseal_secret(member, sealed), code, now)
    if step is None:
        raise FactorWrong
    slowing.forget("factor", str(member.id))
    with db.atomic():
        member.totp_secret, member.totp_last_step = sealed, step
        member.save(only=[StaffMember.totp_secret, StaffMember.totp_last_step])
        audit.record(f"staff:{member.id}", "factor_set_up", f"staff:{member.id}", now)
        tell(member, "factor_set_up", now)
    return member


def list_key_ids() -> set[str]:
    """The ids of the keys that members' secrets are sealed by."""
    sealed: Any = StaffMember.select(StaffMember.totp_secret).where(StaffMember.totp_secret != "").tuples()
    return {secret.partition(":")[0] for (secret,) in sealed}


def reseal() -> int:
    """Seal every member's secret with the current key; how many. Raises KeyMissing, SealBroken."""
    count = 0
    for member in list(StaffMember.select().where(StaffMember.totp_secret != "")):
        if member.totp_secret.partition(":")[0] == keyring().current:
            continue
        fresh = seal_secret(member, unseal_secret(member, member.totp_secret))
        unchanged = (StaffMember.id == member.id) & (StaffMember.totp_secret == member.totp_secret)
        with db.atomic():
            count += StaffMember.update(totp_secret=fresh).where(unchanged).execute()
    return count


def prove(member: StaffMember, code: str, now: dt.datetime, browser: str = "") -> None:
    """Is this the code of the moment? It opens once, also when tried twice at the same time.

    After some wrong ones each further try has to wait; only who knows the password gets here. `browser`: what
    own_browsers.py marked it with; the member's own is counted by itself, so that who has stolen the password does not
    keep the member out with it.
    Raises FactorWrong, FactorSpent, limits.LimitReached.
    """
    subject = f"{member.id} {browser}" if is_own(member.login, browser) else str(member.id)
    slowing.take_try("factor", subject, now)
    problem = _try(member, code, now)
    if problem:
        audit.record(
            f"staff:{member.id}", "second_factor_refused", f"staff:{member.id}", now, why=type(problem).__name__
        )
        raise problem
    slowing.forget("factor", subject)


def _try(member: StaffMember, code: str, now: dt.datetime) -> FactorWrong | None:
    try:
        secret = unseal_secret(member, member.totp_secret)
    except (KeyMissing, SealBroken):
        return FactorWrong()  # of another installation, as demo data in production would be
    step = _step_of(secret, code, now)
    if step is None:
        return FactorWrong()
    with db.atomic():
        # A last step beyond what any code of this moment can be was noted by a clock that ran ahead.
        ahead = StaffMember.totp_last_step > _present(now) + DRIFT
        unused = (StaffMember.id == member.id) & ((StaffMember.totp_last_step < step) | ahead)
        taken = StaffMember.update(totp_last_step=step).where(unused).execute()
    return None if taken else FactorSpent()


def _step_of(secret: str, code: str, now: dt.datetime) -> int | None:
    """The 30 seconds that a code belongs to, if they are about now."""
    totp, present = pyotp.TOTP(secret, interval=STEP), _present(now)
    found = None
    for step in range(present - DRIFT, present + DRIFT + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            found = step
    return found


def _present(now: dt.datetime) -> int:
    return int(now.timestamp()) // STEP


def _purpose(member: StaffMember) -> str:
    return f"totp of {member.login}"
