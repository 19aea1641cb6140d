import datetime as dt
import logging

import pytest

from portal import db as database
from portal.models import Account, Session
from portal.services.identity import sessions
from tests.signing_in import MOTHER, last_code, post, sign_in

CABINET = "/kk/cabinet"


def cookie_of(client):
    cookie = client.get_cookie("s")
    return cookie.value if cookie else None


def is_signed_in(client):
    return client.get(CABINET + "/settings").status_code == 200


def test_a_page_without_a_form_reads_no_session_and_gives_no_cookie(client):
    answer = client.get("/kk/help")
    assert answer.status_code == 200
    assert cookie_of(client) is None
    database.connect()  # the page itself needs none
    assert Session.select().count() == 0


def test_a_page_with_a_form_gives_a_key_and_writes_nothing(client):
    client.get("/kk/sign-in")
    assert len(cookie_of(client)) == 43
    assert Session.select().count() == 0


def test_v7_2_1_the_cookie_is_a_random_key_and_the_table_holds_only_its_hash(client):
    sign_in(client)
    key = cookie_of(client)
    assert len(key) == 43
    row = Session.get(Session.account.is_null(False))
    assert row.key_hash == sessions.hash_key(key)
    assert key not in str(row.__data__)


def test_v3_3_1_in_production_the_cookie_is_a_host_cookie_only_for_https(production_app):
    answer = production_app.test_client().get("/kk/sign-in", base_url="https://qyzmet.test")
    line = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-s="))
    marks = {part.strip() for part in line.split(";")[1:]}
    assert marks == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert len(line.partition(";")[0]) == 52


def test_in_demo_over_plain_http_text_browsers_send_the_cookie_back(client):
    line = client.get("/kk/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in line
    assert "SameSite=Lax" in line
    assert "Secure" not in line


def test_v7_2_4_signing_in_makes_a_new_key_and_the_old_one_opens_nothing(app, client):
    client.get("/kk/sign-in")
    planted = cookie_of(client)
    sign_in(client)
    assert is_signed_in(client)
    assert cookie_of(client) != planted
    thief = app.test_client()
    thief.set_cookie("s", planted)
    assert not is_signed_in(thief)


def test_v7_2_4_the_key_before_the_code_was_proved_opens_nothing_after_it(app, client):
    asked = post(client, "/kk/sign-in", {"iin": MOTHER})
    waiting = cookie_of(client)
    thief = app.test_client()
    thief.set_cookie("s", waiting)
    proved = post(client, asked.location, {"code": last_code()})
    assert (asked.status_code, proved.status_code) == (303, 303)
    assert is_signed_in(client)
    assert cookie_of(client) != waiting
    assert not is_signed_in(thief)


def test_v7_2_4_a_live_session_planted_by_its_owner_is_worth_nothing_after_another_has_signed_in(app, client):
    thief = app.test_client()
    post(thief, "/kk/sign-in", {"iin": MOTHER})
    planted = cookie_of(thief)
    client.set_cookie("s", planted)
    sign_in(client)
    assert is_signed_in(client)
    assert cookie_of(client) != planted
    assert not is_signed_in(thief)
    live = Session.get(Session.account.is_null(False))
    assert live.key_hash == sessions.hash_key(cookie_of(client))


def test_a_key_that_came_from_outside_is_not_taken_over(client):
    planted = sessions.new_key()
    client.set_cookie("s", planted)
    post(client, "/kk/sign-in", {"iin": MOTHER})
    assert cookie_of(client) != planted
    assert Session.get().key_hash == sessions.hash_key(cookie_of(client))


@pytest.mark.parametrize("cookie", ["", "x", "a" * 42, "a" * 44, "a" * 4000, "ключ", "' OR 1=1 --", "a" * 43])
def test_a_wrong_cookie_is_nobody(client, cookie):
    client.set_cookie("s", cookie)
    assert client.get(CABINET).status_code == 303


def test_v7_3_1_a_session_ends_after_thirty_minutes_without_a_request(client, clock):
    sign_in(client)
    for _ in range(3):
        clock.forward(minutes=29)
        assert is_signed_in(client)
    clock.forward(minutes=30)
    assert not is_signed_in(client)


def test_v7_3_2_a_session_ends_after_eight_hours_in_any_case(client, clock):
    sign_in(client)
    for _ in range(23):
        clock.forward(minutes=20)
        assert is_signed_in(client)
    clock.forward(minutes=20)
    assert not is_signed_in(client)


def test_being_there_is_noted_at_most_once_a_minute(client, clock):
    sign_in(client)
    live = Session.account.is_null(False)
    clock.forward(seconds=59)
    is_signed_in(client)
    assert Session.get(live).seen_at == clock.now - dt.timedelta(seconds=59)
    clock.forward(seconds=1)
    is_signed_in(client)
    assert Session.get(live).seen_at == clock.now


def test_v7_4_1_signing_out_ends_the_session_and_a_replayed_cookie_opens_nothing(client):
    sign_in(client)
    key = cookie_of(client)
    answer = post(client, "/kk/sign-out")
    assert answer.status_code == 303
    assert cookie_of(client) is None
    client.set_cookie("s", key)
    assert not is_signed_in(client)
    assert Session.select().where(Session.account.is_null(False)).count() == 0


def test_v14_3_1_signing_out_clears_what_the_browser_keeps(client):
    sign_in(client)
    assert post(client, "/kk/sign-out").headers["Clear-Site-Data"] == '"cache","cookies","storage"'


def test_a_second_tap_on_sign_out_leads_to_the_same_place(client):
    sign_in(client)
    key = cookie_of(client)
    first = post(client, "/kk/sign-out")
    client.set_cookie("s", key)
    again = post(client, "/kk/sign-out")
    assert (again.status_code, again.location) == (first.status_code, first.location)


def test_v7_4_2_ending_the_other_sessions_ends_them_at_their_next_request(app, client):
    sign_in(client)
    other = app.test_client()
    sign_in(other)
    assert is_signed_in(client)
    post(other, CABINET + "/settings/sessions")
    assert not is_signed_in(client)
    assert is_signed_in(other)


def test_one_query_loads_session_and_account(client, caplog):
    sign_in(client)
    with caplog.at_level(logging.DEBUG, "peewee"):
        assert is_signed_in(client)
    about_me = [record for record in caplog.records if 'FROM "session"' in str(record.msg)]
    assert len(about_me) == 2  # who is here, and where else they are signed in
    assert not [record for record in caplog.records if 'FROM "account"' in str(record.msg)]


def test_a_session_ended_meanwhile_is_not_written_back(client):
    sign_in(client)
    database.connect()
    key = cookie_of(client)
    sessions.end(key)
    sessions.save(key, {"late": True}, dt.datetime.now(dt.UTC))
    assert sessions.find_session(key) is None


def test_sessions_long_over_are_forgotten(client, clock):
    sign_in(client)
    database.connect()
    assert sessions.forget_expired(clock.now + dt.timedelta(hours=23)) == 0
    assert sessions.forget_expired(clock.now + dt.timedelta(hours=25)) > 0
    assert Account.select().count() == 1
