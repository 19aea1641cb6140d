"""The kindergarten queue on a phone in real Chromium: with script in Kazakh, without in Russian."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.browser.visitor import FATHER_OF_A_BIG_BOY, MAXIMS_MOTHER, MOTHER, SAVE, Visitor, visit
from tests.queue_data import make_iin

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

WAYS = [pytest.param(("kk", True), id="kk-with-script"), pytest.param(("ru", False), id="ru-without-script")]


@pytest.fixture(params=WAYS)
def visitor(request, portal, make_context):
    """The mother of two, on a phone."""
    lang, script = request.param
    visitor = visit(portal, make_context(java_script_enabled=script), lang=lang)
    yield visitor
    assert visitor.complaints == []


@pytest.fixture
def scripted(portal, make_context):
    """The same with script, in Kazakh."""
    visitor = visit(portal, make_context())
    yield visitor
    assert visitor.complaints == []


def documents(visitor: Visitor) -> int:
    """How many whole pages were asked for."""
    return sum(request.resource_type == "document" for request in visitor.requests)


def focused(visitor: Visitor) -> str:
    return visitor.page.evaluate("document.activeElement.id || document.activeElement.localName")


def cases_of(visitor: Visitor) -> int:
    """How many cases this person has in the database."""
    statement = 'SELECT count(*) FROM "case" JOIN account ON account.id = account_id WHERE account.iin = ?'
    return visitor.portal.execute(statement, visitor.person.iin)[0][0]


def test_from_the_first_tap_to_a_queue_number(visitor):
    visitor.begin()
    visitor.to_check()
    number = visitor.submit()
    page = visitor.page
    assert page.url.endswith(f"/cabinet/{number}")
    expect(page.locator("[data-state=accepted], [data-state=granted]")).to_have_count(1)
    expect(page.locator("#timeline li[data-event=submitted] time[datetime]")).to_be_visible()
    assert visitor.messages()[0].find(number) >= 0  # the SMS that confirms it
    visitor.open("/cabinet")
    page.click(f"text={number} >> xpath=ancestor::li >> a")
    expect(page.locator("output#reference")).to_have_text(number)


def test_steps_follow_each_other_without_loading_the_page_anew(scripted):
    scripted.begin()
    before, page, seen = documents(scripted), scripted.page, []

    def look() -> None:
        seen.append(page.url)
        assert page.title() == f"{scripted.heading()} – Qyzmet"
        assert len(seen) == 1 or focused(scripted) == "h1"
        assert page.evaluate("scrollY") == 0
        for link in page.locator("nav [hreflang]").all():  # another language is another address of this very page
            assert link.get_attribute("href").split("/", 2)[2] in page.url

    scripted.to_check(look)
    look()
    assert len(set(seen)) == len(seen) == 8
    assert documents(scripted) == before
    scripted.to_sign()  # a page with a script and a policy of its own: it comes whole
    assert page.title() == f"{scripted.heading()} – Qyzmet"


def test_what_is_wrong_is_shown_in_place_and_led_to(visitor):
    visitor.begin()
    visitor.to_check()
    visitor.open(visitor.page.url.split(f"/{visitor.lang}", 1)[1].replace("check", "kindergartens"))
    page, address, before = visitor.page, visitor.page.url, documents(visitor)
    visitor.fill_in(wanted_from__day="31", wanted_from__month="2")
    assert visitor.press() == 422
    assert page.url == address
    summary = page.locator("main [role=alert]")
    expect(summary).to_be_in_viewport()
    expect(summary).to_be_focused()
    expect(page.locator("[name=wanted_from-day]")).to_have_value("31")
    summary.locator("a").first.click()
    assert focused(visitor).startswith("wanted_from")
    if visitor.lang == "kk":
        assert documents(visitor) == before
    visitor.answer(wanted_from__day="1", wanted_from__month="2", wanted_from__year="2027")


def test_the_back_button_shows_the_step_before_with_its_answer(visitor):
    visitor.begin()
    visitor.answer(consent="yes")
    page = visitor.page
    page.locator("main [name=child]").nth(1).check()
    visitor.answer()
    here, heading = page.url, visitor.heading()
    page.go_back()
    expect(page).to_have_url(re.compile("/child$"))
    expect(page.locator("main [name=child]").nth(1)).to_be_checked()
    page.go_forward()
    expect(page).to_have_url(here)
    expect(page.locator("h1")).to_have_text(heading)
    page.go_back()
    expect(page.locator("main [name=child]").nth(1)).to_be_checked()
    visitor.answer()  # the form that came back works
    expect(page).to_have_url(here)


def test_a_change_returns_to_the_answers(visitor):
    visitor.begin()
    visitor.to_check()
    page = visitor.page
    page.click("main a[href*='/priority?']")
    visitor.answer(priority="large_family")
    assert page.url.endswith("/check")


def test_a_draft_goes_on_from_its_card_in_the_cabinet(visitor):
    visitor.begin()
    visitor.answer(consent="yes")
    page, here = visitor.page, visitor.page.url
    visitor.open("/cabinet")
    page.locator("main .links .button").first.click()
    expect(page).to_have_url(here)
    visitor.open("/cabinet")
    page.click("main a[href*='/delete']")
    visitor.answer()
    expect(page.locator("main a[href*='/apply/']")).to_have_count(0)


def test_a_double_tap_on_sign_makes_one_case(visitor):
    visitor.begin()
    visitor.to_check()
    visitor.fill_in(code=visitor.to_sign())
    visitor.page.dblclick(SAVE)
    expect(visitor.page.locator("output#reference")).to_be_visible()
    assert cases_of(visitor) == 1


def test_a_wrong_code_is_told_and_the_right_one_still_signs(visitor):
    visitor.begin()
    visitor.to_check()
    code = visitor.to_sign()
    visitor.fill_in(code="000000" if code != "000000" else "111111")
    visitor.press()
    expect(visitor.page.locator("main [role=alert]")).to_be_visible()
    visitor.answer(code=code)
    assert cases_of(visitor) == 1


def test_a_new_code_can_be_asked_for(visitor):
    visitor.begin()
    visitor.to_check()
    visitor.to_sign()
    before = visitor.codes_so_far()
    visitor.press("main form button[name=again]")
    visitor.answer(code=visitor.code(before))
    assert cases_of(visitor) == 1


def test_an_expired_session_loses_nothing_typed(visitor):
    visitor.begin()
    visitor.to_check()
    page = visitor.page
    page.click("main a[href*='/contact?']")
    here = page.url
    visitor.portal.end_sessions()
    visitor.answer(contact_phone="8 701 000 00 00")
    assert "/sign-in" in page.url
    visitor.sign_in("")
    assert page.url == here
    expect(page.locator("[name=contact_phone]")).to_have_value("8 701 000 00 00")
    visitor.answer()
    assert page.url.endswith("/check")


def test_a_child_over_seven_is_refused_at_once(visitor):
    visitor.person = FATHER_OF_A_BIG_BOY
    visitor.begin()
    visitor.answer(consent="yes")
    visitor.page.locator("main [name=child]").first.check()
    assert visitor.press() == 422
    expect(visitor.page.locator("main [role=alert]")).to_contain_text("7")
    visitor.page.locator("main [name=child]").nth(1).check()  # the younger one may
    visitor.answer()


def test_registers_that_are_down_let_people_type(visitor):
    visitor.begin()
    visitor.answer(consent="yes")
    visitor.portal.switch_registers("down")
    page = visitor.page
    page.reload()
    expect(page.locator("main .notice")).to_be_visible()
    visitor.answer(child="other")
    visitor.answer(child_iin=make_iin("2305016"))
    visitor.answer(
        relation="parent",
        child_name="Үлгі Бала",
        child_birth_date__day="1",
        child_birth_date__month="5",
        child_birth_date__year="2023",
    )
    visitor.answer(locality="oral")
    first = page.locator("main [name=kindergartens]").first.get_attribute("value")
    visitor.answer(
        kindergartens=first, language="any", wanted_from__day="1", wanted_from__month="12", wanted_from__year="2026"
    )
    visitor.answer(priority="none")
    visitor.answer(message_language=visitor.lang)
    visitor.submit()
    expect(page.locator("[data-event=to_be_checked]")).to_be_visible()


def test_the_papers_the_status_and_withdrawing(visitor):
    visitor.person = MAXIMS_MOTHER
    visitor.begin()
    visitor.to_check()
    number = visitor.submit()
    page, case = visitor.page, visitor.page.url
    receipt = visitor.portal.execute('SELECT receipt_code FROM "case" WHERE number = ?', number)[0][0]
    papers = {link.get_attribute("href") for link in page.locator("main a[href*='/papers/']").all()}
    assert len(papers) == 2  # the receipt, and the notice or the referral
    for paper in papers:
        page.goto(paper)
        with page.expect_download() as download:
            page.click("main a[download]")
        content = download.value.path().read_bytes()
        assert len(pikepdf.open(io.BytesIO(content)).pages) <= 2
    with page.expect_response(re.compile("/verify/")):
        page.click("main a[href*='/verify/']")
    assert MAXIMS_MOTHER.iin not in page.content()

    visitor.open("/status")
    visitor.fill_in(number=number, code=receipt)
    visitor.press()
    expect(page.locator("[data-state=accepted], [data-state=granted]")).to_have_count(1)

    page.goto(case)
    page.click("main a[href$='/withdraw']")
    visitor.answer()
    expect(page.locator("[data-state=withdrawn]")).to_be_visible()


def test_a_complaint_gets_its_number_and_its_term(visitor):
    visitor.sign_in()
    visitor.open("/complaints/new")
    page = visitor.page
    visitor.answer(service="preschool-queue", against=page.locator("main [name=against]").first.get_attribute("value"))
    visitor.answer_complaint()
    expect(page.locator("output#reference")).to_be_visible()
    expect(page.locator(".facts time[datetime]")).to_be_visible()


def test_the_other_parent_is_told_that_the_child_is_queued(portal, make_context):
    mother = visit(portal, make_context())
    mother.begin()
    mother.to_check()
    mother.submit()
    again = visit(portal, make_context(), person=MOTHER)
    again.begin()
    again.answer(consent="yes")
    again.page.locator("main [name=child]").first.check()
    assert again.press() == 409
    assert focused(again) == "h1"
    expect(again.page.locator("main a.button")).to_be_visible()  # to the application there is
    assert again.complaints == []
