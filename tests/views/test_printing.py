"""Passport pages and receipts, printed by a browser."""

import dataclasses
import io

import pikepdf
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from portal import db
from portal.services.papers import issuing
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.paper_samples import RECEIPT, text_of
from tests.views.test_papers import case, sign_in  # noqa: F401 - case is a fixture

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("id", ["preschool-queue", "home-schooling"])
def test_a_passport_prints_on_three_sheets_at_most_with_the_addresses_of_its_offices(client, demo_data, browser, id):
    page = browser.new_page()
    for lang in ("kk", "ru", "en"):
        first_view = client.application.test_client().get(f"/{lang}/services/{id}")  # which carries the stylesheet
        page.set_content(first_view.text)
        paper = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(pikepdf.open(io.BytesIO(paper)).pages) <= 3
    page.emulate_media(media="print")
    assert not page.is_visible("header")
    assert not page.is_visible("a.button, form, footer")
    assert page.is_visible("h1")
    page.close()


def printed(browser, html: str) -> bytes:
    page = browser.new_page()
    page.set_content(html)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    return paper


@pytest.mark.needs("pdftotext")
def test_a_printed_passport_says_where_the_offices_are(client, demo_data, browser):
    html = client.get("/kk/services/preschool-queue").text
    office = BeautifulSoup(html, "lxml").select("details.offices p")[-1].get_text(" ", strip=True)
    assert office
    assert "".join(office.split()) in "".join(text_of(printed(browser, html)).split())


@pytest.mark.needs("pdftotext")
def test_a_receipt_printed_from_its_page_has_its_qr_on_the_one_sheet(client, case, clock, browser):  # noqa: F811
    stated = tuple((f"Баланың жеке сәйкестендіру нөмірі {n}", "Жауап") for n in range(22))
    data = dataclasses.replace(RECEIPT, number=case.number, stated=stated)
    with db.db.atomic():
        paper = issuing.issue_paper(case, "receipt", data, clock(), "kk")
    sign_in(client, case.account, clock())
    sheets = text_of(printed(browser, client.get(f"/kk/cabinet/{case.number}/papers/{paper.code}").text)).split("\f")
    assert len(sheets) == 2, "one sheet, and what stands behind its end"
    assert paper.code in sheets[0]
