"""The pages of staff at 320 px: nothing for axe to say, nothing sideways; and the work list by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.inspector import Inspector
from tests.browser.officer import Officer

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

NARROW = {"viewport": {"width": 320, "height": 640}, "is_mobile": False, "device_scale_factor": 1}
NEW = {
    "organisations": "/organisations/new?kind=school",
    "kindergartens": "/kindergartens/new",
    "days": "/moved-days/new",
}
REFERENCE = [
    "/staff/reference", "/staff/reference/organisations", "/staff/reference/organisations?q=zzz",
    "/staff/reference/organisations/oral-edu", "/staff/reference/organisations/oral-edu/history",
    "/staff/reference/localities", "/staff/reference/localities/oral", "/staff/reference/kindergartens",
    "/staff/reference/kindergartens/oral-01", "/staff/reference/moved-days",
    *(f"/staff/reference{path}" for path in NEW.values()),
]  # fmt: skip
ADMIN = [
    "/staff/", "/staff/account", "/staff/reports", *REFERENCE, "/staff/reference-files/organisations",
    "/staff/passports", "/staff/passports/upload", "/staff/members", "/staff/members/new", "/staff/members/1",
    "/staff/members/1/disable", "/staff/audit", "/staff/audit?action=none", "/staff/overview",
    "/staff/overview?body=oral-edu", "/staff/passport-files/preschool-queue/2015-04-07/edit",
    "/staff/passport-files/preschool-queue/compare",
]  # fmt: skip
MANAGER = ["/staff/reports", "/staff/reports?service=home-schooling", "/staff/work?tab=open", "/staff/account"]
OFFICER = [
    "/staff/work", "/staff/work?tab=open", "/staff/work?tab=open&sort=submitted", "/staff/work?state=withdrawn",
    "/staff/account", "/staff/no-such-page", "/staff/work?tab=open&state=accepted", "/staff/places",
    "/staff/places/oral-01/2023/kk", "/staff/absences", "/staff/members",
]  # fmt: skip
WITH_A_FORM = ("/new", "/upload", "/organisations", "/oral-edu", "/assign")
ON_A_CASE = ("/message", "/decision", "/correction")


def enter(portal, make_context, login: str, lang: str, **options: object) -> Officer:
    """A member of the staff, signed in; one case of the demo is an officer's to decide on."""
    portal.execute("""UPDATE "case" SET is_open = 1, state = 'in_review', unchecked = 1 WHERE id % 2 = 1""")
    officer = Officer(portal, make_context(**options), login, lang)
    officer.sign_in()
    return officer


def look_at(page: Page, inspector: Inspector, path: str) -> None:
    page.goto(path)
    page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
    inspector.look()
    part = path.partition("?")[0]
    form = page.locator("main form[method=post]:not([role=search])")
    if part.endswith(ON_A_CASE):
        form = page.locator(f"main form[action$='{part}']")
    if part.endswith((*WITH_A_FORM, *ON_A_CASE)) and form.count():
        form.last.locator("button:not([type=button])").last.click()
        inspector.look()  # what is wrong is said, too


@pytest.mark.parametrize("lang", ["kk", "ru"])
@pytest.mark.parametrize(("login", "paths"), [("admin", ADMIN), ("oral.manager", MANAGER)])
def test_every_page_of_administrators_and_managers_is_for_everybody(portal, make_context, login, paths, lang):
    person = enter(portal, make_context, login, lang, **NARROW)
    inspector = Inspector(person)
    for path in paths:
        look_at(person.page, inspector, path)
    assert not inspector.faults, "\n".join(inspector.faults)
    assert person.complaints == []


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_every_page_of_officers_is_for_everybody(portal, make_context, lang):
    officer = enter(portal, make_context, "oral.officer", lang, **NARROW)
    page, inspector = officer.page, Inspector(officer)
    for path in OFFICER:
        look_at(page, inspector, path)
    page.goto("/staff/work?tab=open")
    page.click("form[role=search] button")
    inspector.look()
    page.goto("/staff/work?tab=open")
    page.click("main tbody a")
    inspector.look()
    officer.press("take")
    inspector.look()
    case = page.url.partition("?")[0]
    for part in ("/assign", "/message", "/correction", "/decision"):
        look_at(page, inspector, case.removeprefix(portal.address) + part)
    assert not inspector.faults, "\n".join(inspector.faults)
    assert officer.complaints == []


def focused(page: Page) -> dict[str, str]:
    """What holds the focus: its text, its place, and whether one sees that it does."""
    return page.evaluate("""() => {
        const it = document.activeElement, style = getComputedStyle(it);
        const ring = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none';
        return {text: it.textContent.trim(), name: it.name || '', tag: it.localName,
                seen: ring || style.boxShadow !== 'none'};
    }""")


def test_the_work_list_is_used_by_keyboard_alone_and_without_script(portal, make_context):
    officer = enter(portal, make_context, "oral.officer", "kk", java_script_enabled=False)
    page = officer.page
    page.goto("/staff/work?tab=open")
    page.keyboard.press("Tab")
    assert focused(page)["seen"]
    page.keyboard.press("Enter")  # past the header
    order = []
    while not order or order[-1]["tag"] != "body":
        page.keyboard.press("Tab")
        order.append(focused(page))
        assert len(order) < 80
        if order[-1]["text"] in {row["text"] for row in order[:-1] if row["tag"] == "a" and row["text"]}:
            break
    assert order[0]["name"] == "q", "the first thing after the skip link is the search"
    assert all(each["seen"] for each in order if each["tag"] != "body"), order
    names = [each["name"] for each in order]
    assert names.index("state") < names.index("service") < names.index("sort")
    numbers = page.locator("main tbody a").all_inner_texts()
    reached = [each["text"] for each in order if each["text"] in numbers]
    assert reached == numbers
    page.locator("main tbody a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("output#reference")).to_have_text(numbers[0])
    assert {link.get_attribute("accesskey") for link in page.locator("[accesskey]").all()} >= {"l"}
