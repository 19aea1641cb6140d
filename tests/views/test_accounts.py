import dataclasses
import re

import pytest
from bs4 import BeautifulSoup

from portal import db as database
from portal.models import Account, AuditEntry, Message, OneTimeCode, RateCount, Session
from portal.services.identity import code_limits, limits
from tests.services.identity.test_accounts import Registers
from tests.signing_in import MOTHER, STRANGER, last_code, post, sign_in

HERE = "/en/sign-in"
PHONE_DIGITS = "0000001"  # of the mother's


def soup(answer):
    return BeautifulSoup(answer.text, "html.parser")


def use_registers(app, registers):
    app.extensions["context"] = dataclasses.replace(
        app.extensions["context"],
        gateways=dataclasses.replace(app.extensions["context"].gateways, registries=registers),
    )


def ask(client, iin=MOTHER):
    return post(client, HERE, {"iin": iin})


def other_than(code):
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_iin_then_code_in_the_main_form_then_the_cabinet(client, lang):
    address = f"/{lang}/sign-in"
    page = soup(client.get(address))
    assert page.select_one("main form input[name=iin][inputmode=numeric]")
    asked = post(client, address, {"iin": MOTHER})
    assert (asked.status_code, asked.location) == (303, address)
    page = soup(client.get(asked.location))
    assert page.select_one("main form input[name=code][inputmode=numeric][autocomplete=one-time-code]")
    assert len(page.select("main form")) == 1
    answer = post(client, address, {"code": last_code()})
    assert (answer.status_code, answer.location) == (303, f"/{lang}/cabinet")
    assert client.get(answer.location).status_code == 200


def test_blanks_in_the_iin_and_in_the_code_do_no_harm(client):
    ask(client, "9403 0849 0011")
    code = last_code()
    assert post(client, HERE, {"code": f" {code[:3]} {code[3:]} "}).status_code == 303


@pytest.mark.parametrize(
    ("iin", "says"),
    [("", "Type your IIN"), ("94030849001", "12 digits"), ("94030849001a", "12 digits"), ("940308490012", "mistyped")],
)
def test_a_wrong_iin_is_shown_again_with_the_mend_beside_it(client, iin, says):
    answer = post(client, HERE, {"iin": iin})
    assert answer.status_code == 422
    page = soup(answer)
    control = page.select_one("input[name=iin]")
    assert control["value"] == iin
    texts = [page.find(id=name).text for name in control["aria-describedby"].split()]
    assert any(says in text for text in texts)
    assert says in page.select_one("main [role=alert]").text
    assert OneTimeCode.select().count() == 0


@pytest.mark.parametrize(("code", "says"), [("", "Type the code"), ("12345", "6 digits"), ("abcdef", "6 digits")])
def test_a_code_that_cannot_be_one_costs_no_try(client, code, says):
    ask(client)
    answer = post(client, HERE, {"code": code})
    assert answer.status_code == 422
    assert says in answer.text
    assert OneTimeCode.get().tries == 0


def test_a_wrong_code_says_how_often_one_may_still_try_and_the_right_one_opens(client):
    ask(client)
    code = last_code()
    answer = post(client, HERE, {"code": other_than(code)})
    assert answer.status_code == 422
    assert "4" in soup(answer).select_one("#code-error").text
    assert post(client, HERE, {"code": code}).status_code == 303


def test_v6_6_3_after_five_wrong_codes_the_page_says_to_ask_for_a_new_one(client):
    ask(client)
    code = last_code()
    for _ in range(5):
        answer = post(client, HERE, {"code": other_than(code)})
    assert "Ask for a new one" in answer.text
    assert post(client, HERE, {"code": code}).status_code == 422
    post(client, HERE, {"again": "1"})
    assert post(client, HERE, {"code": last_code()}).status_code == 303


def test_a_code_older_than_five_minutes_says_so(client, clock):
    ask(client)
    clock.forward(minutes=6)
    assert "5 minutes" in soup(post(client, HERE, {"code": last_code()})).select_one("#code-error").text


def test_v6_6_2_the_code_of_one_browser_does_not_open_another(app, client):
    ask(client)
    other = app.test_client()
    ask(other, STRANGER)
    assert post(other, HERE, {"code": last_code()}).status_code == 422
    assert not Account.select().exists()


def test_v6_3_8_known_and_unknown_get_the_same_answer(app):
    def answers(iin):
        client = app.test_client()
        asked = ask(client, iin)
        page = client.get(asked.location)
        wrong = post(client, HERE, {"code": "000000"})
        return [(one.status_code, one.location, len(one.data)) for one in (asked, page, wrong)]

    assert answers(MOTHER) == answers(STRANGER)
    assert Message.select().count() == 1


def test_the_phone_is_not_shown_not_even_masked_before_the_code_is_proved(client):
    page = client.get(ask(client).location)
    assert PHONE_DIGITS not in page.text
    assert "01" not in soup(page).select_one("main").text.replace("1414", "")
    assert "*" not in soup(page).select_one("main").text


def test_the_page_says_what_to_do_when_no_code_comes_or_the_phone_has_changed(client):
    main = soup(client.get(ask(client).location)).select_one("main")
    for word in ("front office", "EDS", "1414"):
        assert word in main.text
    assert main.select_one("button[name=again]")
    assert main.select_one('a[href*="other=1"]')


def test_another_iin_may_be_given_instead(client):
    ask(client, STRANGER)
    page = soup(client.get(HERE + "?other=1"))
    assert page.select_one("input[name=iin]")
    assert post(client, HERE + "?other=1", {"iin": MOTHER}).status_code == 303
    assert post(client, HERE, {"code": last_code()}).status_code == 303


def test_a_reader_who_comes_back_much_later_is_asked_for_the_iin_again(client, clock):
    ask(client)
    clock.forward(minutes=16)
    assert soup(client.get(HERE)).select_one("input[name=iin]")


def test_a_code_that_nothing_waits_for_leads_back_to_the_iin(client):
    answer = post(client, HERE, {"code": "123456"})
    assert answer.status_code == 422
    assert soup(answer).select_one("input[name=iin]")


def test_with_the_registers_down_the_page_is_honest_and_alike_for_all(app, client):
    sign_in(client)
    RateCount.delete().execute()
    registers = Registers()
    registers.down = True
    use_registers(app, registers)
    pages = []
    for iin in (MOTHER, STRANGER):
        reader = app.test_client()
        page = reader.get(ask(reader, iin).location)
        assert "registers (databases) do not answer" in page.text
        pages.append((page.status_code, len(page.data)))
        if iin == MOTHER:
            assert post(reader, HERE, {"code": last_code()}).status_code == 303
    assert pages[0] == pages[1]


def test_v2_4_1_too_many_codes_are_answered_429_with_when_to_come_back(client):
    for _ in range(3):
        assert ask(client).status_code == 303
    answer = ask(client)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    said = soup(answer).select_one("main").text
    assert "1414" in said
    assert "Codes for this IIN or phone were asked for too often." in said
    assert re.search(r"again after \d+ \w+ \d{4}, \d\d:\d\d", said)


def test_a_double_tap_on_sign_in_leads_on_and_does_not_sign_out_again(app, client):
    asked = post(client, HERE, {"iin": MOTHER}, query_string={"next": "/en/cabinet/settings"})
    before = client.get_cookie("s").value
    code = last_code()
    first = post(client, asked.location, {"code": code})
    second_tap = app.test_client()
    second_tap.set_cookie("s", before)
    second = post(second_tap, asked.location, {"code": code})
    assert (second.status_code, second.location) == (first.status_code, first.location) == (303, "/en/cabinet/settings")
    assert not [line for line in second.headers.getlist("Set-Cookie") if line.startswith("s=")]
    assert second_tap.get("/en/cabinet").status_code == 303


def test_who_is_signed_in_needs_no_sign_in_page(client):
    sign_in(client)
    assert client.get(HERE + "?next=/en/cabinet/settings").location == "/en/cabinet/settings"


def test_signing_out_asks_first_and_changes_nothing_when_looked_at(client):
    sign_in(client)
    page = soup(client.get("/en/sign-out"))
    assert page.select_one("main form button")
    assert client.get("/en/cabinet").status_code == 200
    assert post(client, "/en/sign-out").location == "/en/"
    assert client.get("/en/cabinet").status_code == 303


def test_v14_2_1_no_iin_code_or_phone_stands_in_an_address(client):
    asked = ask(client)
    code = last_code()
    entered = post(client, asked.location, {"code": code})
    for address in (asked.location, entered.location):
        assert not any(secret in address for secret in (MOTHER, code, PHONE_DIGITS))


def test_v14_2_2_these_pages_are_not_stored(client):
    for address in (HERE, ask(client).location, "/en/sign-out"):
        assert client.get(address).headers["Cache-Control"] == "no-store"


def test_v16_3_1_signing_in_and_out_are_on_record(client):
    sign_in(client)
    post(client, "/en/sign-out")
    assert [entry.action for entry in AuditEntry.select()] == ["sign_in", "sign_out"]


def test_the_counts_and_the_session_hold_no_iin(client):
    ask(client)
    database.connect()
    assert MOTHER not in str(list(RateCount.select().tuples())) + str(list(Session.select().tuples()))


@pytest.mark.parametrize("data", [{}, {"iin": ["1", "2"]}, {"code": "x" * 60_000}, {"iin": "<b>" * 1000}])
def test_v2_2_1_odd_posts_are_shown_again(client, data):
    assert post(client, HERE, data).status_code == 422


def test_the_limits_of_the_front_door_stand():
    assert limits.LIMITS["codes of an address"][0] == (3600, 600)
    assert code_limits.HERE[:4] == (0, 0, 60, 120)


def test_the_page_says_from_when_on_a_new_code_may_be_asked_for_and_keeps_the_last_one(client, clock):
    ask(client)
    for _ in range(2):
        assert "after" not in soup(client.get(HERE)).select_one("main").text
        assert post(client, HERE, {"again": "1"}).status_code == 303
    code = last_code()
    page = client.get(HERE)
    assert "A new code can be asked for after 23 November 2026, 10:01" in page.text
    too_soon = post(client, HERE, {"again": "1"})
    assert (too_soon.status_code, too_soon.headers["Retry-After"]) == (429, "60")
    assert "10:01" in soup(too_soon).select_one("[role=status]").text
    assert soup(too_soon).select_one("main form input[name=code]")
    clock.forward(seconds=61)
    assert "can be asked for after" not in client.get(HERE).text
    assert post(client, HERE, {"code": code}).status_code == 303


@pytest.mark.parametrize("iin", [MOTHER, STRANGER])
def test_v6_3_8_a_new_code_is_claimed_of_nobody(client, iin):
    ask(client, iin)
    page = client.get(post(client, HERE, {"again": "1"}).location)
    assert "If the registers hold a phone number for you" in page.text
    assert "We have sent" not in page.text


def test_a_browser_that_has_signed_in_keeps_a_mark_that_strangers_do_not_need_and_cannot_make(app, client):
    answer = sign_in(client)
    line = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("t="))
    name, *parts = line.split("; ")
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=31536000"} <= set(parts)
    assert len(name) < 40
    assert MOTHER not in line
    mark = client.get_cookie("t").value
    assert code_limits.is_browser_of(MOTHER, mark)
    assert not code_limits.is_browser_of(STRANGER, mark)
    assert not code_limits.is_browser_of(MOTHER, mark[:-1] + ("0" if mark[-1] != "0" else "1"))
    for odd in ("", "x", "ү" * 24, "0" * 24):
        assert not code_limits.is_browser_of(MOTHER, odd)


def test_a_browser_that_knows_its_reader_is_not_sent_the_mark_again(client):
    sign_in(client)
    client.delete_cookie("s")
    answer = sign_in(client)
    assert not [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("t=")]


def test_v2_4_1_strangers_everywhere_do_not_keep_an_owner_s_browser_from_its_codes(app, client):
    sign_in(client)
    client.delete_cookie("s")
    for number in range(60):  # from sixty networks
        stranger = app.test_client()
        post(stranger, HERE, {"iin": MOTHER}, environ_base={"REMOTE_ADDR": f"10.{number}.0.1"})
    stranger = app.test_client()
    assert post(stranger, HERE, {"iin": MOTHER}, environ_base={"REMOTE_ADDR": "10.99.0.1"}).status_code == 429
    assert post(client, HERE, {"iin": MOTHER}, environ_base={"REMOTE_ADDR": "10.0.0.1"}).status_code == 303
    assert post(client, HERE, {"code": last_code()}).status_code == 303
