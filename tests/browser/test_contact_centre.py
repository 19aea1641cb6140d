"""The contact centre in Chromium, at 320 pixels in Kazakh; and the pages of figures."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.inspector import Inspector
from tests.browser.officer import Officer
from tests.browser.visitor import MOTHER, visit

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

NARROW = {"viewport": {"width": 320, "height": 640}, "is_mobile": False, "device_scale_factor": 1}


def test_a_caller_proves_themselves_hears_how_it_stands_and_complains(portal, make_context):
    phone = visit(portal, make_context(), MOTHER)
    phone.begin()
    phone.to_check()
    number = phone.submit()
    operator = Officer(portal, make_context(**NARROW), "calls.operator", "kk")
    inspector, page = Inspector(operator), operator.page
    operator.sign_in()

    def send(name: str = "", value: str = "") -> None:
        if name:
            page.fill(f"main [name={name}]", value)
        page.locator("main form button:not(.quiet)").last.click()
        inspector.look()

    page.goto("/staff/calls/stated")
    inspector.look()
    send()
    page.goto("/staff/calls")
    send("q", "жоқ")
    before = phone.codes_so_far()
    send("q", number)
    expect(page.locator("main")).not_to_contain_text(number)
    send("code", "12")
    send("code", phone.code(before))
    expect(page.locator("main")).to_contain_text(number)
    page.click("main a[href$='/calls/complaint']")
    send()
    page.select_option("#about", number)
    page.check("main [name=against][value=provider]")
    send()
    before = phone.codes_so_far()
    page.fill("main [name=text]", "Кезек нөмірі екі апта бойы өзгерген жоқ.")
    send("address", "")
    send("address", "Орал, Үлгі көшесі, 1")
    page.locator("main [name=code]").wait_for()
    send("code", phone.code(before))
    expect(page.locator("main .good")).to_be_visible()
    assert page.url.endswith("/staff/calls/caller")
    assert (operator.complaints, inspector.faults) == ([], [])


@pytest.mark.parametrize("login", ["oral.manager", "admin"])
def test_the_pages_of_figures_have_nothing_for_axe(portal, make_context, login):
    phone = visit(portal, make_context(**NARROW), MOTHER)
    reader = Officer(portal, make_context(**NARROW), login, "kk")
    reader.sign_in()
    reader.page.goto("/staff/reports/complaints")
    phone.open("/figures/complaints")
    looks = [Inspector(reader), Inspector(phone)]
    for look in looks:
        look.look()
    assert [look.faults for look in looks] == [[], []]
