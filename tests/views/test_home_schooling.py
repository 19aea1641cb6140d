"""Home schooling from the passport's page to a case with its scan, by plain forms, in each language."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from portal.models import AuditEntry, Case, Document, Organisation, Paper, Signature, StaffMember
from tests import files_to_upload as files
from tests.conftest import Clock
from tests.signing_in import FATHER, last_code, post, sign_in
from tests.staff_signing_in import sign_in_staff
from tests.views.test_apply import Browser

SERVICE = "home-schooling"
FATHER_OF_A_PUPIL = "840820390018"  # in the sandbox registers: the first of his children is eight


@pytest.fixture
def browser(client: FlaskClient, app: Flask, fill_with_demo: Callable[[Flask], None]) -> Browser:
    fill_with_demo(app)
    return Browser(client)


def to_conclusion(browser: Browser, lang: str) -> None:
    sign_in(browser.client, FATHER_OF_A_PUPIL, lang)
    browser.get(f"/{lang}/services/{SERVICE}/apply")
    browser.send()
    browser.send(consent="yes")
    browser.send(child=browser.page.select_one("[name=child]")["value"])
    browser.send(child_confirmed="yes")
    browser.send(locality="oral")
    school = browser.page.select_one(
        "[name=school][value]:not([value='']), [name=school] option[value]:not([value=''])"
    )
    browser.send(school=school["value"], grade="class-3", language="kk")
    assert browser.page.select_one("input[type=file]")["name"] == "conclusion_scan"


def day(name: str, text: str) -> dict[str, str]:
    year, month, day = text.split("-")
    return {f"{name}__day": day, f"{name}__month": month, f"{name}__year": year}


CONCLUSION = {
    "conclusion_number": "ДКК-45/7", **day("conclusion_date", "2026-11-16"), **day("conclusion_until", "2027-05-25"),
}  # fmt: skip


def to_case(browser: Browser, lang: str, *scans: tuple[str, bytes]) -> Case:
    to_conclusion(browser, lang)
    browser.send(conclusion_scan=[(io.BytesIO(content), name) for name, content in scans], **CONCLUSION)
    browser.send(**day("wanted_from", "2026-12-01"))
    assert "ДКК-45/7" in browser.page.select_one("textarea[name=application]").text
    browser.send()
    browser.send(message_language=lang)
    assert browser.path.endswith("/check"), browser.page.select_one("main").text
    assert all(name in browser.page.select_one("main").text for name, _ in scans)
    browser.send()
    browser.send(code=last_code())
    return Case.get(Case.service == SERVICE)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_it_ends_in_a_case_with_the_scan_that_its_owner_downloads_again(browser: Browser, lang: str) -> None:
    case = to_case(browser, lang, ("қорытынды.jpg", files.photo()), ("2-бет.pdf", files.pdf(2)))
    assert (case.state, case.body.code) == ("submitted", case.answers["school"])
    assert browser.page.select_one("#reference").text == case.number
    rows = list(Document.select().where(Document.case == case).order_by(Document.id))
    assert [row.key for row in rows] == case.answers["conclusion_scan"]
    assert [row.field for row in rows] == ["conclusion_scan"] * 2
    links = browser.page.select("#documents a")
    assert [link.text for link in links] == ["қорытынды.jpg", "2-бет.pdf"]
    photo, pages = (browser.client.get(link["href"]) for link in links)
    assert (photo.content_type, photo.data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert len(pikepdf.open(io.BytesIO(pages.data)).pages) == 2
    assert AuditEntry.select().where(AuditEntry.action == "view_document").count() == 2
    father = browser.client.application.test_client()
    sign_in(father, FATHER)
    assert father.get(links[0]["href"]).status_code == 404


def test_the_text_that_is_signed_names_each_file_by_its_content(browser: Browser) -> None:
    case = to_case(browser, "en", ("conclusion.pdf", files.pdf()))
    assert Document.get().sha256 in Signature.get(Signature.case == case).text


def test_without_the_scan_the_journey_does_not_go_on(browser: Browser) -> None:
    to_conclusion(browser, "kk")
    answer = browser.send(conclusion_scan=[], **CONCLUSION)
    assert answer.status_code == 422
    assert browser.page.select_one("#conclusion_scan-error, fieldset.bad") is not None


@pytest.mark.parametrize(("state", "word"), [("pending", "вирусқа тексеріліп жатыр"), ("infected", "вирус табылды")])
def test_a_file_that_may_not_be_seen_has_no_link(browser: Browser, state: str, word: str) -> None:
    case = to_case(browser, "kk", ("қорытынды.pdf", files.pdf()))
    Document.update(state=state).execute()
    browser.get(f"/kk/cabinet/{case.number}")
    assert browser.page.select("#documents a") == []
    assert word in browser.page.select_one("#documents").text


def test_after_working_time_the_receipt_names_the_day_of_registration(browser: Browser, clock: Clock) -> None:
    clock.forward(hours=10)  # Monday, 20:00: it is registered on Tuesday, and the term counts from there
    case = to_case(browser, "kk", ("қорытынды.jpg", files.photo()))
    paper = Paper.get(Paper.case == case, Paper.kind == "receipt")
    assert paper.data["registered_on"] == "2026-11-24"
    browser.get(f"/kk/cabinet/{case.number}/papers/{paper.code}")
    assert "Тіркелген күні2026 жылғы 24 қараша" in browser.page.select_one("article").text
    browser.get(f"/kk/cabinet/{case.number}")
    event = browser.page.select_one("[data-event=registered]").text
    assert "Келіп түсті" in event, "on the day it came"
    assert "Тіркелді" not in event


def test_a_step_with_an_error_says_so_in_its_title_with_script_too(browser: Browser) -> None:
    sign_in(browser.client)
    browser.get(f"/kk/services/{SERVICE}/apply")
    browser.send()
    answer = post(browser.client, browser.path, {}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer.text.lstrip().startswith("<title>Қате: ")


def test_in_working_time_the_receipt_names_no_other_day(browser: Browser) -> None:
    case = to_case(browser, "kk", ("қорытынды.jpg", files.photo()))
    assert Paper.get(Paper.case == case, Paper.kind == "receipt").data["registered_on"] == ""


def test_a_place_without_a_school_says_who_to_call_and_asks_nothing_that_has_no_answer(browser: Browser) -> None:
    sign_in(browser.client, lang="en")
    browser.get(f"/en/services/{SERVICE}/apply")
    browser.send()
    browser.send(consent="yes")
    browser.send(child=browser.page.select_one("[name=child]")["value"])
    browser.send(child_confirmed="yes")
    browser.send(locality="shyngyrlau")
    Organisation.update(locality_code="oral").where(Organisation.code == "shyngyrlau-school").execute()
    browser.get(browser.path)
    main = browser.page.select_one("main")
    body = Organisation.get(Organisation.code == "shyngyrlau-edu")
    assert body.name_en in main.text
    assert body.address_en in main.text
    assert main.select_one(f"a[href='tel:{body.phone}']")
    assert main.select("input, select") == []
    here = browser.path
    answer = browser.client.post(here, data={"grade": "class-3"})
    assert answer.status_code in (200, 400)
    assert "Choose one of the answers" not in answer.text
    browser.get(main.select_one("a.button")["href"])
    browser.send(locality="oral")
    assert browser.page.select_one("[name=school]")


def test_an_administrator_sees_where_a_service_has_nothing_to_choose_from(browser: Browser) -> None:
    StaffMember.update(language="en").execute()
    sign_in_staff(browser.client, "admin")
    rows = {row.select_one("th a").text: row for row in BeautifulSoup(
        browser.client.get("/staff/passports").text, "lxml"
    ).select("tbody tr")}  # fmt: skip
    told = {title: row.select_one("small") for title, row in rows.items()}
    schooling = next(small for title, small in told.items() if "home" in title.lower())
    assert "Zhanibek" in schooling.text
    assert "Oral" not in schooling.text
