"""An administrator and a security key in real Chromium, with its virtual authenticator; and without script."""

from __future__ import annotations

import json
import re
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

LOGIN = "admin"
WAIT = "main form button"


@pytest.fixture
def address(portal):
    """The staff pages by name: browsers refuse security keys at a bare number."""
    return f"http://localhost:{urlsplit(portal.address).port}"


@pytest.fixture
def open_page(make_context, address):
    def make(**options) -> Page:
        context: BrowserContext = make_context(**options)
        page = context.new_page()
        page.goto(address + "/staff/sign-in")
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if "Content Security" in said.text else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    return make


def go(page: Page, path: str) -> None:
    page.goto(f"http://{urlsplit(page.url).netloc}{path}")


def demo_staff(portal) -> dict[str, str]:
    request = urllib.request.Request(f"{portal.address}/sandbox/staff", headers={"Accept": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return next(each for each in json.load(answer) if each["login"] == LOGIN)


def type_password(page: Page, portal) -> None:
    go(page, "/staff/sign-in")
    page.fill("[name=login]", LOGIN)
    page.fill("[name=password]", demo_staff(portal)["password"])
    page.click(WAIT)


def sign_in_with_code(page: Page, portal) -> None:
    portal.execute("UPDATE staff_member SET totp_last_step = 0")
    type_password(page, portal)
    page.fill("[name=code]", demo_staff(portal)["code"])
    page.click(WAIT)


def plug_in(page: Page) -> None:
    """A key that is touched at once."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_key_is_added_and_opens_the_account_from_then_on(portal, open_page):
    page = open_page()
    plug_in(page)
    sign_in_with_code(page, portal)
    go(page, "/staff/account/keys")
    page.fill("[name=name]", "көк кілт")
    page.click("form[data-key] button")
    expect(page).to_have_url(re.compile("done=key"))
    page.click("header form:last-of-type button")
    expect(page).to_have_url(re.compile("/staff/sign-in"))
    type_password(page, portal)
    expect(page.locator("form[data-key]")).to_be_visible()
    expect(page.locator("[name=code]")).to_have_count(0)
    expect(page.locator("#no-script")).to_be_hidden()
    page.click("form[data-key] button")
    expect(page).to_have_url(re.compile("/staff/$"))
    assert page.complaints == []


def test_without_its_key_the_page_says_what_to_do(portal, open_page):
    first, second = open_page(), open_page()
    plug_in(first)
    sign_in_with_code(first, portal)
    go(first, "/staff/account/keys")
    first.fill("[name=name]", "көк кілт")
    first.click("form[data-key] button")
    expect(first).to_have_url(re.compile("done=key"))
    plug_in(second)  # another key
    type_password(second, portal)
    second.click("form[data-key] button")
    expect(second.locator("#key-failed")).to_be_visible()
    without_script = open_page(java_script_enabled=False)
    type_password(without_script, portal)
    expect(without_script.locator("#no-script")).to_be_visible()
    without_script.click("form[data-key] button")
    expect(without_script.locator("[role=alert]").first).to_be_visible()
