"""How a case stands, for whoever holds its receipt."""

from __future__ import annotations

import datetime as dt

import brotli
import pytest
from bs4 import BeautifulSoup

from portal import db
from portal.models import Account, Case, Event, Locality, Organisation, QueueEntry
from portal.services import numbers

NAME = "Құрманғазықызы Үміткүл"


@pytest.fixture
def case(app, clock):
    with app.app_context():
        db.connect()
        body = Organisation.create(code="oral", kind="provider", name_kk="Бөлім", name_ru="Отдел", name_en="Office")
        account = Account.create(iin="900101400013", name=NAME, created_at=clock())
        number = numbers.new_case_number()
        case = Case.create(
            number=number, kind="application", draft_key="d", account=account, service="preschool-queue",
            edition="2015-04-07", language="kk", body=body, state="accepted", answers={}, receipt_code="K7MH4XP9",
            submitted_at=clock(), registered_at=clock(), due_at=clock() + dt.timedelta(minutes=30),
        )  # fmt: skip
        Event.create(case=case, kind="submitted", at=clock(), actor="citizen")
        Event.create(case=case, kind="queued", at=clock() + dt.timedelta(minutes=1), actor="system", data={"number": 1})
        yield case


def join_queue(case: Case, now: dt.datetime) -> None:
    locality = Locality.create(
        code="oral", region_kk="БҚО", region_ru="ЗКО", region_en="WKR", name_kk="Орал", name_ru="Уральск",
        name_en="Oral", body=case.body,
    )  # fmt: skip
    QueueEntry.create(
        case=case, child_iin="230504500010", live_child="230504500010", locality=locality, birth_year=2023,
        priority=2, asked_at=now, language="kk", kindergartens=[], wanted_from=now.date(), state="waiting",
    )  # fmt: skip


def ask(client, number: str, code: str, lang: str = "kk"):
    shown = BeautifulSoup(client.get(f"/{lang}/status").text, "lxml")
    token = shown.select_one("main form input[name=csrf_token]")["value"]
    return client.post(f"/{lang}/status", data={"csrf_token": token, "number": number, "code": code})


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_number_and_the_code_show_state_deadline_and_the_last_event(client, case, lang):
    response = ask(client, case.number, case.receipt_code, lang)
    assert response.status_code == 200
    main = BeautifulSoup(response.text, "lxml").select_one("main")
    assert main.select_one("[data-state]")["data-state"] == "accepted"
    times = [dt.datetime.fromisoformat(time["datetime"]) for time in main.select("time")]
    assert times == [case.submitted_at + dt.timedelta(minutes=1)], "in the queue nothing is due any more"
    assert not main.select("#queue-number")


def test_a_waiting_child_s_number_of_today_is_shown(client, case, clock):
    join_queue(case, clock())
    main = BeautifulSoup(ask(client, case.number, case.receipt_code).text, "lxml").select_one("main")
    assert main.select_one("output#queue-number").get_text(strip=True) == "1"


def test_nothing_personal_is_shown_and_nothing_stands_in_the_address(client, case):
    response = ask(client, case.number, case.receipt_code)
    for secret in (*NAME.split(), case.account.iin, case.receipt_code):
        assert secret not in response.text
    asked = client.get(f"/kk/status?number={case.number}&code={case.receipt_code}")
    assert not BeautifulSoup(asked.text, "lxml").select("main [data-state]")


def test_number_and_code_are_read_however_they_were_typed(client, case):
    assert ask(client, f" {case.number.lower().replace('-', ' ')} ", "к7мн 4хр9").status_code == 200


def test_an_unknown_number_and_a_wrong_code_get_the_same_answer(client, case):
    answers = [
        ask(client, number, code)
        for number, code in (
            (case.number, "22222222"),
            (numbers.new_case_number(), case.receipt_code),
            ("no number", "x"),
            (case.number, ""),
        )
    ]
    assert {answer.status_code for answer in answers} == {422}
    told = [
        BeautifulSoup(answer.text, "lxml").select_one("main [role=alert]").get_text(" ", strip=True)
        for answer in answers
    ]
    assert told[0] == told[1] == told[2] != told[3]


def test_what_was_typed_stays_in_the_form(client, case):
    main = BeautifulSoup(ask(client, case.number, "22222222").text, "lxml").select_one("main")
    assert main.select_one("input[name=number]")["value"] == case.number
    error = main.select_one("input[name=number]")["aria-describedby"].split()[-1]
    assert main.select_one(f"#{error}").get_text(strip=True)


def test_codes_cannot_be_tried_out_on_one_number(client, case):
    """V2.4.1"""
    for _ in range(60):
        assert ask(client, case.number, "22222222").status_code == 422
    answer = ask(client, case.number, case.receipt_code)
    assert answer.status_code == 429
    assert "Бұл нөмір тым жиі тексерілді." in answer.text
    assert int(answer.headers["Retry-After"]) > 0


def test_the_pages_are_at_most_4_kb(client, case):
    for response in (client.get("/kk/status"), ask(client, case.number, case.receipt_code)):
        assert len(brotli.compress(response.data, quality=5)) <= 4096
