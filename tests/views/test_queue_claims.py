"""Two families with claims at the head of the demo's queue, as they, those behind them and an officer see it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from portal import db as database
from portal import worker
from portal.models import Case, Check, Group, Kindergarten, Message, QueueEntry, Referral
from tests import files_to_upload as files
from tests.conftest import Clock
from tests.queue_data import make_iin
from tests.signing_in import MOTHER, post, sign_in
from tests.staff_signing_in import sign_in_staff
from tests.views.test_apply import CHILDLESS, Browser, child_of, newest_case, start, submit

pytestmark = pytest.mark.usefixtures("demo_data")


def finish(browser: Browser) -> Case:
    browser.send(locality="oral")
    browser.send(
        kindergartens=["oral-01"], language="kk", wanted_from__day="1", wanted_from__month="12",
        wanted_from__year="2026",
    )  # fmt: skip
    browser.send(priority="serviceman")
    browser.send(message_language="en")
    submit(browser)
    return newest_case()


def mother(app: Flask) -> tuple[Browser, Case]:
    """Her own child, and a privilege that no register shows."""
    browser = Browser(app.test_client())
    start(browser, "en")
    browser.send(consent="yes")
    browser.send(child=child_of(browser))
    browser.send(child_confirmed="yes")
    return browser, finish(browser)


def stranger(app: Flask) -> tuple[Browser, Case]:
    """A child that no register gives them, and a privilege."""
    browser = Browser(app.test_client())
    start(browser, "en", CHILDLESS)
    browser.send(consent="yes")
    browser.send(child="other")
    browser.send(child_iin=make_iin("2305016"))
    browser.send(relation="parent", child_name="Үлгі Бала", child_birth_date="2023-05-01")
    return browser, finish(browser)


def open_places(places: int) -> None:
    database.connect()
    garden = Kindergarten.get(Kindergarten.code == "oral-01")
    Group.update(places=places).where(
        Group.kindergarten == garden, Group.birth_year == 2023, Group.language == "kk"
    ).execute()


def work(app: Flask, clock: Clock) -> None:
    database.connect()
    worker.run_once(app.extensions["context"], clock())
    database.connect()


def officer(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in_staff(client, "oral.officer")
    database.connect()
    return client


def page(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def test_places_are_given_behind_two_claims_at_the_head(app: Flask, clock: Clock) -> None:
    (hers, first), (theirs, second) = mother(app), stranger(app)
    assert [each.page.select_one("#queue-number").text for each in (hers, theirs)] == ["2", "3"]
    assert "The last day: 30 November 2026" in hers.page.text, "told before, and what happens then"
    open_places(5)
    work(app, clock)
    behind = [row.entry for row in Referral.select()]
    assert len(behind) == 3, "one place is kept back for each claim"
    assert not {first.id, second.id} & {entry.case_id for entry in behind}
    for browser in (hers, theirs):
        browser.get(browser.path)
        assert browser.page.select_one("[data-state]")["data-state"] == "accepted"


def test_an_officer_finds_both_at_once_and_turns_one_down_with_a_reason(app: Flask, clock: Clock) -> None:
    (hers, first), (_, second) = mother(app), stranger(app)
    open_places(5)
    work(app, clock)
    client = officer(app)
    listed = page(client.get("/staff/work?tab=unconfirmed"))
    assert {link.text for link in listed.select("tbody a")} == {first.number, second.number}
    address = f"/staff/cases/{first.number}"
    post(client, f"{address}/take")
    hers.get(f"/en/cabinet/{first.number}/write")
    hers.send(text="", letter=[(io.BytesIO(files.photo()), "paper.jpg")])
    shown = page(client.get(address))
    claim = shown.select_one("#unconfirmed").text.strip()
    assert claim.startswith("Жеңілдік: ")
    assert claim.endswith("(соңғы күні: 2026 жылғы 30 қараша)")
    assert shown.select_one("#text-turn_down_privilege")
    assert page(client.get(address)).select_one("#text-turn_down_child") is None
    answer = post(client, f"{address}/do/turn_down_privilege", {"text": ""})
    assert (answer.status_code, bool(page(answer).select_one("#text-turn_down_privilege-error"))) == (422, True)
    assert page(answer).select_one(page(answer).select_one("#errors a")["href"]).name == "textarea"
    assert post(client, f"{address}/do/turn_down_privilege", {"text": "No certificate."}).status_code == 303
    hers.get(hers.path)
    event = hers.page.select_one("[data-event=claim_turned_down]").text
    assert "general queue" in event
    assert "No certificate." in event
    assert "you may complain" in event
    assert hers.page.select_one('#next a[href*="/complaints/"]')
    assert hers.page.select_one("#queue-number").text != "2"
    database.connect()
    work(app, clock)
    assert Referral.select().count() == 4, "what was kept back goes on"


def paper(subject: str, **changes: str) -> dict[str, str]:
    return {
        "subject": subject,
        "paper_kind": "Birth certificate",
        "number": "0123456",
        "issued": "15.1.2026",
        **changes,
    }


@pytest.mark.parametrize("left_out", ["paper_kind", "number", "issued"])
def test_nothing_is_confirmed_before_the_paper_is_named_whole(app: Flask, left_out: str) -> None:
    _, case = stranger(app)
    client = officer(app)
    address = f"/staff/cases/{case.number}"
    post(client, f"{address}/take")
    seen = page(client.get(address))
    assert seen.select_one("#no-papers"), "no document came to the case: the officer is warned"
    answer = post(client, f"{address}/check", paper("child", **{left_out: " "}))
    assert answer.status_code == 422
    link = page(answer).select_one("#errors a")["href"]
    assert page(answer).select_one(link).get("name") == left_out
    assert post(client, f"{address}/check").status_code == 422
    database.connect()
    assert Check.select().where(Check.case == case, Check.state == "pending").count() == 2
    assert Referral.select().where(Referral.entry == QueueEntry.get(QueueEntry.case == case)).count() == 0


def test_the_paper_that_was_seen_stands_in_the_history(app: Flask) -> None:
    _, case = stranger(app)
    client = officer(app)
    address = f"/staff/cases/{case.number}"
    post(client, f"{address}/take")
    assert post(client, f"{address}/check", paper("child", issued="1.1.2099")).status_code == 422
    assert post(client, f"{address}/check", paper("child")).status_code == 303
    said = page(client.get(address)).select_one("[data-event=confirmed_by_officer]").text
    assert all(word in said for word in ("Birth certificate", "0123456", "15.01.2026"))


def test_what_an_officer_confirmed_is_told_as_the_officer_s_word_and_no_register_s(app: Flask, clock: Clock) -> None:
    theirs, case = stranger(app)
    client = officer(app)
    address = f"/staff/cases/{case.number}"
    post(client, f"{address}/take")
    assert len(page(client.get(address)).select("#unconfirmed li")) == 2
    assert post(client, f"{address}/check", paper("child")).status_code == 303
    assert page(client.get(address)).select_one("#unconfirmed li"), "the privilege still waits for its own paper"
    assert post(client, f"{address}/check", paper("privilege")).status_code == 303
    theirs.get(theirs.path)
    assert "An officer saw the papers" in theirs.page.select_one("[data-event=confirmed_by_officer]").text
    assert "registers confirmed" not in theirs.page.text


@pytest.mark.parametrize(("part", "sent"), [("wait", {"text": "x" * 2001}), ("correction", {"text": ""})])
def test_the_list_of_errors_leads_to_the_box_it_is_about(app: Flask, part: str, sent: dict[str, str]) -> None:
    _, case = stranger(app)
    client = officer(app)
    post(client, f"/staff/cases/{case.number}/take")
    answer = page(post(client, f"/staff/cases/{case.number}/{part}", sent))
    link = answer.select_one("#errors a")["href"]
    assert link == f"#{part}-text"
    assert part == "correction" or answer.select_one(link).name == "textarea"


def test_after_the_term_both_places_go_on_by_themselves(app: Flask, clock: Clock) -> None:
    (hers, _), _ = mother(app), stranger(app)
    open_places(5)
    clock.now = dt.datetime(2026, 12, 1, 5, tzinfo=dt.UTC)
    work(app, clock)
    assert Referral.select().count() == 5
    sign_in(hers.client, MOTHER, "en")
    hers.get(hers.path)
    assert hers.page.select_one("[data-event=claim_ended]")


def test_a_referral_not_used_and_the_way_back_by_a_button(app: Flask, clock: Clock) -> None:
    hers, case = mother(app)
    database.connect()
    Case.update(unchecked=False).where(Case.id == case.id).execute()
    QueueEntry.update(asked_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC)).where(QueueEntry.case == case).execute()
    open_places(1)
    work(app, clock)
    hers.get(hers.path)
    assert hers.page.select_one("#kindergarten").text == "Balapan-ulgi kindergarten (demo)"
    assert hers.page.select_one("#use-until").text == "30 November 2026"
    paper = hers.page.select_one('a[href*="/papers/"]')["href"].rsplit("/", 1)[-1]
    clock.now = dt.datetime(2026, 12, 1, 5, tzinfo=dt.UTC)
    work(app, clock)
    assert page(app.test_client().get(f"/en/verify/{paper}")).select_one("[data-state]")["data-state"] == "ended"
    sign_in(hers.client, MOTHER, "en")
    hers.get(hers.path)
    assert hers.page.select_one("#queue-number") is None
    form = hers.page.select_one("#come_back form")
    assert post(hers.client, form["action"]).status_code == 303
    hers.get(hers.path)
    assert hers.page.select_one("#queue-number").text == "1"
    assert post(hers.client, form["action"]).status_code == 409


PLACE = "Preschool Education Department of the city of Oral (demo), 1 Sample Street, Oral, Mon–Fri 09:00–13:00"


def test_sms_page_status_and_papers_say_which_paper_by_when_and_where(app: Flask) -> None:
    hers, case = mother(app)
    shown = [hers.page.text]
    shown += [hers.client.get(link["href"]).text for link in hers.page.select('a[href*="/papers/"]')]
    assert len(shown) == 3, "the case, its receipt, the notice of the number"
    looked_up = post(app.test_client(), "/en/status", {"number": case.number, "code": case.receipt_code})
    for text in (*shown, looked_up.text):
        said = " ".join(BeautifulSoup(text, "lxml").text.split())
        assert "A paper that proves it is needed" in said
        assert PLACE in said
        assert "The last day: 30 November 2026" in said
        assert "goes on in the general queue" in said
    database.connect()
    sms = Message.get(Message.key.contains("proof_needed")).text
    assert "By 30.11.2026 send a photo" in sms
    assert "Otherwise the general queue" in sms
    assert "1 Sample Street, Oral" in sms


def test_each_claim_has_a_message_of_its_own(app: Flask) -> None:
    stranger(app)
    database.connect()
    kinds = {row.key.split(":")[1] for row in Message.select().where(Message.key.contains("proof_needed"))}
    assert kinds == {"proof_needed", "child_proof_needed"}


def test_a_withdrawn_case_no_longer_says_that_something_is_not_confirmed(app: Flask) -> None:
    hers, case = mother(app)
    assert "A paper that proves it" in hers.page.text
    post(hers.client, f"/en/cabinet/{case.number}/withdraw")
    hers.get(f"/en/cabinet/{case.number}")
    assert "confirmed" not in hers.page.select_one("dl.facts").parent.text.split("What has been done")[0]
    looked_up = post(app.test_client(), "/en/status", {"number": case.number, "code": case.receipt_code})
    assert page(looked_up).select_one("#to-prove") is None
    listed = page(officer(app).get(f"/staff/cases/{case.number}"))
    assert "not confirmed" not in listed.select_one("[data-state]").text
