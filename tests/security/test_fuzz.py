"""Every route with parameters that no page of ours sends: it may refuse, but it never fails.

FUZZ=10000 sends so many requests instead of the few of the suite; the same number sends the same ones.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from tests.security.test_injection import ASKED_BY_NAME, FIELDS_OF_FORMS
from tests.security.world import ROLES, ROUTES, World
from tests.signing_in import post

REQUESTS = int(os.environ.get("FUZZ", "1500"))
NAMES = sorted(FIELDS_OF_FORMS | ASKED_BY_NAME | {"page", "before", "since", "until", "sort", "tab", "decision", "key"})
NUMBERS = [
    "0",
    "-1",
    str(2**31),
    str(2**63 - 1),
    str(2**63),
    str(2**64),
    "9" * 400,
    "1e9",
    "1.5",
    "NaN",
    "٣",
    "１２",
    "1_0",
]
DAYS = ["0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-W01-1", "20260101", "-2026-01-01"]
CURSORS = [
    "YTIwMjYtMDEtMDEsMQ",
    "YjAwMDEtMDEtMDEsOTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
    "YTk5OTktMTItMzFUMjM6NTk6NTksMQ",
    "===",
    "ü",
]
TEXTS = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud7ff",
    "\u202e\u200b",
    "̖́" * 500,
    "a" * 30_000,
    "%s%n{0}{{7*7}}",
    "\r\nX: y",
    "../../x",
    "ҚА" * 99,
]
JSON = ["[" * 5000, "{" * 5000, '{"csp-report":' * 900 + "1", '{"csp-report": {"blocked-uri": 1e400}}', "null", "[1]",
        '{"csp-report":{"blocked-uri":"\\ud800"}}', "\ufeff{}"]  # fmt: skip
ODD = [*NUMBERS, *DAYS, *CURSORS, *TEXTS]
RAW = [b"%ff%fe=%c0%80", b"\xff\xfe", b"a=1&a=2&&&=&;=%", b"=" * 2000, b"csrf_token=%00"]
KINDS = ["application/json", "application/csp-report", "text/plain", "multipart/form-data; boundary=x",
         "multipart/form-data", "application/x-www-form-urlencoded; charset=utf-16", "\x7f"]  # fmt: skip
HEADERS = ["Accept-Language", "Cookie", "Referer", "Origin", "If-None-Match", "Range", "HX-Request",
           "Content-Length", "Upload-Offset", "Upload-Length", "Upload-Metadata", "Upload-Checksum", "Save-Data",
           "X-CSRF-Token"]  # fmt: skip


def odd_part(rule: Rule, name: str, chance: random.Random) -> Any:
    """Something that fits into that place of an address, and nothing that is there."""
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return chance.choice(sorted(converter.items))
    if isinstance(converter, IntegerConverter):
        return chance.choice([0, 1, 2**31, 2**63 - 1])
    return chance.choice([value for value in ODD if value and len(value) < 500])


def addresses(world: World, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Method and address, without end: of what there is, and of what there is not."""
    rules = [rule for rule in world.app.url_map.iter_rules() if "static" not in rule.endpoint]
    adapter = world.app.url_map.bind("localhost")
    while True:
        if chance.random() < 0.6:
            route = chance.choice(ROUTES)
            if "sign_out" not in route.endpoint and "sandbox" not in route.endpoint:
                yield route.method, route.address(world).partition("?")[0]
            continue
        rule = chance.choice(rules)
        parts = {name: odd_part(rule, name, chance) for name in rule.arguments}
        try:
            address = adapter.build(rule.endpoint, parts, force_external=False)
        except Exception:  # the odd part does not fit there
            continue
        method = chance.choice(sorted((rule.methods or {"GET"}) - {"HEAD", "OPTIONS"}))
        if "sign_out" not in rule.endpoint and "sandbox" not in rule.endpoint:
            yield method, address


def send(client: FlaskClient, method: str, address: str, chance: random.Random) -> Any:
    asked = [(chance.choice(NAMES), chance.choice(ODD)[:3000]) for _ in range(chance.randrange(4))]
    headers = {}
    if chance.random() < 0.3:
        value = "".join(sign for sign in chance.choice(ODD)[:2000] if " " <= sign < "\x7f" or sign > "\xa0")
        headers[chance.choice(HEADERS)] = value.encode().decode("latin-1")
    options: dict[str, Any] = {"method": method, "query_string": asked, "headers": headers}
    if method == "GET":
        return client.open(address, **options)
    way = chance.random()
    if way < 0.7:
        names = chance.sample(NAMES, 12)
        return post(
            client, address, {name: [chance.choice(ODD)[:5000]] * chance.choice([1, 1, 2]) for name in names}, **options
        )
    data = chance.choice(RAW) if way < 0.85 else chance.choice(JSON).encode()
    return client.open(address, data=data, content_type=chance.choice(KINDS), **options)


@pytest.mark.parametrize("role", ROLES)
def test_v15_3_7_whatever_comes_no_route_fails(world: World, role: str):
    world.app.testing = False
    client, chance, failed = world.client(role), random.Random(f"{role} {REQUESTS}"), []
    for number, (method, address) in enumerate(addresses(world, chance)):
        if number * len(ROLES) >= REQUESTS:
            break
        answer = send(client, method, address, chance)
        if answer.status_code >= 500:
            failed.append((answer.status_code, method, address[:100]))
    assert failed == []


@pytest.mark.parametrize(
    "odd", [*NUMBERS, *CURSORS, *DAYS, "b" * 5000], ids=range(len([*NUMBERS, *CURSORS, *DAYS]) + 1)
)
def test_v2_2_1_numbers_days_and_cursors_that_are_none_are_refused_or_passed_over(world: World, odd: str):
    world.app.testing = False
    for role, address, names in (
        ("head", "/staff/work", ("page", "tab", "state", "sort", "service")),
        ("admin", "/staff/audit", ("before", "since", "until", "case", "actor", "action")),
        ("manager", "/staff/reports", ("since", "until", "service", "body")),
    ):
        for name in names:
            answer = world.client(role).get(address, query_string={name: odd})
            assert answer.status_code in (200, 400, 404), f"{address} {name}"
    for address in ("/staff/passports/{}", "/staff/members/{}/history", "/staff/passports/{}/preview"):
        assert world.admin.get(address.format(odd.replace("/", ""))).status_code in (303, 308, 404), address


@pytest.mark.parametrize("body", JSON, ids=range(len(JSON)))
def test_v2_2_1_no_form_is_taken_as_json(world: World, body: str):
    world.app.testing = False
    for client, address in (
        (world.anonymous, "/kk/sign-in"),
        (world.owner, "/kk/complaints/new"),
        (world.admin, "/staff/members/new"),
    ):
        answer = client.post(address, data=body.encode(), content_type="application/json")
        assert answer.status_code == 400, address


@pytest.mark.parametrize("body", JSON, ids=range(len(JSON)))
def test_v2_2_1_reports_that_are_none_are_refused(world: World, body: str):
    world.app.testing = False
    answer = world.anonymous.post("/csp", data=body.encode(), content_type="application/csp-report")
    assert answer.status_code in (204, 400)


def test_v2_4_1_reports_of_an_address_are_limited(world: World):
    body = b'{"csp-report": {}}'
    statuses = [world.anonymous.post("/csp", data=body).status_code for _ in range(125)]
    assert statuses == [204] * 120 + [429] * 5
    other = {"REMOTE_ADDR": "10.0.0.9"}
    assert world.anonymous.post("/csp", data=body, environ_base=other).status_code == 204
