"""Passport pages on paper."""

import io

import pikepdf
import pytest
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("id", ["preschool-queue", "home-schooling"])
def test_a_passport_prints_on_two_sheets_at_most(client, demo_data, browser, id):
    page = browser.new_page()
    for lang in ("kk", "ru", "en"):
        page.set_content(client.get(f"/{lang}/services/{id}").text)
        paper = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(pikepdf.open(io.BytesIO(paper)).pages) <= 2
    page.emulate_media(media="print")
    assert not page.is_visible("header")
    assert not page.is_visible("a.button, form, footer")
    assert page.is_visible("h1")
    page.close()
