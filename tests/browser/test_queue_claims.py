"""Two children with claims that no register confirms head the demo's queue; places go on behind them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import files_to_upload as files
from tests.browser.live_portal import Portal
from tests.browser.officer import Officer
from tests.browser.visitor import MAXIMS_MOTHER, MOTHER, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

GROUP = """SELECT g.id FROM kindergarten_group g JOIN kindergarten k ON k.id = g.kindergarten_id
    WHERE k.code = 'oral-01' AND g.birth_year = 2023 AND g.language = 'kk'"""


def apply_with_a_claim(visitor: Visitor) -> str:
    """The case's number: a child of 2023, a privilege that no register has."""
    visitor.begin()
    visitor.to_check(priority="serviceman")
    return visitor.submit()


def send_a_document(visitor: Visitor, number: str) -> None:
    """From the case's page, where what is next asks for it."""
    visitor.open(f"/cabinet/{number}")
    visitor.page.click("main #next a[href$='/write']")
    paper = {"name": "анықтама.pdf", "mimeType": "application/pdf", "buffer": files.pdf(1)}
    visitor.page.set_input_files("main [name=letter]", paper)
    visitor.answer()


def put_at_the_head(portal: Portal, *numbers: str) -> None:
    """As if both had applied before everybody else."""
    for place, number in enumerate(numbers):
        portal.execute(
            "UPDATE queue_entry SET asked_at = ? WHERE case_id = (SELECT id FROM \"case\" WHERE number = ?)",
            f"2020-01-0{place + 1} 00:00:00", number,
        )  # fmt: skip


def work(portal: Portal) -> None:
    environ = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2]), "PORTAL_ENV": "demo",
        "PORTAL_DATA_DIR": str(portal.database.parent), "PORTAL_DATABASE_URL": f"sqlite:///{portal.database}",
    }  # fmt: skip
    subprocess.run([sys.executable, str(Path(__file__).with_name("worker_once.py"))], env=environ, check=True)


def referrals(portal: Portal) -> list[str]:
    rows = portal.execute(
        'SELECT c.number FROM referral r JOIN queue_entry e ON e.id = r.entry_id JOIN "case" c ON c.id = e.case_id'
    )
    return [number for (number,) in rows]


def test_places_are_given_behind_two_unconfirmed_claims_at_the_head(portal: Portal, make_context) -> None:
    one, other = visit(portal, make_context(), MOTHER), visit(portal, make_context(), MAXIMS_MOTHER)
    numbers = [apply_with_a_claim(one), apply_with_a_claim(other)]
    put_at_the_head(portal, *numbers)
    before = referrals(portal)
    portal.execute(f"UPDATE kindergarten_group SET places = places + 5 WHERE id = ({GROUP})")
    work(portal)
    given = [number for number in referrals(portal) if number not in before]
    assert given, "the places go on behind them"
    assert not set(numbers) & set(given)
    for visitor, number, place in ((one, numbers[0], "1"), (other, numbers[1], "2")):
        visitor.open(f"/cabinet/{number}")
        expect(visitor.page.locator("#queue-number")).to_have_text(place)
        expect(visitor.page.locator("[data-state=accepted]")).to_have_count(1)
        expect(visitor.page.locator("main")).to_contain_text("2026 жылғы 30 қараша")
        assert visitor.complaints == []


def test_what_an_officer_turns_down_lets_the_kept_place_go_on(portal: Portal, make_context) -> None:
    one, other = visit(portal, make_context(), MOTHER), visit(portal, make_context(), MAXIMS_MOTHER)
    numbers = [apply_with_a_claim(one), apply_with_a_claim(other)]
    put_at_the_head(portal, *numbers)
    portal.execute(f"UPDATE kindergarten_group SET places = places + 5 WHERE id = ({GROUP})")
    work(portal)
    given = len(referrals(portal))
    officer = Officer(portal, make_context(viewport={"width": 1280, "height": 900}), "oral.officer", "kk")
    officer.sign_in()
    officer.page.goto("/staff/work?tab=unconfirmed")
    listed = officer.page.locator("tbody a").all_inner_texts()
    assert set(numbers) <= set(listed)
    officer.page.click(f"main a:text-is('{numbers[0]}')")
    officer.press("take")
    expect(officer.page.locator("output#reference")).to_have_text(numbers[0])
    expect(officer.page.locator("#text-turn_down_privilege")).to_have_count(0)  # before its term, with no document
    send_a_document(one, numbers[0])
    officer.page.reload()
    officer.page.fill("#text-turn_down_privilege", "Әскери қызмет туралы құжаттың мерзімі өткен.")
    officer.press("turn_down_privilege")
    work(portal)
    assert len(referrals(portal)) >= given
    one.open(f"/cabinet/{numbers[0]}")
    expect(one.page.locator("[data-event=claim_turned_down]")).to_contain_text("Әскери қызмет туралы құжат")
    other.open(f"/cabinet/{numbers[1]}")
    expect(other.page.locator("#queue-number")).to_be_visible()
    assert officer.complaints == one.complaints == other.complaints == []
