"""For tests: staff signing in through the front door, as one of the demo's invented members."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import db as database
from portal.models import StaffMember
from portal.services.demo.staff import demo_password, demo_secret
from portal.services.staff.second_factor import code_at
from tests.signing_in import post


def app_code(client: FlaskClient, login: str) -> str:
    """What this member's app shows now, as if the one before were long ago: clocks of tests stand still."""
    database.connect()
    StaffMember.update(totp_last_step=0).where(StaffMember.login == login).execute()
    return code_at(demo_secret(login), client.application.extensions["context"].clock())


def prove_staff_password(client: FlaskClient, login: str, next: str = "") -> TestResponse:
    """The first half: the answer that leads to the second factor (303)."""
    address = "/staff/sign-in" + (f"?next={next}" if next else "")
    answer = post(client, address, {"login": login, "password": demo_password()})
    assert answer.status_code == 303, answer.text
    return answer


def sign_in_staff(client: FlaskClient, login: str, next: str = "") -> TestResponse:
    """Sign in with password and code; needs the demo data. The answer that leads on (303).

    Logins: oral.officer, oral.officer2, oral.head, oral.manager, school.officer, school.head, aqsai.officer,
    quality.officer, quality.head, gov4c.officer, gov4c.head, calls.operator, admin, admin2.
    """
    asked = prove_staff_password(client, login, next)
    answer = post(client, asked.location, {"code": app_code(client, login)})
    assert answer.status_code == 303, answer.text
    assert "/staff/second-factor" not in answer.location
    return answer


def confirm_staff(client: FlaskClient, login: str) -> TestResponse:
    """Prove the second factor again, as before signing a decision."""
    answer = post(client, "/staff/confirm", {"code": app_code(client, login)})
    assert answer.status_code == 303, answer.text
    return answer
