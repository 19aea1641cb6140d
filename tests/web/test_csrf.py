"""Tokens, stale forms, and what becomes of a form when the session is over."""

import html
import re

import pytest
from werkzeug.routing.converters import NumberConverter

from portal.models import MODELS, Account, AuditEntry, Message, OneTimeCode, RateCount, Session
from portal.services.identity.sessions import new_key
from portal.web.signed_out import is_safe_address
from tests.signing_in import FATHER, MOTHER, last_code, post, sign_in, token

SETTINGS = "/kk/cabinet/settings"
ARGUMENTS = {"lang": "kk", "id": "preschool-queue", "key": "abc", "step_id": "child", "number": "ABC", "code": "ABC"}


def rows():
    """Everything in the database but sessions, counts and the audit log."""
    models = [model for model in MODELS if model not in (Session, RateCount, AuditEntry)]
    return {model.__name__: list(model.select().tuples()) for model in models}


def changing_routes(app):
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "POST" in rule.methods and not getattr(view, "unguarded", False):
            values = {name: _argument(rule, name) for name in rule.arguments}
            with app.test_request_context():
                yield app.url_map.bind("localhost").build(rule.endpoint, values, method="POST")


def _argument(rule, name):
    """What this place in the address takes."""
    converter = rule._converters[name]
    if isinstance(converter, NumberConverter):
        return 1
    return ARGUMENTS.get(name) or min(getattr(converter, "items", {"x"}))


def test_v3_5_1_no_route_changes_anything_without_a_token_or_with_a_foreign_one(app, client):
    stranger = app.test_client()
    foreign = token(stranger)
    sign_in(client)
    before = rows()
    addresses = list(changing_routes(app))
    assert len(addresses) >= 5
    for address in addresses:
        for wrong in ({}, {"csrf_token": foreign}, {"csrf_token": "x"}, {"csrf_token": "ключ"}):
            answer = client.post(address, data={**wrong, "iin": FATHER, "code": "123456", "language": "en"})
            # a view that shows its form again has first to find what the form is about
            assert answer.status_code in (303, 400, 404), address
            assert rows() == before, address
    for address in (SETTINGS, "/kk/sign-out"):
        assert client.post(address, data={"csrf_token": foreign}).status_code == 400


def test_the_views_that_take_posts_without_a_token_are_these(app):
    assert {name for name, view in app.view_functions.items() if getattr(view, "unguarded", False)} <= {
        "health.csp",
        "sandbox.switch_registers",
    }


def test_a_token_is_good_for_its_own_session_only_and_differs_in_every_page(app, client):
    first, second = token(client), token(client)
    assert first != second
    assert len(first) == 32
    for one in (first, second):
        assert client.post("/kk/sign-in", data={"csrf_token": one, "iin": MOTHER}).status_code == 303
        client.delete_cookie("s")
        client.set_cookie("s", new_key())
        assert client.post("/kk/sign-in", data={"csrf_token": one, "iin": MOTHER}).status_code == 400
        break


def test_a_token_is_good_as_long_as_its_session_key(client, clock):
    old = token(client)
    clock.forward(days=30)
    assert client.post("/kk/sign-in", data={"csrf_token": old, "iin": MOTHER}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Referer": "https://evil.example/page"},
    ],
)
def test_a_foreign_form_is_refused_and_leaves_the_readers_cookie_alone(client, headers):
    for address in (SETTINGS, "/kk/sign-in"):
        answer = client.post(address, data={"language": "en", "iin": MOTHER}, headers=headers)
        assert answer.status_code == 400
        assert not [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("s=")]
    assert Session.select().count() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"Origin": "null"},
        {"Referer": "http://localhost/kk/"},
    ],
)
def test_our_own_form_is_let_in_by_old_and_new_browsers(client, headers):
    assert post(client, "/kk/sign-in", {"iin": MOTHER}, headers=headers).status_code == 303


def test_a_stale_form_is_shown_again_as_typed_with_a_fresh_token_and_goes_through_then(client):
    answer = client.post("/kk/sign-in", data={"csrf_token": "old", "iin": "9403 0849 0011"})
    assert answer.status_code == 400
    assert 'value="9403 0849 0011"' in answer.text
    assert 'role="alert"' in answer.text
    assert OneTimeCode.select().count() == 0
    fresh = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]
    assert client.post("/kk/sign-in", data={"csrf_token": fresh, "iin": "9403 0849 0011"}).status_code == 303


def test_a_stale_form_of_another_view_is_sent_on_by_one_press_of_a_button(client):
    sign_in(client)
    answer = client.post("/kk/sign-out", data={"csrf_token": "old", "note": 'a "quoted" <b>word</b>'})
    assert answer.status_code == 400
    assert "<b>word" not in answer.text
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', answer.text)
    data = {name: html.unescape(value) for name, value in fields}
    assert data["note"] == 'a "quoted" <b>word</b>'
    assert client.post("/kk/sign-out", data=data).status_code == 303
    assert Session.select().where(Session.account.is_null(False)).count() == 0


def settings_of(iin=MOTHER):
    return Account.get(Account.iin == iin)


def test_a_form_sent_after_the_session_is_over_is_not_acted_on_and_not_lost(client, clock):
    sign_in(client)
    old = token(client)
    clock.forward(minutes=31)
    answer = client.post(SETTINGS, data={"csrf_token": old, "language": "en", "secret": "x"})
    assert answer.status_code == 303
    assert answer.location == f"/kk/sign-in?next={SETTINGS}"
    assert settings_of().language == "kk"
    assert "notice" in client.get(answer.location).text
    back = sign_in(client, next=SETTINGS)
    assert back.location == SETTINGS
    page = client.get(SETTINGS).text
    assert re.search(r'value="en" checked', page)
    assert settings_of().language == "kk"
    assert re.search(r'value="en" checked', client.get(SETTINGS).text)  # also when the page is loaded again
    post(client, SETTINGS, {"language": "ru"})
    assert not re.search(r'value="en" checked', client.get(SETTINGS).text)


def test_what_one_person_typed_is_not_shown_to_the_next(client, clock):
    sign_in(client)
    clock.forward(minutes=31)
    client.post(SETTINGS, data={"csrf_token": "x", "language": "en"})
    sign_in(client, FATHER)
    assert not re.search(r'value="en" checked', client.get(SETTINGS).text)


def test_what_was_typed_is_kept_without_tokens_and_codes_and_within_bounds(client):
    client.post(SETTINGS, data={"csrf_token": "x", "code": "123456", "language": "en"})
    kept = Session.get().data["typed"][SETTINGS]["fields"]
    assert kept == [["language", "en"]]
    client.post(SETTINGS + "/phone", data={"phone": "7" * 20_000})
    assert list(Session.get().data["typed"]) == [SETTINGS]


def test_a_page_asked_for_without_a_session_leads_to_sign_in_and_back(client):
    answer = client.get(SETTINGS + "?done=saved")
    assert (answer.status_code, answer.location) == (303, f"/kk/sign-in?next={SETTINGS}?done%3Dsaved")
    assert Session.select().count() == 0
    assert sign_in(client, next=f"{SETTINGS}?done%3Dsaved").location == f"{SETTINGS}?done=saved"


def test_htmx_is_told_to_load_the_sign_in_page_whole(client):
    answer = client.get(SETTINGS, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/kk/sign-in")


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "/kk//evil.example", "/kk/\n", "/kk/\t", " /kk/", "kk/", "", "/kk/\x7f", "/%0d%0a x",
    ],
)  # fmt: skip
def test_v3_7_2_next_leads_only_to_paths_of_this_site(client, address):
    assert not is_safe_address(address)
    asked = post(client, "/kk/sign-in", {"iin": MOTHER}, query_string={"next": address})
    answer = post(client, asked.location, {"code": last_code()})
    assert answer.location == "/kk/cabinet"


def test_v3_7_2_an_address_with_a_nul_is_no_path_of_this_site():
    assert not is_safe_address("/\x00")


def test_messages_are_untouched_by_all_this(client):
    client.post(SETTINGS, data={"language": "en"})
    assert Message.select().count() == 0
