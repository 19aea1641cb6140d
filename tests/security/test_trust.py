"""What a browser is told, and what it is not believed: headers, cookies, tokens, addresses (ASVS V3, V4, V13)."""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import peewee
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.db import db
from portal.models import AuditEntry, RateCount, SealedPaper
from portal.services.identity import limits
from portal.services.keys.keyed_hash import keyed_hash
from portal.web.access import public
from portal.web.first_page import source_of
from portal.web.signed_out import is_safe_address
from tests.real_server import serving
from tests.security.world import FORMS, PAGES, STYLE, World, every_page, fields_of, html_of, rows
from tests.signing_in import MOTHER, post, sign_in, token

POLICY = (
    "default-src 'none';style-src 'self'{style};{script}img-src 'self' data:;form-action 'self';"
    "base-uri 'none';object-src 'none';frame-ancestors 'none';report-uri /csp"
)
SCRIPT = "script-src 'self';connect-src 'self';"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS = "https://qyzmet.test"


def assert_headers(answer: TestResponse, where: str) -> None:
    page, headers = html_of(answer), answer.headers
    style = page.partition("<style>")[2].partition("</style>")[0]
    expected = POLICY.format(style=f" {source_of(style)}" if style else "", script=SCRIPT if "<script" in page else "")
    saved = headers.get("Content-Disposition", "").startswith("attachment")
    if saved or answer.content_type in ("application/pdf", "image/png"):
        expected = "sandbox; default-src 'none'"
    elif answer.mimetype != "text/html" or "Location" in headers:
        expected = "default-src 'none';frame-ancestors 'none'"
    if answer.status_code != 304:  # the page it stands for has kept its own
        assert headers["Content-Security-Policy"] == expected, where
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE, where
    assert "Server" not in headers, where
    assert len(headers.getlist("Content-Security-Policy")) <= 1, where
    if headers.get("Content-Type", "").startswith(("text/", "application/javascript")):
        assert headers["Content-Type"].endswith("; charset=utf-8"), where
    assert headers.get("Cache-Control"), where


def test_v3_4_3_every_answer_of_every_route_bears_the_headers(world: World):
    for role in ("owner", "anonymous"):
        for route, answer in every_page(world, role):
            assert_headers(answer, f"GET {route.address(world)}")
            assert_headers(world.client(role).get(route.address(world)), f"kept {route.address(world)}")
            assert_headers(world.client(role).options(route.address(world)), f"OPTIONS {route.address(world)}")
    for route in FORMS:
        assert_headers(post(world.owner, route.address(world)), f"POST {route.address(world)}")


def test_v3_4_4_every_kind_of_refusal_bears_the_headers(world: World, monkeypatch: pytest.MonkeyPatch):
    app, client = world.app, world.anonymous
    app.testing = False
    monkeypatch.setitem(app.view_functions, "pages.help", public(lambda: 1 / 0))
    monkeypatch.setitem(limits.LIMITS, "papers checked by an address", ((3600, 0),))
    etag = client.get("/kk/privacy").headers["ETag"]
    answers = {
        304: client.get("/kk/privacy", headers={"If-None-Match": etag}),
        308: client.get("/kk//privacy"),
        400: client.post("/kk/status", data={"number": "x"}, headers={"Sec-Fetch-Site": "cross-site"}),
        404: client.get("/kk/nothing"),
        405: client.delete("/kk/privacy"),
        413: client.post("/kk/status", data={"number": "x" * 70_000}),
        429: client.get("/kk/verify/XXXX"),
        500: client.get("/kk/help"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert_headers(answer, str(status))
    monkeypatch.setattr(db.obj, "execute_sql", broken_database)
    down = client.get("/kk/verify/XXXX")
    assert down.status_code == 503
    assert_headers(down, "503")


def broken_database(*_: Any, **__: Any) -> None:
    raise peewee.OperationalError("gone")


def walk_of_production(make_world: Callable[..., World]) -> Iterator[tuple[str, TestResponse]]:
    """Every page and form over https, as in production, by somebody signed in and by nobody."""
    world = make_world(
        env="production", secret_key="not a secret, forty letters long: testing", base_url=HTTPS,
        registry_url="http://127.0.0.1:9", sms_url="http://127.0.0.1:9", mail_url="smtp://127.0.0.1:9",
        keys=(("test", b"k" * 32),), clamd="127.0.0.1:9", seal_file=Path("/nowhere/seal.p12"),
    )  # fmt: skip
    cookie = world.owner.get_cookie("s").value
    for client in (world.owner, world.anonymous):
        client.delete_cookie("s")
        if client is world.owner:
            client.set_cookie("__Host-s", cookie, domain="qyzmet.test", secure=True)
        for route in PAGES:
            address = route.address(world)
            answer = client.get(address, base_url=HTTPS)
            yield address, answer
            if 'method="post"' in html_of(answer):
                form = fields_of(answer)
                yield f"POST {address}", client.post(address, data=form, base_url=HTTPS)
    yield "sign-in", sign_in_over_https(world)


def sign_in_over_https(world: World) -> TestResponse:
    page = world.anonymous.get("/kk/sign-in", base_url=HTTPS)
    return world.anonymous.post("/kk/sign-in", data={**fields_of(page), "iin": MOTHER}, base_url=HTTPS)


def test_v3_3_1_every_cookie_of_production_is_a_host_cookie_and_small(make_world: Callable[..., World]):
    seen = set()
    for where, answer in walk_of_production(make_world):
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains", where
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, *parts = cookie.split("; ")
            seen.add(name.partition("=")[0])
            assert name.startswith("__Host-"), where
            assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(parts), where
            assert "domain" not in cookie.lower(), where
            assert len(cookie) <= 200, where  # name=value and what stands around it
            assert len(name) <= 60, where
        if where.startswith("/sandbox"):
            assert answer.status_code == 404, where
    assert seen == {"__Host-s", "__Host-l"}


def test_v3_5_1_asking_twice_changes_no_row(world: World):
    """Only the seal of a paper is kept when it is first asked for, so that it is the same ever after."""
    before = rows(SealedPaper)
    for role in ("owner", "other", "anonymous"):
        for method in ("GET", "HEAD"):
            for route in PAGES:
                world.client(role).open(route.address(world), method=method)
        assert rows(SealedPaper) == before, role
    seals = SealedPaper.select().count()
    assert seals == 1
    world.owner.get(f"/kk/cabinet/{world.number}/papers/{world.paper}.pdf")
    assert SealedPaper.select().count() == seals


@pytest.mark.parametrize("kind", ["none", "foreign", "broken", "cross-site", "other origin"])
def test_v3_5_1_no_form_is_taken_without_its_token_or_from_another_site(world: World, kind: str):
    foreign = token(world.other)
    before = rows()
    for route in FORMS:
        address = route.address(world)
        data: dict[str, Any] = fields_of(world.owner.get(address)) | {"state": "down", "code": "123456"}
        data.pop("csrf_token", None)
        headers = {}
        if kind == "foreign":
            data["csrf_token"] = foreign
        elif kind == "broken":
            data["csrf_token"] = token(world.owner)[:-4] + "AAAA"
        elif kind == "cross-site":
            data["csrf_token"], headers = token(world.owner), {"Sec-Fetch-Site": "cross-site"}
        elif kind == "other origin":
            data["csrf_token"], headers = token(world.owner), {"Origin": "https://evil.example"}
        answer = world.owner.post(address, data=data, headers=headers)
        # where there is nothing for such a form to change, its page leads elsewhere instead
        leads_elsewhere = (400, 303, 404) if route.owner in (303, 404, 409) and not headers else (400,)
        assert answer.status_code in leads_elsewhere, (address, answer.status_code)
    assert rows() == before
    assert world.owner.get("/kk/cabinet").status_code == 200, "still signed in"


EVIL_ADDRESSES = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "/kk/\x85",
    "javascript:alert(1)", "/kk/../..//evil.example", "/\tevil", "/%5c%5cevil.example/..//x", "data:text/html,x",
    "http://evil.example", "https://localhost@evil.example", "/kk/\r\nSet-Cookie: x=1", "\u2028//evil.example",
    "/ /evil",
]  # fmt: skip


@pytest.mark.parametrize("address", EVIL_ADDRESSES)
def test_v3_7_2_no_address_leads_to_another_site(app: Flask, address: str):
    client = app.test_client()
    answer = client.get("/kk/sign-in", query_string={"next": address})
    for link in re.findall(r'(?:href|action)="([^"]*)"', answer.text):
        assert re.match(r"/(?![/\\])|#|tel:|mailto:|data:image|\?|$", link), link
    location = sign_in(client, next=address.replace("\r", "%0d").replace("\n", "%0a").replace("\\", "%5c")).location
    assert re.match(r"/(?![/\\])", location), location
    assert is_safe_address(location) or "?" in location
    moved = client.get("/", environ_overrides={"PATH_INFO": address.encode().decode("latin-1")})
    if moved.status_code in (301, 302, 303, 308):
        assert re.match(r"http://localhost/|/(?![/\\])", moved.location), moved.location
    assert "evil.example" not in moved.headers.get("Set-Cookie", "")


OUTSIDE = [
    "/.git", "/.git/config", "/.env", "/static/", "/static", "/static/../config.py", "/static/%2e%2e/config.py",
    "/static/..%2f..%2fwsgi.py", "/static/site.css", "/portal.sqlite", "/var/portal.sqlite", "/docs", "/docs/",

    "/console", "/debug", "/?__debugger__=yes&cmd=resource&f=debugger.js", "/admin", "/wsgi.py", "/requirements.txt",

    "/kk/.git/config", "/server-status", "/robots.txt/..", "/openapi.json", "/kk/cabinet/../../.git/config",
]  # fmt: skip


@pytest.mark.parametrize("address", OUTSIDE)
def test_v13_4_nothing_of_the_house_is_served(client: Any, address: str):
    answer = client.get(address)
    assert answer.status_code in (404, 303 if address.startswith("/?") else 404)
    assert "SECRET" not in answer.text


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "TRACK", "PROPFIND", "DEBUG"])
@pytest.mark.parametrize("address", ["/", "/kk/", "/kk/sign-in", "/healthz", STYLE])
def test_v13_4_odd_methods_are_not_served_and_echo_nothing(client: Any, address: str, method: str):
    answer = client.open(address, method=method, headers={"Cookie": "s=secret-cookie", "X-Probe": "secret-probe"})
    assert answer.status_code == 405
    assert "secret-" not in answer.text


def test_v3_5_8_no_other_site_starts_the_download_of_a_paper(world: World):
    address = f"/kk/cabinet/{world.number}/papers/{world.paper}.pdf"
    assert world.owner.get(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert AuditEntry.select().where(AuditEntry.action == "access_refused").exists()
    answer = world.owner.get(address, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 200
    assert re.match(
        r"attachment; filename=\"[\w.-]+\"; filename\*=UTF-8''[\w.%-]+$", answer.headers["Content-Disposition"]
    )


def counted(address: str) -> int:
    """How often "codes of an address" was counted for this address in the present hour."""
    start = keyed_hash("codes of an address", address)
    found = RateCount.select().where(RateCount.key.startswith(f"{start}:3600:"))
    return sum(row.hits for row in found)


LIES = {"X-Forwarded-For": "9.9.9.9", "X-Real-IP": "9.9.9.9", "Forwarded": "for=9.9.9.9", "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example", "X-Client-IP": "9.9.9.9", "True-Client-IP": "9.9.9.9"}  # fmt: skip


def test_v4_1_3_what_a_client_says_of_its_address_counts_for_nothing(client: Any):
    answer = post(client, "/kk/sign-in", {"iin": MOTHER}, headers=LIES)
    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert (counted("127.0.0.1"), counted("9.9.9.9")) == (1, 0)


def test_v4_1_3_behind_a_proxy_only_what_the_proxy_added_counts(make_app: Callable[..., Flask]):
    client = make_app(proxies=1).test_client()
    post(client, "/kk/sign-in", {"iin": MOTHER}, headers=LIES | {"X-Forwarded-For": "9.9.9.9, 203.0.113.7"})
    assert (counted("203.0.113.7"), counted("9.9.9.9"), counted("127.0.0.1")) == (1, 0, 0)


@contextlib.contextmanager
def served(app: Flask) -> Iterator[Callable[[bytes], bytes]]:
    """The real server; a function that sends raw bytes and gives all that comes back."""
    with serving(app) as port:

        def talk(raw: bytes) -> bytes:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(raw)
                line.shutdown(socket.SHUT_WR)
                parts = []
                while part := line.recv(65536):
                    parts.append(part)
            return b"".join(parts)

        yield talk


SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked", b"Transfer-Encoding: chunked\r\nContent-Length: 0",
        b"Content-Length: 5\r\nContent-Length: 6", b"Content-Length: 5, 5", b"Content-Length: +5",
        b"Transfer-Encoding: xchunked", b"Transfer-Encoding: chunked, identity",
    ],
)  # fmt: skip
def test_v4_2_1_a_request_that_states_two_lengths_is_refused(app: Flask, lengths: bytes):
    with served(app) as talk:
        answer = talk(b"POST /csp HTTP/1.1\r\nHost: x\r\n" + lengths + b"\r\n\r\n0\r\n\r\n" + SMUGGLED)
    assert re.match(rb"HTTP/1.[01] (400|501) ", answer)
    assert answer.count(b"HTTP/1.") == 1


def test_v13_4_figures_stay_inside_also_behind_a_proxy_on_this_machine(make_app: Callable[..., Flask]):
    with served(make_app(proxies=1)) as talk:
        inside = talk(b"GET /metrics HTTP/1.0\r\nHost: x\r\n\r\n")
        outside = talk(b"GET /metrics HTTP/1.0\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n")
        talk(b"POST /kk/sign-in HTTP/1.0\r\nHost: x\r\nContent-Length: 0\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n")
    assert inside.split()[1] == b"200"
    assert outside.split()[1] == b"404"


def test_v4_1_3_the_real_server_believes_the_proxy_it_was_told_of(make_app: Callable[..., Flask]):
    app = make_app(proxies=1)
    client = app.test_client()
    fresh = token(client)
    body = f"csrf_token={fresh}&iin={MOTHER}".encode()
    head = (
        b"POST /kk/sign-in HTTP/1.0\r\nHost: x\r\nX-Forwarded-For: 9.9.9.9, 203.0.113.7\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nCookie: s=%s\r\nContent-Length: %d\r\n\r\n"
    )
    with served(app) as talk:
        answer = talk(head % (client.get_cookie("s").value.encode(), len(body)) + body)
    assert answer.split()[1] == b"303"
    db.connect(reuse_if_open=True)
    assert (counted("203.0.113.7"), counted("9.9.9.9"), counted("127.0.0.1")) == (1, 0, 0)
