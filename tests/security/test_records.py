"""What is written down, what never is, and what a reader sees when something breaks (ASVS V14, V16)."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from flask import Flask, request

from portal import logs, worker
from portal.db import db
from portal.gateways.sending import GatewayDown
from portal.models import Account, AuditEntry, Case, Counter
from portal.sandbox.registers import load_people
from portal.services.identity import limits, sessions
from portal.services.records import audit
from tests.conftest import Clock
from tests.security.world import FORMS, PAGES, STAFF, Route, World, build_world, every_page, html_of
from tests.signing_in import MOTHER, post, sign_in, token

CONTROL = "\r\n2026-11-23 10:00:00,000 INFO portal.audit: forged\x1b[2J\u2028\u202e\x85"


def people_in_the_registers() -> Iterator[str]:
    for person in load_people():
        for somebody in (person, *person.get("children", ())):
            yield somebody["iin"]
            if somebody.get("phone"):
                yield somebody["phone"]
                yield somebody["phone"][1:]


class Addresses:
    """Every address that a browser would keep, and every one that it was sent to; the sandbox's are exempt."""

    def __init__(self, app: Flask) -> None:
        self.seen: list[str] = []
        self.secrets: set[str] = set()
        app.after_request(self.note)

    def note(self, response: Any) -> Any:
        self.secrets |= {value for name, value in request.cookies.items() if name.endswith("s")}
        self.secrets |= set(re.findall(r"(?:^|-)s=([\w-]{40,})", response.headers.get("Set-Cookie", "")))
        if not request.path.startswith("/sandbox/"):
            self.seen += [request.url, request.headers.get("Referer", "")]
            self.seen += [response.headers.get(name, "") for name in ("Location", "HX-Redirect", "HX-Push-Url", "Link")]
            if (response.content_type or "").startswith("text/html"):
                self.secrets |= set(re.findall(r'name="csrf_token" value="([^"]+)"', response.get_data(as_text=True)))
                links = re.findall(r'(?:href|action|src)="([^"]*)"', response.get_data(as_text=True))
                self.seen += [link for link in links if not link.startswith(("tel:", "mailto:"))]
        return response


def test_v14_2_1_no_number_code_or_token_stands_in_a_log_or_an_address(
    app: Flask, clock: Clock, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    caplog.set_level(logging.INFO)
    addresses = Addresses(app)
    world = build_world(app, clock)
    for role in ("owner", "other", "anonymous"):
        for _ in every_page(world, role):
            pass
    clock.forward(minutes=1)
    monkeypatch.setattr(
        app.extensions["context"].gateways.sms, "send", refuse_once(app.extensions["context"].gateways.sms.send)
    )
    worker.run_once(app.extensions["context"], clock(), worker.JOBS[:1])
    post(world.owner, f"/kk/apply/{world.draft}/child", {"child": "other"}, headers={"HX-Request": "true"})
    clock.forward(minutes=40)
    world.owner.post("/kk/cabinet/settings/phone", data={"phone": "+77010000000", "code": world.codes[0]})
    post(world.owner, "/kk/sign-out")
    logged = [record.getMessage() + str(record.exc_text or "") for record in caplog.records]
    assert any("sign_in" in line for line in logged)
    assert any("gateway is down" in line for line in logged)
    assert len(addresses.seen) > 300
    assert len(addresses.secrets) > 20
    secret = {*people_in_the_registers(), *addresses.secrets, *world.codes, "+77010000000"}
    everything = "\n".join([*logged, *map(unquote, addresses.seen)])
    assert sorted(found for found in secret if re.search(rf"(?<![0-9A-Za-z]){re.escape(found)}", everything)) == []
    kept = "\n".join(str(row) for row in AuditEntry.select().tuples())
    assert not [found for found in secret if re.search(rf"(?<![0-9A-Za-z]){re.escape(found)}(?![0-9a-f])", kept)]


def refuse_once(send: Callable[[Any], None]) -> Callable[[Any], None]:
    calls: list[Any] = []

    def sending(message: Any) -> None:
        calls.append(message)
        if len(calls) == 2:
            raise GatewayDown("the line is cut")
        send(message)

    return sending


def test_v14_2_2_every_answer_for_somebody_signed_in_is_stored_nowhere(world: World):
    for role in ("owner", "other", "anonymous"):
        for route, answer in every_page(world, role):
            if route.anonymous == 303:
                assert answer.headers["Cache-Control"] == "no-store", route.address(world)
    for route in FORMS:
        assert post(world.owner, route.address(world)).headers["Cache-Control"] == "no-store", route.address(world)


def test_v14_2_2_a_page_that_is_kept_for_all_knows_nobody(world: World):
    """The owner reads every public page first; then a stranger is shown the same bytes."""
    public = [route for route in PAGES if route.anonymous == route.owner == 200 and "sandbox" not in route.endpoint]
    name = Account.get(Account.iin == MOTHER).name
    assert name
    for headers in ({}, {}, {"HX-Request": "true"}, {"HX-Request": "true"}, {"Host": "evil.example"}, {}):
        for client in (world.owner, world.anonymous):
            for route in public:
                page = html_of(client.get(route.address(world), headers=headers))
                assert "evil.example" not in page, route.address(world)
                for secret in (name, MOTHER, world.number, world.draft):
                    assert secret not in page or route.endpoint == "papers.verify", route.address(world)


def test_v14_3_1_after_signing_out_nothing_is_left_in_the_browser_or_here(world: World):
    cookie = world.owner.get_cookie("s").value
    answer = post(world.owner, "/kk/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache","cookies","storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert sessions.find_session(cookie) is None
    world.owner.set_cookie("s", cookie)
    for route, again in every_page(world, "owner"):
        if route.anonymous == 303:
            assert again.status_code == 303, route.address(world)


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The audit lines logged since the last look, each one line of JSON."""
    found = [record.getMessage() for record in caplog.records if record.name == "portal.audit"]
    caplog.clear()
    assert not [line for line in found if len(line.splitlines()) != 1]
    return [json.loads(line) for line in found]


def what(entries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(entry["action"], entry["object"]) for entry in entries]


def test_v16_3_each_thing_that_matters_is_one_structured_line(world: World, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    owner = f"account:{Account.get(Account.iin == MOTHER).id}"
    sign_in(world.anonymous, MOTHER)
    assert what(lines(caplog)) == [("sign_in", owner)]
    stranger = world.app.test_client()
    asked = post(stranger, "/kk/sign-in", {"iin": MOTHER})
    post(stranger, asked.location, {"code": "000000"})
    (refused,) = lines(caplog)
    assert (refused["action"], refused["actor"]) == ("code_refused", "anonymous")
    world.other.get(f"/kk/cabinet/{world.number}")
    world.other.get(f"/kk/cabinet/{world.number}/papers/{world.paper}.pdf")
    post(world.other, f"/kk/apply/{world.draft}/sign", {"code": world.codes[-1]})
    denied = lines(caplog)
    assert [entry["action"] for entry in denied] == ["access_refused"] * 3
    assert [entry["object"] for entry in denied] == ["cabinet.case", "papers.pdf", "apply.sign"]
    assert {entry["actor"] for entry in denied} == {f"account:{Account.get(Account.iin == '010203590013').id}"}
    world.owner.get(f"/kk/cabinet/{world.number}/papers/{world.paper}")
    ((action, paper),) = what(lines(caplog))
    assert (action, paper.split(":")[0]) == ("view_paper", "paper")
    world.owner.post("/kk/cabinet/settings", data={"language": "ru"})
    world.owner.post("/kk/cabinet/settings", data={"language": "ru"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert [(entry["action"], entry["actor"]) for entry in lines(caplog)] == [
        ("stale_form_refused", owner),
        ("foreign_form_refused", "anonymous"),
    ]
    post(world.owner, "/kk/sign-out")
    assert what(lines(caplog)) == [("sign_out", owner)]
    assert audit.verify() == []


def test_v16_3_a_storm_of_refusals_fills_no_disk(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(limits.LIMITS, "refusals on record of an address", ((3600, 3),))
    before = AuditEntry.select().count()
    for _ in range(10):
        assert world.other.get(f"/kk/cabinet/{world.number}").status_code == 404
    actions = [entry.action for entry in AuditEntry.select().order_by(AuditEntry.id)][before:]
    assert actions == ["access_refused"] * 3 + ["limit_reached"]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything logged, as the server writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.LineFormatter(logs.FORMAT))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def assert_not_forged(written: str) -> None:
    assert written
    for line in written.split("\n")[:-1]:
        assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [\w.]+: |    ", line), line
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u202e]", line), line
        assert not re.match(r"\d\S+ \S+ INFO portal.audit: forged", line), line


def test_v14_2_1_a_number_that_an_exception_quotes_is_masked_whoever_logged_it():
    line = "refused: iin=900101300017, phone +77011234567"
    record = logging.LogRecord("portal", logging.ERROR, __file__, 1, line, None, None)
    written = logs.LineFormatter(logs.FORMAT).format(record)
    assert "900101300017" not in written
    assert "7011234567" not in written
    assert "9001********" in written


def test_v16_4_1_nothing_that_is_typed_forges_a_line(world: World, log: io.StringIO):
    evil = dict.fromkeys(("iin", "code", "number", "text", "child_name", "next", "q", "about", "phone"), CONTROL)
    for route in PAGES:
        world.owner.get(route.address(world).partition("?")[0], query_string=evil)
    for route in FORMS:
        post(world.owner, route.address(world), evil)
        world.other.post(route.address(world), data=evil)
    report = {"csp-report": {"blocked-uri": CONTROL, "effective-directive": CONTROL, CONTROL: CONTROL}}
    assert world.anonymous.post("/csp", json=report).status_code == 204
    audit.record(CONTROL, CONTROL, CONTROL, Clock().now, **{CONTROL: CONTROL})
    logging.getLogger("portal").error("%s", CONTROL)
    try:
        raise ValueError(f"Key (iin)=({MOTHER}) exists; +77000000001{CONTROL}")
    except ValueError:
        logging.getLogger("portal").exception("broken")
    assert_not_forged(log.getvalue())
    assert MOTHER not in log.getvalue()
    assert "+77000000001" not in log.getvalue()
    assert "9403********" in log.getvalue()


def test_v16_2_5_no_logger_ever_says_what_sql_or_http_carries():
    names = ("peewee", "httpx", "httpcore", "httpcore.http11")
    root, before = logging.getLogger(), {name: logging.getLogger(name).level for name in names}
    level = root.level
    try:
        root.setLevel(logging.DEBUG)
        logs.set_up(logging.DEBUG)
        assert not [name for name in names if logging.getLogger(name).isEnabledFor(logging.DEBUG)]
    finally:
        root.setLevel(level)
        for name, was in before.items():
            logging.getLogger(name).setLevel(was)


def break_every_view(app: Flask, monkeypatch: pytest.MonkeyPatch, leave_open: bool) -> None:
    """Every view writes a row and fails, as any view might; the marks of access stay."""

    def broken(view: Any) -> Any:
        @wraps(view)
        def fail(**_: Any) -> None:
            if leave_open:
                db.atomic().__enter__()
                Counter.create(series="left open", last=1)
            else:
                with db.atomic():
                    Counter.create(series="rolled back", last=1)
                    raise RuntimeError(f"the secret of the house: {MOTHER}")
            raise RuntimeError(f"the secret of the house: {MOTHER}")

        return fail

    for endpoint, view in list(app.view_functions.items()):
        monkeypatch.setitem(app.view_functions, endpoint, broken(view))


def who_may(route: Route) -> str:
    """A role that the view is open to."""
    if route.owner != 303:
        return "owner"
    return next((role for role in ("admin", "head", "operator") if route.staff.get(role, 403) != 403), "owner")


@pytest.mark.parametrize("leave_open", [False, True])
def test_v16_5_1_a_failure_in_any_view_shows_a_number_and_no_trace_and_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, log: io.StringIO, leave_open: bool
):
    half_way = {name for name, view in world.app.view_functions.items() if view.access == "half"}
    routes = [route for route in (*PAGES, *FORMS) if route.endpoint not in half_way]
    tokens = {role: token(world.client(role)) for role in ("owner", *STAFF)}
    break_every_view(world.app, monkeypatch, leave_open)
    world.app.testing = False
    for route in routes:
        role = who_may(route)
        client, fresh = world.client(role), tokens[role] if route.method == "POST" else ""
        answer = client.open(route.address(world), method=route.method, data={"csrf_token": fresh} if fresh else None)
        page = BeautifulSoup(answer.text, "html.parser")
        assert answer.status_code == 500, route.address(world)
        assert "secret of the house" not in answer.text
        assert "Traceback" not in answer.text
        assert page.html["lang"] == "kk"
        assert len(page.select("main")) == len(page.select("h1")) == 1
        number = page.select_one("main code").text
        assert f"request {number} failed" in log.getvalue(), route.address(world)
        assert answer.headers["Cache-Control"] == "no-store"
        db.connect(reuse_if_open=True)
        assert not db.in_transaction()
        assert Counter.select().where(Counter.series.in_(["left open", "rolled back"])).count() == 0
    assert "secret of the house" in log.getvalue()
    assert MOTHER not in log.getvalue()
    assert_not_forged(log.getvalue())


def test_v16_5_3_a_failure_at_any_write_of_a_form_shows_the_page_and_changes_nothing_by_half(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """Withdrawing, the longest change apart from submitting, broken at each of its writes in turn."""
    world.app.testing = False
    real = db.obj.execute_sql
    for point in range(1, 12):
        writes: list[str] = []

        def failing(sql: str, *rest: Any, writes: list[str] = writes, point: int = point, **options: Any) -> Any:
            if sql.startswith(("INSERT", "UPDATE", "DELETE")):
                writes.append(sql)
                if len(writes) == point:
                    raise RuntimeError("the power went")
            return real(sql, *rest, **options)

        with monkeypatch.context() as broken:
            broken.setattr(db.obj, "execute_sql", failing)
            answer = post(world.owner, f"/kk/cabinet/{world.number}/withdraw")
        db.connect(reuse_if_open=True)
        state = Case.get(Case.number == world.number).state
        if answer.status_code == 303:
            assert (state, point > 4) == ("withdrawn", True)
            return
        assert (answer.status_code, state) == (500, "granted")
    raise AssertionError("more writes than expected")
