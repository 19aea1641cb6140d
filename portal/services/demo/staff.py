"""Demo only: invented staff with a password and app secrets that everybody may know."""

from __future__ import annotations

import datetime as dt
import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...models import Organisation, StaffMember
from ..staff.second_factor import STEP, code_at, seal_secret

FILE = Path(__file__).parents[2] / "demo" / "staff.json"


@dataclass(frozen=True)
class DemoMember:
    """Somebody to sign in as. `code` is what their app shows now."""

    login: str
    name: str
    role: str
    organisation: Organisation
    code: str


def demo_password() -> str:
    """The one that all demo staff have."""
    return _content()["password"]


def demo_secret(login: str) -> str:
    """What the app of one of them holds. Raises LookupError."""
    for entry in _content()["staff"]:
        if entry["login"] == login:
            return entry["totp_secret"]
    raise LookupError(login)


def load_staff(now: dt.datetime) -> int:
    """Add those who are not there, in the caller's transaction; how many. Their secrets are sealed with demo's key."""
    known = {row.login for row in StaffMember.select(StaffMember.login)}
    bodies = {row.code: row for row in Organisation.select()}
    new = [entry for entry in _content()["staff"] if entry["login"] not in known]
    for entry in new:
        member = StaffMember(
            login=entry["login"],
            name=entry["name"],
            organisation=bodies[entry["organisation"]],
            role=entry["role"],
            email=entry["email"],
            language=entry["language"],
            password_hash=_content()["password_hash"],
            created_at=now,
        )
        member.totp_secret = seal_secret(member, entry["totp_secret"])
        member.save(force_insert=True)
    return len(new)


def list_staff(now: dt.datetime) -> list[DemoMember]:
    """All of them that are there, with the codes that their demo app shows now."""
    logins = [entry["login"] for entry in _content()["staff"]]
    rows = StaffMember.select(StaffMember, Organisation).join(Organisation).where(StaffMember.login.in_(logins))
    return [
        DemoMember(row.login, row.name, row.role, row.organisation, code_at(demo_secret(row.login), now))
        for row in sorted(rows, key=lambda row: logins.index(row.login))
    ]


def seconds_left(now: dt.datetime) -> int:
    """How long the codes of this moment are still shown."""
    return STEP - int(now.timestamp()) % STEP


@functools.cache
def _content() -> dict[str, Any]:
    return json.loads(FILE.read_text("utf-8"))
