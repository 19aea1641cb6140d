"""What an officer's page says beside its buttons: languages, other applicants, what was asked, old letters."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from portal.models import Account, Case, StaffMember
from portal.services.cabinet import writing
from portal.services.review import corrections, decisions
from tests.conftest import Clock
from tests.review_data import make_account, make_case
from tests.signing_in import post
from tests.views.test_staff_cases import Office, page_of, shown_on

pytestmark = pytest.mark.usefixtures("demo_data")


@pytest.fixture
def office(app: Flask, clock: Clock) -> Office:
    return Office(app, clock)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_officer_is_told_in_which_language_the_citizen_reads(office: Office, language: str) -> None:
    Account.update(language=language).where(Account.id == office.account.id).execute()
    Case.update(language=language).where(Case.id == office.case.id).execute()
    office.take()
    page = page_of(office.enter().get(office.address))
    for place in (".grounds", "#messages", "[action$=correction]"):
        assert page.select_one(place).select_one(f"[data-language={language}]"), place


def test_another_applicant_for_the_same_child_is_named(office: Office) -> None:
    make_case(office.school, make_account(5, "Басқақызы Сәуле"))
    client = office.enter()
    StaffMember.update(language="en").execute()
    said = page_of(client.get(office.address)).select_one("#others").text
    assert "Басқақызы Сәуле" in said
    assert "another applicant for the same child" in said


def test_a_refusal_is_written_without_opening_anything(office: Office) -> None:
    office.take()
    form = page_of(office.enter().get(office.address)).select_one("form[action$=decision]")
    assert form.select_one("[name=explanation]").find_parent("details") is None
    assert form.select_one("[name=ground]").find_parent("details") is None
    assert form.select_one(".grounds [name=explanation]")


def test_who_waits_for_a_correction_sees_what_was_asked(office: Office) -> None:
    office.take()
    asked = {"conclusion_number": "does_not_match"}
    corrections.ask_correction(office.officer, office.case.number, asked, "№ 46 емес пе?", office.clock())
    page = page_of(office.enter().get(office.address))
    assert page.select_one("#asked li")
    assert "№ 46 емес пе?" in page.select_one("#decide").text


def test_of_a_long_conversation_the_last_five_stand_open(office: Office) -> None:
    for number in range(8):
        moment = office.clock() + dt.timedelta(minutes=number)
        writing.write(office.account, office.case.number, f"Хат {number}.", f"key-{number}", moment)
    page = page_of(office.enter().get(office.address))
    assert len(page.select("#earlier-messages .note")) == 3
    assert len(page.select("#messages > .note")) == 5


def test_the_title_of_a_case_page_with_errors_says_so(office: Office) -> None:
    client = office.enter()
    answer = post(client, office.address + "/message", {"text": ""})
    assert page_of(answer).title.text.startswith("Қате:")


def test_the_page_that_asks_for_the_code_says_for_which_case_and_leads_back(office: Office, clock: Clock) -> None:
    office.prepare()
    client = office.enter("school.head")
    shown = shown_on(page_of(client.get(office.address)))
    clock.forward(minutes=6)
    asked = post(client, office.address + "/sign", shown)
    page = page_of(client.get(asked.headers["Location"]))
    assert office.case.number in page.select_one("#about").text
    assert page.select_one(f'#about a[href="{office.address}"]')


def test_a_signed_refusal_does_not_stand_in_green(office: Office, clock: Clock) -> None:
    office.take()
    decision = decisions.prepare(
        office.officer, office.case.number, "refuse", office.clock(), ground="no-consent", explanation="Келісім жоқ."
    )
    client = office.enter("school.head")
    post(client, office.address + "/sign", shown_on(page_of(client.get(office.address))))
    box = page_of(client.get(office.address)).select_one("#prepared")
    assert decision.id
    assert box is None or "good" not in box["class"]


def test_the_list_to_sign_names_the_child_and_what_is_unread_or_unconfirmed(office: Office) -> None:
    office.prepare()
    Case.update(unchecked=True, news="answered").where(Case.id == office.case.id).execute()
    row = page_of(office.enter("school.head").get("/staff/to-sign")).select_one("tbody tr")
    assert office.case.answers["child_name"] in row.text
    assert len(row.select(".mark")) == 2


def test_an_officer_does_not_stand_in_for_themselves(office: Office) -> None:
    page = page_of(office.enter().get("/staff/absences"))
    assert str(office.officer.id) not in [option["value"] for option in page.select("[name=deputy] option")]
