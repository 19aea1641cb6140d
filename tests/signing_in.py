"""For tests: signing in through the front door, and posting forms as a browser does."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.models import Message
from portal.services.identity.sessions import new_key
from portal.web.csrf import FIELD, make_token

MOTHER = "940308490011"  # in the sandbox registers: phone +77000000001, two children
FATHER = "911119390015"  # of the same children
NEIGHBOUR = "+77011234567"  # a phone that no register has
STRANGER = "900101300017"  # well made, in no register


def token(client: FlaskClient) -> str:
    """A token for a form of this client's session, as any page with a form would hold."""
    cookie = client.get_cookie("s") or client.get_cookie("__Host-s")
    if cookie is None:
        client.set_cookie("s", new_key())
        cookie = client.get_cookie("s")
    with client.application.test_request_context(headers={"Cookie": f"{cookie.key}={cookie.value}"}):
        return make_token()


def post(client: FlaskClient, address: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
    """Post a form with its token; `method` sends it by another method."""
    return client.open(address, data={FIELD: token(client), **(data or {})}, **{"method": "POST", **options})


def last_code() -> str:
    """The code in the newest SMS of the outbox. Call it before the worker has sent it: then the text is wiped."""
    message = Message.select().where(Message.key.startswith("code:")).order_by(Message.id.desc()).get()
    found = re.search(r"\b[0-9]{6}\b", message.text)
    assert found is not None
    return found[0]


def sign_in(client: FlaskClient, iin: str = MOTHER, lang: str = "kk", next: str = "") -> TestResponse:
    """Sign in with an IIN and the code from the outbox; the answer that leads on (303)."""
    address = f"/{lang}/sign-in" + (f"?next={next}" if next else "")
    asked = post(client, address, {"iin": iin})
    assert asked.status_code == 303, asked.text
    answer = post(client, asked.location, {"code": last_code()})
    assert answer.status_code == 303, answer.text
    return answer


def state_identity(
    client: FlaskClient, iin: str = MOTHER, phone: str = NEIGHBOUR, name: str = "Үлгібаева Айгүл", lang: str = "kk"
) -> TestResponse:
    """State an IIN and prove a phone, to complain without signing in; the answer that leads on (303)."""
    asked = post(client, f"/{lang}/complaints/without-sign-in", {"iin": iin, "name": name, "phone": phone})
    assert asked.status_code == 303, asked.text
    answer = post(client, asked.location, {"code": last_code()})
    assert answer.status_code == 303, answer.text
    return answer
