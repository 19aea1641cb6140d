"""People who work here: added, changed, disabled; their passwords, and a second factor that was lost.

Nobody registers themselves: the first administrator comes from the command line, the others from administrators.
"""

from __future__ import annotations

import datetime as dt
import re

from peewee import IntegrityError

from ...db import db
from ...models import Organisation, SecurityKey, StaffMember
from ..identity import limits, sessions, slowing
from ..languages import LANGUAGES
from ..messages.outbox import write_mail
from ..messages.texts import get_letter, write_out
from ..records import audit
from .leaving import HOLDERS, let_go
from .passwords import PasswordUnchanged, hash_password, is_right, judge, make_password

ROLES = ("officer", "head", "manager", "admin", "contact_centre")
READERS = ("officer", "head", "manager")  # who may see the cases of their own organisation
INITIAL = dt.timedelta(days=3)  # how long a password that was given lets in

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]\Z")


class StaffRefused(ValueError):
    """This change is not made."""


class MemberNotFound(StaffRefused, LookupError):
    """There is nobody with this login or number."""


class LoginTaken(StaffRefused):
    """Somebody else has this login."""


class LoginUnfit(StaffRefused):
    """A login has 3 to 60 small Latin letters, digits, dots, hyphens."""


class RoleUnknown(StaffRefused):
    """Not one of ROLES."""


class NotByThemselves(StaffRefused):
    """Only another administrator may do this."""


class PasswordWrong(StaffRefused):
    """Not the present password."""


def find_member(login: str) -> StaffMember | None:
    """Whose login it is, with their organisation, also one who is disabled."""
    with_body = StaffMember.select(StaffMember, Organisation).join(Organisation)
    return with_body.where(StaffMember.login == login.strip().casefold()[:60]).first()


def get_member(id: int) -> StaffMember:
    """Raises MemberNotFound."""
    member = StaffMember.select(StaffMember, Organisation).join(Organisation).where(StaffMember.id == id).first()
    if member is None:
        raise MemberNotFound(str(id))
    return member


def add_member(
    login: str,
    name: str,
    organisation: Organisation,
    role: str,
    now: dt.datetime,
    *,
    email: str = "",
    language: str = "kk",
    by: StaffMember | None = None,
    password: str = "",
) -> tuple[StaffMember, str]:
    """A new member, and the password that they sign in with once to choose an own one. `by` None: the command line.

    Raises LoginUnfit, LoginTaken, RoleUnknown, PasswordRefused.
    """
    login = login.strip().casefold()
    if not _LOGIN.match(login):
        raise LoginUnfit(login)
    _check_role(role)
    if password:
        judge(password, _known_of(login, name, organisation))
    password = password or make_password()
    try:
        with db.atomic():
            member = StaffMember.create(
                login=login, name=name, organisation=organisation, role=role, email=email,
                language=language if language in LANGUAGES else "kk",
                password_hash=hash_password(password), initial_until=now + INITIAL, created_at=now,
            )  # fmt: skip
            audit.record(_actor(by), "staff_added", _name(member), now, role=role, organisation=organisation.code)
    except IntegrityError:
        raise LoginTaken(login) from None
    return member, password


def change_member(
    member: StaffMember,
    now: dt.datetime,
    *,
    by: StaffMember,
    name: str | None = None,
    organisation: Organisation | None = None,
    role: str | None = None,
    email: str | None = None,
) -> StaffMember:
    """Change what is given; it holds from their next request on. The old address is told of a new one.

    In another organisation, or in a role that has no cases, what they held is nobody's.
    Raises RoleUnknown; NotByThemselves for one's own role or organisation.
    """
    if by.id == member.id and (role not in (None, member.role) or organisation not in (None, member.organisation)):
        raise NotByThemselves
    _check_role(role or member.role)
    wanted = {"name": name, "organisation": organisation, "role": role, "email": email}
    changes = {field: value for field, value in wanted.items() if value not in (None, getattr(member, field))}
    before = member.role
    with db.atomic():
        if "email" in changes:
            tell(member, "email_changed", now)
        for field, value in changes.items():
            setattr(member, field, value)
        if changes:
            member.save(only=list(changes))
            if "organisation" in changes or member.role not in HOLDERS:
                let_go(member, _actor(by), now)
            audit.record(
                _actor(by),
                "staff_changed",
                _name(member),
                now,
                fields=sorted(changes),
                role=member.role,
                role_before=before,
            )
    return member


def disable_member(member: StaffMember, now: dt.datetime, by: StaffMember | None = None) -> int:
    """They no longer work here: every session of theirs is over; how many. What they held is nobody's.

    Raises NotByThemselves.
    """
    if by is not None and by.id == member.id:
        raise NotByThemselves
    with db.atomic():
        member.is_active = False
        member.save(only=[StaffMember.is_active])
        ended = sessions.end_all_of_staff(member)
        cases = let_go(member, _actor(by), now)
        audit.record(_actor(by), "staff_disabled", _name(member), now, sessions=ended, cases=cases)
    return ended


def enable_member(member: StaffMember, now: dt.datetime, by: StaffMember | None = None) -> None:
    """They are back, with the password and the second factor they had. Raises NotByThemselves."""
    if by is not None and by.id == member.id:
        raise NotByThemselves
    with db.atomic():
        member.is_active = True
        member.save(only=[StaffMember.is_active])
        audit.record(_actor(by), "staff_enabled", _name(member), now)


def reset_factor(member: StaffMember, by: StaffMember, now: dt.datetime) -> str:
    """A lost phone or key: only another administrator helps. The initial password to hand over, in person.

    The old password, codes, keys and every session are over: who comes back does so as on the first day.
    Raises NotByThemselves.
    """
    if by.id == member.id or by.role != "admin" or not by.is_active:
        raise NotByThemselves
    password = make_password()
    with db.atomic():
        SecurityKey.delete().where(SecurityKey.staff == member).execute()
        member.totp_secret, member.totp_last_step = "", 0
        member.password_hash, member.initial_until = hash_password(password), now + INITIAL
        member.save(
            only=[
                StaffMember.totp_secret,
                StaffMember.totp_last_step,
                StaffMember.password_hash,
                StaffMember.initial_until,
            ]
        )
        ended = sessions.end_all_of_staff(member)
        audit.record(_actor(by), "factor_reset", _name(member), now, sessions=ended)
        tell(member, "factor_reset", now)
    return password


def change_password(
    member: StaffMember, present: str, new: str, now: dt.datetime, session_key: str, address: str
) -> None:
    """An own password in place of the present one. Every other session of theirs is over.

    Raises PasswordWrong, PasswordRefused, limits.LimitReached.
    """
    subject = f"{member.login} signed in, {limits.network(address)}"  # tries at the door are no tries of theirs
    slowing.take_try("password", subject, now)
    if not is_right(present, member.password_hash):
        audit.record(_name(member), "password_refused", _name(member), now)
        raise PasswordWrong
    slowing.forget("password", subject)
    choose_password(member, new, now, session_key)


def choose_password(member: StaffMember, new: str, now: dt.datetime, session_key: str = "") -> None:
    """In place of one that was given. Raises PasswordRefused, also when it is that very one."""
    judge(new, _known_of(member.login, member.name, member.organisation))
    if is_right(new, member.password_hash):
        raise PasswordUnchanged
    with db.atomic():
        member.password_hash, member.initial_until = hash_password(new), None
        member.save(only=[StaffMember.password_hash, StaffMember.initial_until])
        sessions.end_all_of_staff(member, but_key=session_key)
        audit.record(_name(member), "password_changed", _name(member), now)
        tell(member, "password_changed", now)


def change_language(member: StaffMember, language: str) -> None:
    """In which language the staff pages speak to them."""
    if language in LANGUAGES and language != member.language:
        with db.atomic():
            member.language = language
            member.save(only=[StaffMember.language])


def tell(member: StaffMember, kind: str, now: dt.datetime) -> None:
    """A letter about their account, in the caller's transaction; to their organisation where they have no address."""
    to = member.email or member.organisation.email
    if to:
        subject, text = write_out(get_letter(kind), member.language)
        write_mail(f"staff:{member.id}:{kind}:{now.timestamp()}", to, subject, text, now)


def _known_of(login: str, name: str, organisation: Organisation) -> list[str]:
    return [login, name, organisation.code, organisation.name_kk, organisation.name_ru, organisation.name_en]


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise RoleUnknown(role)


def _name(member: StaffMember) -> str:
    return f"staff:{member.id}"


def _actor(by: StaffMember | None) -> str:
    return _name(by) if by is not None else "command line"
