"""The sandbox pages of the demo, which production does not have."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from portal.gateways.sandbox import SandboxSender
from portal.gateways.sending import Outgoing
from portal.sandbox import registers

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
JSON = {"Accept": "application/json"}
PHONE = "+77010000001"
PERSON = {
    "iin": "900101400014",
    "name": "<b>Серікова</b> Айгүл",
    "phone": PHONE,
    "birth_date": "1990-01-01",
    "children": [{"iin": "230303600035", "name": "Серік Дана", "birth_date": "2023-03-03", "certificate": "АБ 1"}],
    "statuses": ["large_family"],
}


@pytest.fixture
def demo(monkeypatch, make_app):
    monkeypatch.setattr(registers, "load_people", lambda: [PERSON])
    url, stop = registers.start([PERSON])
    yield make_app(registry_url=url, registry_token=registers.TOKEN)
    stop()


@pytest.fixture
def client(demo):
    return demo.test_client()


def arrive(text, key, minute=0, channel="sms", to=PHONE):
    at = NOW + dt.timedelta(minutes=minute)
    SandboxSender().send(Outgoing(key, channel, to, "Тақырып", text, at))


@pytest.fixture
def messages(client):
    client.get("/sandbox/phone")  # connects
    arrive("first", "a")
    arrive("second <i>", "b", minute=1)
    arrive("elsewhere", "c", to="+77019999999")
    arrive("a letter", "d", channel="mail", to="a@example.kz")


def page(response):
    assert response.status_code == 200
    assert response.content_type == "text/html; charset=utf-8"
    return BeautifulSoup(response.data, "html.parser")


def test_the_people_as_json_are_what_scripts_were_promised(client):
    child = {"iin": "230303600035", "name": "Серік Дана", "birth_date": "2023-03-03"}
    assert client.get("/sandbox/people", headers=JSON).json == [
        {
            "iin": PERSON["iin"],
            "name": PERSON["name"],
            "phone": PHONE,
            "children": [child],
            "statuses": ["large_family"],
        }
    ]


def test_the_people_as_a_page_lead_to_their_phones(client):
    main = page(client.get("/sandbox/people")).main
    assert PERSON["name"] in main.text
    assert main.find("b") is None
    assert main.find("a", string=PHONE)["href"] == "/sandbox/phone?to=%2B77010000001"


@pytest.mark.parametrize("to", ["%2B77010000001", "+77010000001", "77010000001"])
def test_a_phone_shows_its_sms_newest_first_however_the_plus_is_written(client, messages, to):
    assert client.get(f"/sandbox/phone?to={to}", headers=JSON).json == [
        {"at": "2026-11-23T05:01:00+00:00", "to": PHONE, "text": "second <i>"},
        {"at": "2026-11-23T05:00:00+00:00", "to": PHONE, "text": "first"},
    ]
    lines = page(client.get(f"/sandbox/phone?to={to}")).select("#messages li")
    assert ["second <i>" in lines[0].text, "first" in lines[1].text] == [True, True]


def test_without_a_number_the_phones_are_listed(client, messages):
    assert client.get("/sandbox/phone", headers=JSON).json == [PHONE, "+77019999999"]
    assert page(client.get("/sandbox/phone")).main.find("a", string=PHONE)


def test_letters_stand_in_the_mailbox(client, messages):
    assert [letter["text"] for letter in client.get("/sandbox/mail", headers=JSON).json] == ["a letter"]
    assert page(client.get("/sandbox/mail")).find("h2").text == "Тақырып"


def test_empty_boxes_say_so(client):
    assert "Nothing yet" in page(client.get("/sandbox/phone?to=1")).text
    assert "Nothing yet" in page(client.get("/sandbox/mail")).text


def test_the_registers_are_switched_by_a_button(client, demo):
    registries = demo.extensions["context"].gateways.registries
    form = page(client.get("/sandbox/")).select_one("main form")
    token = form.find("input", attrs={"name": "csrf_token"})["value"]
    answer = client.post(form["action"], data={"state": "down", "csrf_token": token})
    assert (answer.status_code, answer.location) == (303, "/sandbox/")
    assert page(client.get("/sandbox/")).find(id="registers")["data-state"] == "down"
    assert registers.find_state(registries.url) == "down"
    client.post(form["action"], data={"state": "up", "csrf_token": token})
    assert registries.find_phone(PERSON["iin"]) == PHONE


def test_a_state_that_does_not_exist_is_refused(client):
    form = page(client.get("/sandbox/")).select_one("main form")
    token = form.find("input", attrs={"name": "csrf_token"})["value"]
    assert client.post(form["action"], data={"state": "burnt", "csrf_token": token}).status_code == 400


def test_registers_that_are_not_the_sandbox_have_no_button(make_app):
    client = make_app(registry_url="http://127.0.0.1:9", registry_token="t").test_client()
    assert page(client.get("/sandbox/")).select_one("main form") is None


def test_production_has_no_sandbox(production_app):
    assert not production_app.extensions["context"].settings.demo
    client = production_app.test_client()
    for path in ("/sandbox/", "/sandbox/people", "/sandbox/phone", "/sandbox/mail"):
        assert client.get(path).status_code == 404
