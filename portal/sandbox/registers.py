"""The sandbox registers: the HTTP contract of docs/registers.md, answered from a list of invented people.

`POST /switch {"state": "up" | "slow" | "down"}` makes them fail on purpose, for tests and for showing what the portal
does then: slow answers come after SLOW seconds, down is status 503.
"""

from __future__ import annotations

import functools
import hmac
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import waitress.server
from flask import Flask, Response, abort, current_app, request
from waitress import wasyncore

from ..production import SANDBOX_TOKEN

PEOPLE = Path(__file__).parent.parent / "demo" / "people.json"
TOKEN = SANDBOX_TOKEN  # opens invented people, to this machine only
STATES = ("up", "slow", "down")
SLOW = 5.0  # seconds; longer than any page waits
THREADS = 40  # more than two portals' clients ask at once, so that a slow sandbox can still be switched

Person = dict[str, Any]


def load_people(path: Path = PEOPLE) -> list[Person]:
    """The invented people: {iin, name, phone, birth_date, children: [{iin, name, birth_date, certificate}], statuses}.

    `statuses` are the privileges the registers confirm, as option ids of the passports.
    """
    return json.loads(path.read_text("utf-8"))


def make_app(people: list[Person], token: str = TOKEN) -> Flask:
    """The registers as a WSGI application. `people` is read on every question: tests may change it."""
    app = Flask("registers", static_folder=None)
    app.extensions["state"] = "up"
    app.before_request(functools.partial(_check_caller, token))
    app.add_url_rule("/switch", view_func=_switch, methods=["GET", "POST"])
    register = _Register(people)
    questions: tuple[tuple[str, tuple[str, ...], Callable[..., Any]], ...] = (
        ("/civil/person", ("iin",), lambda iin: {"person": register.person(iin)}),
        ("/civil/children", ("iin",), lambda iin: {"children": register.children(iin)}),
        ("/civil/guardian", ("adult_iin", "child_iin"), lambda a, c: {"guardian": register.child(a, c) is not None}),
        ("/civil/child", ("guardian_iin", "child_iin"), lambda g, c: {"child": register.child(g, c)}),
        ("/phones/find", ("iin",), lambda iin: {"phone": register.adult(iin).get("phone")}),
        ("/privileges/list", ("iin",), lambda iin: {"privileges": register.adult(iin).get("statuses", [])}),
    )
    for path, fields, answer in questions:
        app.add_url_rule(path, path, functools.partial(_answer, fields, answer), methods=["POST"])
    return app


def _check_caller(token: str) -> None:
    """Answers nobody without the token; what is switched to fail fails, except for the switch itself."""
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        abort(_error(401, "unknown caller"))
    if request.path == "/switch":
        return
    patience = time.monotonic() + SLOW
    while current_app.extensions["state"] == "slow" and time.monotonic() < patience:
        time.sleep(0.05)
    if current_app.extensions["state"] == "down":
        abort(_error(503, "switched off on purpose"))


def _switch() -> dict[str, str]:
    """The state, put to another one by a POST."""
    if request.method == "POST":
        state = (request.get_json(silent=True) or {}).get("state")
        if state not in STATES:
            abort(_error(400, "state has to be up, slow or down"))
        current_app.extensions["state"] = state
    return {"state": current_app.extensions["state"]}


def _answer(fields: tuple[str, ...], answer: Callable[..., Any]) -> Any:
    """The answer to a question of exactly these fields, all IINs."""
    return answer(*_question(fields))


def start(people: list[Person], port: int = 0, token: str = TOKEN) -> tuple[str, Callable[[], None]]:
    """Serve the registers on this machine in a daemon thread: (address, a function that stops them)."""
    sockets: dict[int, Any] = {}
    app = make_app(people, token)
    server = waitress.server.create_server(app, map=sockets, host="127.0.0.1", port=port, threads=THREADS)
    stopping = threading.Event()

    def serve() -> None:
        while not stopping.is_set():
            wasyncore.loop(timeout=1, map=sockets, count=1)
        server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)
        wasyncore.close_all(sockets)

    thread = threading.Thread(target=serve, name="sandbox-registers", daemon=True)
    thread.start()

    def stop() -> None:
        if not stopping.is_set():
            stopping.set()
            server.pull_trigger()  # wakes the loop
            thread.join(5)

    return f"http://127.0.0.1:{server.effective_port}", stop


def switch(url: str, state: str, token: str = TOKEN) -> None:
    """Make running sandbox registers fail, or work again. Raises httpx.HTTPError if they do not run."""
    _call("POST", url, token, {"state": state})


def find_state(url: str, token: str = TOKEN) -> str | None:
    """What running sandbox registers are switched to; None if none run there."""
    try:
        return _call("GET", url, token, None).json()["state"]
    except httpx.HTTPError:
        return None


def _call(method: str, url: str, token: str, body: dict[str, str] | None) -> httpx.Response:
    with httpx.Client(trust_env=False, timeout=2) as http:
        headers = {"Authorization": f"Bearer {token}"}
        return http.request(method, f"{url}/switch", json=body, headers=headers).raise_for_status()


class _Register:
    def __init__(self, people: list[Person]) -> None:
        self._people = people

    def adult(self, iin: str) -> Person:
        return next((person for person in self._people if person["iin"] == iin), {})

    def person(self, iin: str) -> Person | None:
        everybody = self._people + [child for person in self._people for child in person.get("children", ())]
        found = next((person for person in everybody if person["iin"] == iin), None)
        if found is None:
            return None
        return {
            "iin": found["iin"],
            "name": found["name"],
            "birth_date": found["birth_date"],
            "phone": found.get("phone"),
        }

    def children(self, iin: str) -> list[Person]:
        return [
            {
                "iin": child["iin"],
                "name": child["name"],
                "birth_date": child["birth_date"],
                "certificate": child.get("certificate", ""),
            }
            for child in self.adult(iin).get("children", ())
        ]

    def child(self, adult_iin: str, child_iin: str) -> Person | None:
        return next((child for child in self.children(adult_iin) if child["iin"] == child_iin), None)


def _question(fields: tuple[str, ...]) -> list[str]:
    """The fields of the question, in their order; 400 if they are not there, not alone or not IINs."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or set(body) != set(fields):
        abort(_error(400, f"a JSON object with exactly {', '.join(fields)} is needed"))
    values = [body[field] for field in fields]
    if not all(isinstance(value, str) and len(value) == 12 and value.isascii() and value.isdigit() for value in values):
        abort(_error(400, "an IIN has 12 digits"))
    return values


def _error(status: int, text: str) -> Response:
    return Response(json.dumps({"error": text}), status, mimetype="application/json")
