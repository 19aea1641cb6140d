"""Who may do what: every endpoint, every role, every method, against one table (ASVS V8)."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from portal.models import AuditEntry
from tests.security.world import ROLES, ROUTES, World, every_page, rows
from tests.signing_in import post, token

ALL = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def test_v8_2_1_every_route_has_its_rows_in_the_table(app):
    served = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }  # fmt: skip
    listed = {(route.endpoint, route.method) for route in ROUTES}
    assert served - listed == set(), "a new route: add it to ROUTES in tests/security/world.py"
    assert listed - served == set(), "a route that is no more"


@pytest.mark.parametrize("role", ROLES)
def test_v8_2_1_every_route_answers_each_role_as_the_table_says(world: World, role: str):
    client, wrong = world.client(role), []
    for route in ROUTES:
        address = route.address(world)
        answer = client.get(address) if route.method == "GET" else post(client, address, method=route.method)
        expected = route.expected(role)
        if answer.status_code != expected:
            wrong.append(f"{route.method} {address} ({route.what}): {answer.status_code}, not {expected}")
        if role == "anonymous" and expected == 303 != route.owner and route.endpoint != "catalogue.root":
            assert "/sign-in?next=" in answer.location
        if route.method == "GET":
            assert client.head(address).status_code == answer.status_code, address
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_v8_2_1_no_method_but_those_of_the_route_is_served(world: World, role: str):
    served: dict[str, set[str]] = {}
    methods_of = {
        endpoint: {method for rule in world.app.url_map.iter_rules(endpoint) for method in rule.methods}
        for endpoint in {route.endpoint for route in ROUTES}
    }
    for route in ROUTES:
        address = route.address(world).partition("?")[0]
        served[address] = served.get(address, set()) | methods_of[route.endpoint]
    before, fresh = rows(), token(world.client(role))
    for address, methods in served.items():
        for method in set(ALL) - methods:
            answer = world.client(role).open(address, method=method, data={"csrf_token": fresh})
            assert answer.status_code == 405, f"{method} {address}: {answer.status_code}"
    assert rows() == before


@pytest.mark.parametrize("role", ["anonymous", "other", "stated"])
def test_v8_2_2_nobody_else_changes_or_sees_what_belongs_to_the_owner(world: World, role: str):
    before = rows()
    secrets = (world.paper, "Бірінші шағым", "Екінші шағым", world.complaint, "940308490011")
    for route in ROUTES:
        if route.anonymous != 303 or route.endpoint in ("accounts.sign_out", "catalogue.root", "apply.begin"):
            continue
        address, client = route.address(world), world.client(role)
        answer = client.get(address) if route.method == "GET" else post(client, address, method=route.method)
        shown = BeautifulSoup(answer.text, "html.parser").get_text(" ")
        if answer.status_code < 300:
            assert not [secret for secret in secrets if secret in shown], address
    assert rows() == before


def test_v8_2_1_a_view_without_a_mark_is_refused_and_on_record(make_app):
    app = make_app()
    app.add_url_rule("/kk/forgotten", "forgotten", lambda: "open to all", methods=["GET", "POST"])
    client = app.test_client()
    assert [client.get("/kk/forgotten").status_code, post(client, "/kk/forgotten").status_code] == [403, 403]
    assert [entry.object for entry in AuditEntry.select()] == ["forgotten"] * 2


def test_v8_2_2_a_session_that_is_over_opens_nothing(world: World, clock):
    clock.forward(minutes=31)
    for route, answer in every_page(world, "owner"):
        assert answer.status_code == route.anonymous or route.endpoint == "accounts.sign_in", route.endpoint
