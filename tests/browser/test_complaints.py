"""Complaints in real Chromium: up to the papers for the court, about an employee, and one that nobody answers."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.browser.inspector import Inspector
from tests.browser.officer import Officer
from tests.browser.test_home_schooling import DESK, apply
from tests.browser.visitor import FATHER_OF_A_BIG_BOY, MOTHER, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

ROOT = Path(__file__).parents[2]
RISE = """
import datetime as dt, sys
from portal import db
from portal.services.complaints.work import raise_silent
db.db.initialize(db.make_database(sys.argv[1]))
db.connect()
print(raise_silent(dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)))
"""


class Walk:
    """People of one test and what their browsers and axe said."""

    def __init__(self, portal, make_context) -> None:
        self.portal, self.make_context = portal, make_context
        self.people: list[Visitor | Officer] = []
        self.inspectors: list[Inspector] = []

    def visitor(self, person, lang: str) -> Visitor:
        found = visit(self.portal, self.make_context(java_script_enabled=True), person, lang)
        self._add(found)
        return found

    def officer(self, login: str, lang: str) -> Officer:
        found = Officer(self.portal, self.make_context(**DESK), login, lang)
        found.sign_in()
        self._add(found)
        return found

    def _add(self, found: Visitor | Officer) -> None:
        self.people.append(found)
        self.inspectors.append(Inspector(found))

    def look(self, person: Visitor | Officer) -> None:
        person.page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
        self.inspectors[self.people.index(person)].look()

    def answer(self, officer: Officer, outcome: str, remedy: str = "") -> None:
        page = officer.page
        page.check(f"main [name=outcome][value={outcome}]")
        page.fill("main [name=reasons]", "Құжаттар мен түсіндірме қаралды.")
        page.fill("main [name=remedy]", remedy)
        officer.press("answer")
        expect(page.locator("#answered")).to_be_visible()


@pytest.fixture
def walk(portal, make_context):
    walk = Walk(portal, make_context)
    yield walk
    assert [person.complaints for person in walk.people] == [[] for _ in walk.people]
    assert [fault for inspector in walk.inspectors for fault in inspector.faults] == []


def complain(walk: Walk, visitor: Visitor, against: str, **answers: str) -> str:
    """From the page that asks of whom, to the complaint's place in the cabinet; its number."""
    walk.look(visitor)
    visitor.answer(against=against)
    walk.look(visitor)
    visitor.fill_in(**answers)
    visitor.answer_complaint(lambda: walk.look(visitor))
    walk.look(visitor)
    return visitor.page.locator("output#reference").inner_text()


def refuse(walk: Walk, number: str) -> None:
    """The officer prepares and the head signs a refusal."""
    officer, head = walk.officer("school.officer", "ru"), walk.officer("school.head", "ru")
    officer.find(number)
    officer.press("take")
    officer.page.check("main [name=kind][value=refuse]")
    officer.page.locator("main [name=ground]").first.check()
    officer.page.fill("main [name=explanation]", "Заключение выдано на другого ребёнка.")
    officer.press("decision")
    head.find(number)
    head.press("sign")
    head.expect_state("refused")


def test_from_a_refusal_through_both_instances_to_the_papers_for_the_court(walk):
    father = walk.visitor(FATHER_OF_A_BIG_BOY, "ru")
    application = apply(father)
    refuse(walk, application)

    father.open(f"/complaints/new?service=home-schooling&about={application}")
    first = complain(walk, father, "provider", outcome="Рассмотреть заявление снова")
    case = father.page.url

    decider = walk.officer("school.head", "ru")
    decider.find(first)
    expect(decider.page.locator("#involved")).to_be_visible()  # who signed the refusal does not judge it
    third = walk.officer("school.officer2", "ru")
    third.page.goto("/staff/work?tab=complaints")
    walk.look(third)
    third.find(first)
    third.press("take")
    walk.look(third)
    walk.answer(third, "refused")

    father.page.goto(case)
    walk.look(father)
    father.press("main form[action*='/complaints/after/'] button")
    walk.look(father)
    before = father.codes_so_far()
    father.answer()
    father.answer(code=father.code(before))
    second = father.page.locator("output#reference").inner_text()
    case = father.page.url

    inspector = walk.officer("quality.officer", "ru")
    inspector.find(second)
    expect(inspector.page.locator("#previous")).to_contain_text(first)
    inspector.press("take")
    walk.answer(inspector, "refused")

    father.page.goto(case)
    walk.look(father)
    with father.page.expect_download() as download:
        father.page.click("main a[download][href*='court']")
    with pikepdf.open(io.BytesIO(download.value.path().read_bytes())) as pdf:
        assert len(pdf.pages) >= 2
    assert any(second in text for text in father.messages())


def test_a_complaint_about_an_employee_of_the_state_corporation(walk):
    mother = walk.visitor(MOTHER, "kk")
    mother.open("/complaints/new?service=preschool-queue")
    mother.sign_in("")
    number = complain(walk, mother, "employee", official="Үлгіұлы Талғат", body="oral-gov4c")
    case = mother.page.url

    officer = walk.officer("gov4c.officer", "kk")
    officer.find(number)
    officer.press("take")
    officer.page.locator("details:has(form[action$='/complainant']) > summary").click()
    officer.page.fill("#ask-complainant", "Бұл қай күні болды?")
    officer.press("complainant")
    walk.look(officer)

    mother.page.goto(case)
    walk.look(mother)
    mother.page.click("main a.button[href$='/reply']")
    walk.look(mother)
    mother.answer(text="Дүйсенбі күні.")

    officer.find(number)
    expect(officer.page.locator("#timeline")).to_contain_text("Дүйсенбі күні.")
    walk.answer(officer, "satisfied", "Қызметкерге ескерту жасалды.")
    mother.page.goto(case)
    expect(mother.page.locator("[data-answer=satisfied]")).to_be_visible()
    expect(mother.page.locator("main")).to_contain_text("Қызметкерге ескерту жасалды.")


def test_one_that_nobody_answers_rises_to_the_head(walk, portal):
    mother = walk.visitor(MOTHER, "en")
    mother.open("/complaints/new?service=preschool-queue")
    mother.sign_in("")
    number = complain(walk, mother, "provider", body="oral-edu")
    case = mother.page.url
    portal.execute("""UPDATE "case" SET due_at = '2026-11-20 18:59:59' WHERE number = ?""", number)
    command = [sys.executable, "-c", RISE, f"sqlite:///{portal.database}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "1", done.stderr

    mother.page.goto(case)
    walk.look(mother)
    expect(mother.page.locator("main form[action*='/complaints/after/'] button")).to_be_visible()
    head = walk.officer("oral.head", "en")
    head.page.goto("/staff/work?tab=mine")
    head.page.click(f"main a:text-is('{number}')")
    expect(head.page.locator("[data-event=escalated]")).to_be_visible()
    walk.look(head)
