"""What every answer tells the browser about trust (ASVS V3.4)."""

import pytest

from portal.web.assets import assets
from portal.web.first_page import source_of
from portal.web.headers import policy

QUIET = (
    "default-src 'none';style-src 'self'{style};{script}img-src 'self' data:;form-action 'self';"
    "base-uri 'none';object-src 'none';frame-ancestors 'none';report-uri /csp"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ADDRESSES = [
    "/",
    "/kk/",
    "/kk/services/preschool-queue",
    "/kk/nothing",
    "/healthz",
    "/static/nothing.css",
    "/kk/status",
]


@pytest.fixture
def production(production_app):
    return production_app.test_client()


def test_v3_4_3_the_content_policy_is_exactly_this(client):
    answer = client.get("/kk/")
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    assert answer.headers["Content-Security-Policy"] == QUIET.format(style=f" {source_of(style)}", script="")


def test_the_hash_of_the_stylesheet_is_named_only_where_it_stands_in_the_page(client):
    client.get("/kk/help")
    assert client.get("/kk/help").headers["Content-Security-Policy"] == QUIET.format(style="", script="")


@pytest.mark.parametrize("address", ["/", "/kk/cabinet", "/healthz", "/favicon.ico", assets()["site.css"].address])
def test_v3_4_3_what_is_no_page_may_load_nothing_and_stand_in_no_frame(client, address):
    assert client.get(address).headers["Content-Security-Policy"] == "default-src 'none';frame-ancestors 'none'"


def test_scripts_are_allowed_only_where_the_page_has_one():
    assert policy("", True) == QUIET.format(style="", script="script-src 'self';connect-src 'self';")


@pytest.mark.parametrize("address", ADDRESSES)
def test_v3_4_4_trust_headers_stand_on_every_answer(client, address):
    for answer in (client.get(address), client.get(address)):  # the second may come from the kept pages
        assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
        assert "Strict-Transport-Security" not in answer.headers


def test_they_stand_on_refusals_too(client, app):
    too_large = client.post("/csp", data=b"x" * 70_000, content_type="application/csp-report")
    assert too_large.status_code == 413
    assert EVERYWHERE.items() <= dict(too_large.headers).items()
    assert EVERYWHERE.items() <= dict(client.post("/kk/help").headers).items()


@pytest.mark.parametrize("address", ADDRESSES)
def test_v3_4_1_production_insists_on_https(production, address):
    answer = production.get(address)
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_v3_3_1_cookies_of_production_bear_the_host_prefix(production):
    for address in ("/kk/", "/kk/help", "/kk/status", "/kk/sign-in"):
        for cookie in production.get(address, base_url="https://qyzmet.test").headers.getlist("Set-Cookie"):
            name, *parts = cookie.split("; ")
            assert name.startswith("__Host-")
            assert "=" in name
            assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(parts)
            assert "Domain" not in cookie
            assert len(cookie) <= 200  # the whole line; name and value are what the browser sends back each time
            assert len(name) <= 60


def test_nothing_is_stored_unless_the_page_says_so(client):
    assert client.get("/kk/status").headers["Cache-Control"] == "no-store"
    assert client.get("/kk/nothing").headers["Cache-Control"] == "no-store"
    assert client.get("/kk/help").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("address", [*ADDRESSES, "/kk/sign-in", "/kk/cabinet"])
def test_all_headers_of_an_answer_fit_into_800_bytes(production, address):
    answer = production.get(address, headers={"Accept-Encoding": "br"}, base_url="https://qyzmet.test")
    assert sum(len(name) + len(value) + 4 for name, value in answer.headers) <= 800
