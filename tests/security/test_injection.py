"""What somebody types stays text: on every page, in every query, on every paper (ASVS V1)."""

from __future__ import annotations

import gc
import re
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import AnyConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

import portal
from portal.models import (
    Account,
    Case,
    Draft,
    Event,
    Kindergarten,
    Locality,
    Message,
    Organisation,
    Paper,
    SandboxMessage,
)
from portal.services import numbers, phones
from portal.services.iin import IinWrong, read_iin
from portal.services.passports.catalogue import Catalogue
from tests.conftest import Clock
from tests.security.world import FORMS, PAGES, World, every_page, html_of, names_on, rows
from tests.signing_in import post

EVIL = "\"><svg onload=x>'"
SOURCES = Path(portal.__file__).parent

# Every name that some view looks for in the address or the body without a form.
ASKED_BY_NAME = {
    name
    for path in SOURCES.rglob("*.py")
    for found in re.findall(
        r'"(\w+)" (?:not )?in request\.\w+|(?:request\.(?:args|form|values)|asked)(?:\.get\(|\[)"(\w+)"',
        path.read_text(),
    )
    for name in found
    if name
}
FIELDS_OF_FORMS = {
    "iin", "code", "number", "phone", "language", "reminders", "about", "to", "service", "body", "official", "text",
    "against", "outcome", "files", "score",
    "address", "consent", "child", "child_iin", "child_name", "child_birth_date", "child_confirmed", "locality",
    "kindergartens", "wanted_from", "wanted_from-day", "wanted_from-month", "wanted_from-year", "priority",
    "contact_phone", "message_language", "state", "login", "password", "new_password", "repeated_password",
    "credential", "name", "listed", "letter", "once", "file",
}  # fmt: skip
HEADERS = {
    "User-Agent": EVIL, "Referer": f"http://localhost/{quote(EVIL)}", "Accept-Language": EVIL, "X-Forwarded-For": EVIL,
    "X-Forwarded-Host": EVIL, "X-Request-Id": EVIL, "Save-Data": EVIL, "X-Kannel-To": EVIL,
}  # fmt: skip


def assert_plain(answer: TestResponse, where: str) -> None:
    """No element and no attribute on the page but those of our templates."""
    assert answer.status_code < 500, f"{where}: {answer.status_code}"
    for name, value in answer.headers:
        assert "<" not in name + value, f"{where}: {name}"
    if not (answer.content_type or "").startswith("text/html"):
        return
    if "onload" not in answer.text:
        return  # nothing of it is shown
    page = BeautifulSoup(answer.text, "html.parser")
    assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")], where
    assert not page.select("svg:not([role=img], .icon[aria-hidden])"), where  # the QR of a paper and the icons are ours
    odd = {name for tag in page.find_all(True) for name in tag.attrs if not re.fullmatch(r"[a-z][a-zA-Z:-]*", name)}
    assert odd == set(), where


def test_the_walk_knows_every_name_that_views_ask_for(world: World):
    assert {"q", "next", "about", "again", "other", "to", "state"} <= ASKED_BY_NAME
    shown = {name for _, answer in every_page(world) if answer.status_code == 200 for name in names_on(answer)}
    assert shown - {"csrf_token"} <= FIELDS_OF_FORMS | ASKED_BY_NAME


@pytest.mark.parametrize("role", ["anonymous", "owner", "head", "admin"])
def test_v1_2_1_every_field_and_header_of_every_route_stays_text(world: World, role: str):
    client, everything = world.client(role), dict.fromkeys(FIELDS_OF_FORMS | ASKED_BY_NAME | {EVIL}, EVIL)
    echoed = 0
    for route in PAGES:
        for extra in ({}, {"HX-Request": "true", "HX-Current-URL": f"http://localhost/{quote(EVIL)}"}):
            address = route.address(world).partition("?")[0]
            answer = client.get(address, query_string=everything, headers={**HEADERS, **extra})
            assert_plain(answer, f"GET {address}")
            echoed += "svg onload" in html_of(answer)
    for route in FORMS:
        if route.endpoint == "accounts.sign_out":
            continue
        for extra in ({}, {"HX-Request": "true"}):
            headers = {name: value for name, value in HEADERS.items() if name != "Referer"} | extra
            for sent in ({}, {"csrf_token": EVIL}):
                answer = post(client, route.address(world), {**everything, **sent}, headers=headers)
                assert_plain(answer, f"POST {route.address(world)}")
                echoed += "svg onload" in html_of(answer)
    assert echoed > 5, "the walk is to reach pages that show what was typed"


def evil_part(rule: Rule, name: str) -> str | int:
    """Anything where the rule takes anything; of numbers and lists a member."""
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 1 if isinstance(converter, IntegerConverter) else EVIL


@pytest.mark.parametrize("role", ["anonymous", "owner", "head", "admin"])
def test_v1_2_1_every_part_of_an_address_stays_text(world: World, role: str):
    client = world.client(role)
    for rule in world.app.url_map.iter_rules():
        arguments = {name: evil_part(rule, name) for name in rule.arguments}
        with world.app.test_request_context():
            address = world.app.url_map.bind("localhost").build(rule.endpoint, arguments)
        for method in ("GET", "POST"):
            assert_plain(client.open(address, method=method, headers=HEADERS), f"{method} {address}")
    for address in (f"/kk/{quote(EVIL)}", f"/{quote(EVIL)}", f"/kk/cabinet/{quote(EVIL)}.pdf", f"/kk/?{quote(EVIL)}"):
        assert_plain(client.get(address), address)


def test_v1_2_1_what_the_tables_hold_stays_text_on_every_page_and_paper(world: World):
    """Names come from registers and files, answers from people: a page trusts none of them."""
    Account.update(name=EVIL).execute()
    Organisation.update(
        {getattr(Organisation, f"{what}_{lang}"): EVIL for what in ("name", "address") for lang in ("kk", "ru", "en")}
    ).execute()
    Organisation.update(duty_officer=EVIL, phone="1", email=EVIL).execute()
    for model, names in ((Kindergarten, ("name", "address")), (Locality, ("name", "region"))):
        model.update({getattr(model, f"{n}_{lang}"): EVIL for n in names for lang in ("kk", "ru", "en")}).execute()
    Message.update(text=EVIL).execute()
    SandboxMessage.insert(key="k", channel="sms", to="+77000000001", text=EVIL, at=Clock().now).execute()
    SandboxMessage.insert(key="m", channel="mail", to=EVIL, subject=EVIL, text=EVIL, at=Clock().now).execute()
    Case.update(accepted_by=EVIL, incoming_number=EVIL).execute()
    free = {"child_name", "child_certificate", "text", "address", "official", "child", "body", "kindergarten",
            "accepted_by", "answer_place", "complainant", "subject", "next", "explanation", "group"}  # fmt: skip
    for model, column in ((Draft, "answers"), (Case, "answers"), (Paper, "data"), (Event, "data")):
        for row in model.select():
            values = getattr(row, column)
            setattr(row, column, {k: EVIL if k in free and isinstance(v, str) else v for k, v in values.items()})
            row.save(only=[column])
    shown = 0
    for route, answer in every_page(world):
        assert_plain(answer, route.endpoint)
        shown += "svg onload" in html_of(answer)
    assert shown > 8


def hostile() -> st.SearchStrategy[str]:
    parts = [
        "'",
        '"',
        "' OR 1=1 --",
        "%",
        "_",
        "\\",
        ";",
        "\0",
        "\u2028",
        "é",
        "😀",
        "{{7*7}}",
        "%s",
        "${x}",
        "\x1b[2J",
    ]
    return st.lists(st.sampled_from(parts) | st.text(max_size=5), min_size=1, max_size=4).map("".join)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile())
def test_v1_2_4_quotes_in_any_search_answer_200_or_4xx_and_change_nothing(world: World, text: str):
    before = rows()
    for address, query in (
        ("/kk/", {"q": text}), ("/kk/sign-in", {"next": text}),
        ("/kk/complaints/new", {"about": text, "service": text}),
        ("/sandbox/phone", {"to": text}), (f"/kk/verify/{quote(text, safe='')}", {}),
        (f"/kk/cabinet/{quote(text, safe='')}", {}), (f"/kk/apply/{quote(text, safe='')}/check", {}),
        (f"/kk/services/{quote(text, safe='')}", {}), (f"/static/{quote(text, safe='')}", {}),
    ):  # fmt: skip
        answer = world.owner.get(address, query_string=query)
        assert answer.status_code in (200, 303, 308, 400, 404), (address, answer.status_code)
    answer = post(world.owner, "/kk/status", {"number": text, "code": text})
    assert answer.status_code in (422, 400, 429)
    assert rows() == before


def test_v2_2_1_a_nul_is_refused_in_addresses_and_names_and_a_blank_in_what_is_typed(world: World):
    for address in ("/kk/cabinet/%00", "/kk/apply/%00/check", "/kk/verify/%00", "/kk/?%00=1", "/%00"):
        assert world.owner.get(address).status_code in (400, 404), address
    assert post(world.owner, "/kk/status", {"\0": "x"}).status_code == 400
    assert post(world.owner, "/kk/status", {"number": "\0", "code": "x"}).status_code == 422


def _patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern made in our own code, and those of the passports' rules."""
    found: dict[str, re.Pattern[str]] = {}
    for value in gc.get_objects():
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            found.setdefault(value.pattern, value)
    ours = "\n".join(path.read_text() for path in SOURCES.rglob("*.py") if "/".join(path.parts[-2:]) not in FILES_ONLY)
    patterns = {name: value for name, value in found.items() if name in ours}
    literals = re.findall(r're\.(?:compile|sub|match|search|fullmatch|findall|split)\(\s*r?f?"((?:[^"\\]|\\.)+)"', ours)
    patterns |= {text: re.compile(text) for text in literals if "{_" not in text}
    rules = [
        rule
        for passport in Catalogue.load().list_services(Clock().now.date())
        for spec in passport.fields()
        for rule in spec.rules
    ]
    return patterns | {rule.value: re.compile(rule.value) for rule in rules if rule.rule == "pattern"}


# They read our own stylesheet and passport files, never what a request brings.
FILES_ONLY = {"web/stylesheet.py", "passports/file.py", "passports/hours.py", "passports/reading.py"}
LONG = 50_000
ADVERSARIAL = [
    unit * (LONG // len(unit)) + end
    for unit in ("a", "0", "8", "+7", "8 ", "8(-", " ", "-", "(", ".", "\u2010", "\n", "аб ", "<", "1414-", "A_", "{a")
    for end in ("", "!")
]  # fmt: skip


def test_v1_3_12_every_pattern_takes_less_than_50_ms_for_50_kb_of_anything():
    patterns, slow = _patterns(), []
    assert len(patterns) >= 8
    for text, pattern in patterns.items():
        for sample in ADVERSARIAL:
            started = time.thread_time()
            pattern.search(sample), pattern.fullmatch(sample)
            if time.thread_time() - started > 0.1:
                slow.append((text, sample[:8]))
    assert slow == []


@given(
    text=st.text(max_size=60)
    | st.text("0123456789+-() ", max_size=20)
    | st.text(numbers.ALPHABET + "ОКЗВ -", max_size=12)
)
def test_readers_of_numbers_take_anything_and_agree_with_themselves(text: str):
    number = numbers.normalise_number(text)
    assert number is None or numbers.normalise_number(number) == number
    phone = phones.normalise_phone(text)
    assert phone is None or (re.fullmatch(r"\+77[0-9]{9}", phone) and phones.normalise_phone(phone) == phone)
    try:
        iin = read_iin(text)
    except IinWrong:
        return
    assert re.fullmatch("[0-9]{12}", iin)


@pytest.mark.parametrize("reader", [numbers.normalise_number, numbers.normalise_code, phones.normalise_phone])
def test_v1_3_12_readers_of_numbers_are_quick_with_long_texts(reader):
    started = time.thread_time()
    for sample in ADVERSARIAL:
        reader(sample)
    assert time.thread_time() - started < 0.05 * len(ADVERSARIAL)
