"""Staff at the door: password, second factor, the first day, sessions, and what asks for a fresh proof."""

import re

import pytest
from bs4 import BeautifulSoup
from flask import render_template_string

from portal import db as database
from portal.forms.staff import SignInForm
from portal.models import Message, Organisation, SecurityKey, Session, StaffMember
from portal.services.demo.staff import demo_password
from portal.services.keys.ring import keyring, use_keys
from portal.services.staff import members
from portal.services.staff.second_factor import code_at
from portal.web.access import fresh_factor
from portal.web.access import staff as of_staff
from portal.web.csrf import redisplays
from tests.signing_in import post, sign_in
from tests.software_key import SoftwareKey
from tests.staff_signing_in import app_code, confirm_staff, prove_staff_password, sign_in_staff

ACCOUNT = "/staff/account"
OWN = "қызыл алма жаңбыр терезе"

pytestmark = pytest.mark.usefixtures("demo_data")


@pytest.fixture(autouse=True)
def connected(demo_data):
    database.connect()


def cookie_of(client):
    cookie = client.get_cookie("s")
    return cookie.value if cookie else None


def is_in(client):
    return client.get(ACCOUNT).status_code == 200


def page_of(answer):
    return BeautifulSoup(answer.text, "lxml")


def add_newcomer(clock, role="officer"):
    body = Organisation.get(Organisation.code == "oral-edu")
    return members.add_member("new.one", "Жаңа Адам", body, role, clock(), email="new@demo.invalid")[1]


def set_up_app(client, clock):
    """The first second factor, as read from the page."""
    secret = page_of(client.get("/staff/second-factor")).select_one("#secret").text.replace(" ", "")
    return post(client, "/staff/second-factor", {"code": code_at(secret, clock())})


def test_password_and_code_lead_to_where_one_was_going(client):
    assert client.get(ACCOUNT).location == "/staff/sign-in?next=/staff/account"
    assert sign_in_staff(client, "oral.officer", next=ACCOUNT).location == ACCOUNT
    page = page_of(client.get(ACCOUNT))
    assert "Үлгіқызы Айгүл" in page.header.text
    assert page.html["lang"] == "kk"


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/kk/cabinet", "/staff/../kk//x", "\\x"])
def test_v3_7_2_the_door_leads_to_staff_pages_only(client, next):
    asked = post(
        client, "/staff/sign-in", {"login": "oral.officer", "password": demo_password()}, query_string={"next": next}
    )
    answer = post(client, asked.location, {"code": app_code(client, "oral.officer")})
    assert answer.location == "/staff/"


def test_v6_3_8_a_wrong_password_and_an_unknown_login_are_told_alike(client):
    client.get("/staff/sign-in")  # the first page of a session brings its stylesheet along
    pages = []
    for login in ("oral.officer", "ural.officer"):
        answer = post(client, "/staff/sign-in", {"login": login, "password": "not the password"})
        assert answer.status_code == 422
        pages.append(re.sub(r'value="[\w=-]{32}"|u?o?ral\.officer|ural\.officer', "", answer.text))
    assert pages[0] == pages[1]


def test_v6_1_1_the_page_says_until_when_one_has_to_wait(client, clock):
    for _ in range(5):
        assert post(client, "/staff/sign-in", {"login": "oral.officer", "password": "wrong"}).status_code == 422
    assert post(client, "/staff/sign-in", {"login": "oral.officer", "password": demo_password()}).status_code == 429
    clock.forward(seconds=16)
    sign_in_staff(client, "oral.officer")


def test_v6_1_1_strangers_behind_the_same_address_do_not_keep_an_officer_out(app, client):
    """Their own browser passes, for the login and for the whole address; a stranger's goes on waiting."""
    sign_in_staff(client, "oral.officer")
    post(client, "/staff/sign-out")
    stranger = app.test_client()
    for number in range(220):
        post(
            stranger, "/staff/sign-in", {"login": "oral.officer" if number < 9 else f"nobody{number}", "password": "x"}
        )
    right = {"login": "oral.officer", "password": demo_password()}
    assert post(stranger, "/staff/sign-in", right).status_code == 429
    sign_in_staff(client, "oral.officer")


def test_v6_1_1_who_stole_the_password_does_not_keep_the_officer_out_by_wrong_codes(app, client):
    sign_in_staff(client, "oral.officer")
    post(client, "/staff/sign-out")
    thief = app.test_client()
    asked = prove_staff_password(thief, "oral.officer")
    for _ in range(6):
        answer = post(thief, asked.location, {"code": "000000"})
    assert answer.status_code == 429
    sign_in_staff(client, "oral.officer")


def test_v6_1_1_the_mark_of_a_browser_is_good_for_its_member_alone_and_slows_all_the_same(app, client):
    sign_in_staff(client, "oral.officer")
    post(client, "/staff/sign-out")
    wrong = [post(client, "/staff/sign-in", {"login": "oral.officer", "password": "x"}).status_code for _ in range(6)]
    assert wrong == [422] * 5 + [429]
    another = {"login": "oral.head", "password": "x"}
    assert [post(client, "/staff/sign-in", another).status_code for _ in range(6)] == [422] * 5 + [429]
    assert post(app.test_client(), "/staff/sign-in", another).status_code == 429, "counted by the address"


def test_v6_3_3_a_password_alone_reaches_nothing_but_the_second_factor(app, client):
    prove_staff_password(client, "admin")
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "access", "") in ("staff", "citizen", "complainant") and "GET" in rule.methods:
            address = "/" + re.sub(r'<any\("?([\w-]+)[^>]*>', r"\1", rule.rule.lstrip("/"))
            address = re.sub(r"<[^>]+>", "1", address)
            answer = client.get(address)
            assert answer.status_code == 303, address
            assert "sign-in" in answer.location, address
    assert client.get("/staff/second-factor").status_code == 200
    assert client.get("/staff/own-password").status_code == 303
    assert Session.select().where(Session.staff.is_null(False)).count() == 0


def test_v6_3_4_the_ways_in_are_these(app):
    marks = {getattr(view, "access", None) for view in app.view_functions.values()}
    assert marks == {"public", "citizen", "complainant", "staff", "half"}
    half = {name for name, view in app.view_functions.items() if view.access == "half"}
    assert half == {"staff.signing_in.second_factor", "staff.signing_in.own_password"}


def test_a_password_waits_a_quarter_of_an_hour_for_its_second_factor(client, clock):
    prove_staff_password(client, "oral.officer")
    clock.forward(minutes=16)
    answer = post(client, "/staff/second-factor", {"code": app_code(client, "oral.officer")})
    assert answer.location.startswith("/staff/sign-in")
    assert not is_in(client)


def test_v6_5_5_a_code_seen_over_the_shoulder_opens_nothing(app, client):
    sign_in_staff(client, "oral.officer")
    used = code_at_now(client)
    thief = app.test_client()
    asked = prove_staff_password(thief, "oral.officer")
    answer = post(thief, asked.location, {"code": used})
    assert answer.status_code == 422
    assert not is_in(thief)


def code_at_now(client):
    from_app = StaffMember.get(StaffMember.login == "oral.officer").totp_last_step
    code = app_code(client, "oral.officer")
    StaffMember.update(totp_last_step=from_app).where(StaffMember.login == "oral.officer").execute()
    return code


# Sessions


def test_v7_2_4_each_half_of_signing_in_makes_a_new_key(app, client):
    client.get("/staff/sign-in")
    keys = [cookie_of(client)]
    asked = prove_staff_password(client, "oral.officer")
    keys.append(cookie_of(client))
    post(client, asked.location, {"code": app_code(client, "oral.officer")})
    keys.append(cookie_of(client))
    assert len(set(keys)) == 3
    for old in keys[:2]:
        thief = app.test_client()
        thief.set_cookie("s", old)
        assert not is_in(thief)


def test_v7_3_1_staff_are_signed_out_after_a_quarter_of_an_hour_without_a_request(client, clock):
    sign_in_staff(client, "oral.officer")
    for _ in range(3):
        clock.forward(minutes=14)
        assert is_in(client)
    clock.forward(minutes=15)
    assert not is_in(client)


def test_v7_3_2_and_after_eight_hours_in_any_case(client, clock):
    sign_in_staff(client, "oral.officer")
    for _ in range(47):
        clock.forward(minutes=10)
        assert is_in(client)
    clock.forward(minutes=10)
    assert not is_in(client)


def test_a_citizens_session_opens_no_staff_page_and_ends_where_staff_sign_in(app, client):
    sign_in(client)
    citizens = cookie_of(client)
    assert client.get(ACCOUNT).status_code == 303
    prove_staff_password(client, "oral.officer")
    other = app.test_client()
    other.set_cookie("s", citizens)
    assert client.get("/kk/cabinet").status_code == other.get("/kk/cabinet").status_code == 303


def test_a_session_of_staff_opens_no_cabinet_and_ends_where_a_citizen_signs_in(client):
    sign_in_staff(client, "oral.officer")
    assert client.get("/kk/cabinet").location.startswith("/kk/sign-in")
    sign_in(client)
    assert client.get("/kk/cabinet").status_code == 200
    assert not is_in(client)
    assert Session.select().where(Session.account.is_null(False), Session.staff.is_null(False)).count() == 0


def test_v7_4_1_signing_out_ends_the_session_and_clears_the_browser(client):
    sign_in_staff(client, "oral.officer")
    key = cookie_of(client)
    answer = post(client, "/staff/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache","cookies","storage"'
    client.set_cookie("s", key)
    assert not is_in(client)


def test_v7_4_2_somebody_disabled_is_out_at_the_next_request(client, clock):
    sign_in_staff(client, "oral.officer")
    StaffMember.update(is_active=False).where(StaffMember.login == "oral.officer").execute()
    assert not is_in(client)


def test_v7_4_3_a_new_password_ends_the_other_sessions(app, client):
    other = app.test_client()
    sign_in_staff(other, "oral.officer")
    sign_in_staff(client, "oral.officer")
    form = {"password": demo_password(), "new_password": OWN, "repeated_password": OWN}
    assert post(client, f"{ACCOUNT}/password", form).status_code == 303
    assert is_in(client)
    assert not is_in(other)
    assert Message.select().where(Message.to == "oral.officer@demo.invalid").count() == 1


def test_v7_4_5_other_sessions_can_be_seen_and_ended(app, client):
    other = app.test_client()
    sign_in_staff(other, "oral.officer")
    sign_in_staff(client, "oral.officer")
    assert len(page_of(client.get(ACCOUNT)).select("main li time")) == 1
    post(client, f"{ACCOUNT}/sessions")
    assert is_in(client)
    assert not is_in(other)


def test_v8_3_2_a_role_taken_away_is_gone_at_the_next_request(client):
    sign_in_staff(client, "admin")
    assert client.get(f"{ACCOUNT}/keys").status_code == 200
    StaffMember.update(role="officer").where(StaffMember.login == "admin").execute()
    assert client.get(f"{ACCOUNT}/keys").status_code == 403


# The first day


def test_the_first_day_asks_for_a_second_factor_and_then_for_an_own_password(client, clock):
    given = add_newcomer(clock)
    assert post(client, "/staff/sign-in", {"login": "new.one", "password": given}).location == "/staff/second-factor"
    page = page_of(client.get("/staff/second-factor"))
    assert page.select_one("main img")["src"].startswith("data:image/svg+xml")
    assert set_up_app(client, clock).location == "/staff/own-password"
    assert not is_in(client)
    wrong = {"new_password": "qyzmet new.one", "repeated_password": "qyzmet new.one"}
    assert post(client, "/staff/own-password", wrong).status_code == 422
    assert post(client, "/staff/own-password", {"new_password": OWN, "repeated_password": OWN}).location == "/staff/"
    assert is_in(client)
    member = StaffMember.get(StaffMember.login == "new.one")
    assert member.initial_until is None
    assert Message.select().where(Message.to == "new@demo.invalid").count() == 2


def test_a_wrong_code_sets_nothing_up_and_the_secret_stays_the_same(client, clock):
    post(client, "/staff/sign-in", {"login": "new.one", "password": add_newcomer(clock)})
    before = page_of(client.get("/staff/second-factor")).select_one("#secret").text
    answer = post(client, "/staff/second-factor", {"code": "000000"})
    assert answer.status_code == 422
    assert page_of(answer).select_one("#secret").text == before
    assert before.replace(" ", "") not in str([*Session.select().tuples()])
    assert StaffMember.get(StaffMember.login == "new.one").totp_secret == ""


# A fresh proof


@pytest.fixture
def deed(app):
    """A view that something hangs on, as signing a decision will be."""
    done = []

    @of_staff("officer")
    @fresh_factor
    @redisplays
    def decide():
        form = SignInForm()
        if form.login.data and form.validate_token() and form.is_submitted():
            done.append(form.login.data)
            return "", 204
        return render_template_string(
            '{% from "_forms.html" import error_summary with context %}{{ error_summary(f) }}{{ f.login }}', f=form
        )

    app.add_url_rule("/staff/decide", "decide", decide, methods=["GET", "POST"])
    return done


def test_v7_5_3_what_matters_asks_for_a_proof_of_the_last_five_minutes(client, clock, deed):
    sign_in_staff(client, "oral.officer")
    assert post(client, "/staff/decide", {"login": "one"}).status_code == 204
    clock.forward(minutes=5, seconds=1)
    assert client.get("/staff/decide").status_code == 200
    asked = post(client, "/staff/decide", {"login": "менің шешімім", "password": "never kept"})
    assert asked.location == "/staff/confirm?next=/staff/decide"
    before = cookie_of(client)
    answer = post(client, asked.location, {"code": app_code(client, "oral.officer")})
    assert answer.location == "/staff/decide"
    assert cookie_of(client) != before
    assert "never kept" not in str([*Session.select().tuples()])
    assert client.get("/staff/decide").status_code == 204, "what was pressed goes on by itself"
    assert client.get("/staff/decide").status_code == 200, "once"
    assert deed == ["one", "менің шешімім"]


def test_what_was_typed_when_a_session_ran_out_comes_back_to_its_owner_only(app, client, clock, deed):
    sign_in_staff(client, "oral.officer")
    clock.forward(minutes=16)
    sent = post(client, "/staff/decide", {"login": "менің шешімім"})
    assert sent.location == "/staff/sign-in?next=/staff/decide"
    sign_in_staff(client, "oral.officer2")
    assert "менің шешімім" not in client.get("/staff/decide").text
    post(client, "/staff/sign-out")
    sign_in_staff(client, "oral.officer")
    clock.forward(minutes=16)
    post(client, "/staff/decide", {"login": "менің шешімім"})
    sign_in_staff(client, "oral.officer")
    assert "менің шешімім" in client.get("/staff/decide").text


def test_another_phone_is_connected_only_after_a_fresh_proof_and_the_old_one_opens_nothing(app, client, clock):
    other = app.test_client()
    sign_in_staff(other, "oral.officer")
    sign_in_staff(client, "oral.officer")
    clock.forward(minutes=6)
    assert client.get(f"{ACCOUNT}/app").location == "/staff/confirm?next=/staff/account/app"
    confirm_staff(client, "oral.officer")
    secret = page_of(client.get(f"{ACCOUNT}/app")).select_one("#secret").text.replace(" ", "")
    assert post(client, f"{ACCOUNT}/app", {"code": code_at(secret, clock())}).status_code == 303
    assert is_in(client)
    assert not is_in(other)
    asked = prove_staff_password(other, "oral.officer")
    assert post(other, asked.location, {"code": app_code(other, "oral.officer")}).status_code == 422


# Security keys


def options_of(answer):
    return page_of(answer).select_one("form[data-key]")["data-key"]


@pytest.fixture
def blue(client):
    """A key added through the page by the administrator."""
    sign_in_staff(client, "admin")
    key = SoftwareKey()
    made = key.make(options_of(client.get(f"{ACCOUNT}/keys")))
    assert post(client, f"{ACCOUNT}/keys", {"credential": made, "name": "көк"}).status_code == 303
    return key


def test_v6_3_3_an_administrator_with_a_key_signs_in_with_it_and_nothing_less(app, client, blue):
    other = app.test_client()
    asked = prove_staff_password(other, "admin")
    page = other.get(asked.location)
    assert post(other, asked.location, {"code": app_code(other, "admin")}).status_code == 422
    assert not is_in(other)
    question = options_of(other.get(asked.location))
    assert "script" in page.text
    assert "JavaScript" in page_of(page).select_one("#no-script").text
    answer = post(other, asked.location, {"credential": blue.prove(question)})
    assert answer.status_code == 303
    assert is_in(other)


def test_an_answer_of_a_key_is_good_once(app, client, blue):
    other, again = app.test_client(), app.test_client()
    asked = prove_staff_password(other, "admin")
    proof = blue.prove(options_of(other.get(asked.location)))
    assert post(other, asked.location, {"credential": proof}).status_code == 303
    asked = prove_staff_password(again, "admin")
    again.get(asked.location)
    assert post(again, asked.location, {"credential": proof}).status_code == 422
    assert post(again, asked.location, {"credential": "nonsense"}).status_code == 422


def test_a_fresh_proof_of_an_administrator_with_a_key_is_the_key(client, clock, blue):
    clock.forward(minutes=6)
    assert client.get(f"{ACCOUNT}/keys").location.startswith("/staff/confirm")
    assert post(client, "/staff/confirm", {"code": app_code(client, "admin")}).status_code == 422
    question = options_of(client.get("/staff/confirm"))
    assert post(client, "/staff/confirm", {"credential": blue.prove(question)}).status_code == 303
    assert client.get(f"{ACCOUNT}/keys").status_code == 200


def test_the_last_key_is_not_removed(client, blue):
    assert post(client, f"{ACCOUNT}/keys/{SecurityKey.get().id}/remove").status_code == 409
    assert SecurityKey.select().count() == 1


def test_an_address_of_numbers_leads_to_one_where_keys_work(client):
    sign_in_staff(client, "admin")
    assert page_of(client.get(f"{ACCOUNT}/keys")).select_one("main .notice a") is None
    client.set_cookie("s", cookie_of(client), domain="127.0.0.1")
    by_number = client.get(f"{ACCOUNT}/keys", base_url="http://127.0.0.1:8000")
    assert page_of(by_number).select_one("main .notice a")["href"] == "http://localhost:8000/staff/account/keys"


# Words


def test_the_language_is_switched_by_a_button_and_kept_with_the_member(client):
    sign_in_staff(client, "oral.officer")
    referer = {"Referer": "http://localhost/staff/account"}
    assert post(client, "/staff/language", {"language": "en"}, headers=referer).location == ACCOUNT
    assert page_of(client.get(ACCOUNT)).html["lang"] == "en"
    assert StaffMember.get(StaffMember.login == "oral.officer").language == "en"
    post(client, "/staff/language", {"language": "xx"})
    assert page_of(client.get(ACCOUNT)).html["lang"] == "en"


def test_before_signing_in_the_language_is_the_browsers(client):
    post(client, "/staff/language", {"language": "ru"})
    assert page_of(client.get("/staff/sign-in")).html["lang"] == "ru"


def test_refusals_to_staff_wear_their_shell(client):
    sign_in_staff(client, "oral.officer")
    answer = client.get(f"{ACCOUNT}/keys")
    assert answer.status_code == 403
    assert page_of(answer).select_one('link[href^="/static/staff."]')


def test_v6_3_2_a_fresh_installation_has_no_accounts(empty_database, make_app, database_url):
    StaffMember.delete().execute()
    database.db.close()
    app = make_app()
    assert post(app.test_client(), "/staff/sign-in", {"login": "admin", "password": demo_password()}).status_code == 422


def test_demo_codes_open_nothing_under_other_keys(client):
    before, code = keyring().keys, app_code(client, "oral.officer")
    asked = prove_staff_password(client, "oral.officer")
    try:
        use_keys((("production", b"p" * 32),))
        assert post(client, asked.location, {"code": code}).status_code == 422
    finally:
        use_keys(before)


def test_one_query_finds_who_of_the_staff_is_here(client, caplog):
    sign_in_staff(client, "oral.officer")
    with caplog.at_level("DEBUG", "peewee"):
        client.get("/staff/account/password")
    asked = [str(record.msg) for record in caplog.records if "SELECT" in str(record.msg)]
    assert sum("session" in query for query in asked) == 1
    assert len(asked) == 2, "the other one counts what waits for them"


def test_the_sandbox_shows_whom_to_sign_in_as(client):
    listed = client.get("/sandbox/staff", headers={"Accept": "application/json"}).json
    assert len(listed) == StaffMember.select().count()
    first = listed[0]
    asked = post(client, "/staff/sign-in", {"login": first["login"], "password": first["password"]})
    assert post(client, asked.location, {"code": first["code"]}).status_code == 303
    assert is_in(client)
