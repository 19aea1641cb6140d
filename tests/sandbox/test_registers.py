"""The sandbox registers keep the contract of docs/registers.md to the letter."""

import re
from pathlib import Path

import pytest

from portal.sandbox import registers

MOTHER, CHILD, STRANGER, NOBODY = "900101400014", "230303600035", "910404400045", "920505400056"
PEOPLE = [
    {
        "iin": MOTHER,
        "name": "Серікова Айгүл",
        "phone": "+77010000001",
        "birth_date": "1990-01-01",
        "children": [{"iin": CHILD, "name": "Серік Дана", "birth_date": "2023-03-03"}],
        "statuses": ["large_family"],
    },
    {"iin": STRANGER, "name": "Бөтен Адам", "phone": None, "birth_date": "1991-04-04"},
]
CALLER = {"Authorization": f"Bearer {registers.TOKEN}"}
CONTRACT = (Path(__file__).parents[2] / "docs" / "registers.md").read_text("utf-8")


@pytest.fixture
def client():
    return registers.make_app(PEOPLE).test_client()


def ask(client, path, **question):
    return client.post(path, json=question, headers=CALLER)


def test_every_address_of_the_contract_exists_and_no_other():
    documented = set(re.findall(r"^\| `POST (/[a-z/]+)`", CONTRACT, re.M))
    rules = {rule.rule for rule in registers.make_app(PEOPLE).url_map.iter_rules()}
    assert rules == documented | {"/switch"}


def test_a_child_unknown_and_a_child_of_others_look_exactly_alike(client):
    for path, adult in (("/civil/child", "guardian_iin"), ("/civil/guardian", "adult_iin")):
        foreign = ask(client, path, **{adult: STRANGER, "child_iin": CHILD})
        unknown = ask(client, path, **{adult: STRANGER, "child_iin": NOBODY})
        assert (foreign.status, foreign.data) == (unknown.status, unknown.data)


def test_not_found_is_an_answer_not_a_status(client):
    assert ask(client, "/civil/person", iin=NOBODY).json == {"person": None}
    assert ask(client, "/civil/children", iin=NOBODY).json == {"children": []}
    assert ask(client, "/phones/find", iin=NOBODY).json == {"phone": None}
    assert ask(client, "/privileges/list", iin=NOBODY).json == {"privileges": []}


def test_a_child_is_a_person_too(client):
    assert ask(client, "/civil/person", iin=CHILD).json["person"]["birth_date"] == "2023-03-03"


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer ә"}, {"Authorization": registers.TOKEN}])
def test_nobody_asks_without_the_token(client, header):
    for path in ("/civil/person", "/switch"):
        assert client.post(path, json={"iin": MOTHER}, headers=header).status_code == 401


@pytest.mark.parametrize(
    "question", [{}, {"iin": 900101400014}, {"iin": "90010140001"}, {"iin": MOTHER, "more": "x"}, [], "text", None]
)
def test_a_question_not_as_agreed_is_400(client, question):
    answer = client.post("/civil/person", json=question, headers=CALLER)
    assert answer.status_code == 400
    assert answer.json["error"]


def test_an_iin_in_the_address_leads_nowhere(client):
    assert client.get(f"/civil/person?iin={MOTHER}", headers=CALLER).status_code == 405


def test_down_is_503_until_it_is_switched_up(client):
    assert ask(client, "/switch", state="down").json == {"state": "down"}
    assert ask(client, "/phones/find", iin=MOTHER).status_code == 503
    ask(client, "/switch", state="up")
    assert ask(client, "/phones/find", iin=MOTHER).status_code == 200


def test_the_invented_people_fit_the_contract():
    client = registers.make_app(people := registers.load_people()).test_client()
    for person in people:
        assert ask(client, "/civil/person", iin=person["iin"]).json["person"]["phone"] == person["phone"]
        assert len(ask(client, "/civil/children", iin=person["iin"]).json["children"]) == len(person["children"])
