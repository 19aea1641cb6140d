"""The line is cut while somebody presses: the page says so at once, and again, and the same press works later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.live_portal import Portal
from tests.browser.visitor import SAVE, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

SLOW, FAILED = "Байланыс баяу", "Жіберілмеді"
LINE = "main form [data-line]"


@pytest.fixture
def visitor(portal: Portal, make_context: Callable[..., BrowserContext]) -> Visitor:
    visitor = visit(portal, make_context())
    visitor.begin()
    return visitor


def posts(visitor: Visitor, act: Callable[[Route], object]) -> None:
    """What becomes of everything that is sent from now on."""
    visitor.page.route("**/apply/**", lambda route: act(route) if route.request.method == "POST" else route.continue_())


def cases_of(visitor: Visitor) -> int:
    statement = 'SELECT count(*) FROM "case" JOIN account ON account.id = account_id WHERE account.iin = ?'
    return visitor.portal.execute(statement, visitor.person.iin)[0][0]


def test_a_line_cut_at_a_step_is_told_and_the_same_press_works_once_it_is_back(visitor: Visitor) -> None:
    page, here = visitor.page, visitor.page.url
    posts(visitor, lambda route: route.abort("internetdisconnected"))
    visitor.fill_in(consent="yes")
    page.click(SAVE)
    expect(page.locator(f"{LINE}[role=alert]")).to_contain_text(FAILED)
    expect(page.locator("main form")).not_to_have_attribute("aria-busy", "true")
    assert page.locator("[name=consent]").is_checked()
    assert page.url == here
    page.unroute("**/apply/**")
    visitor.press()
    expect(page).not_to_have_url(here)


def test_a_line_that_is_silent_is_busy_at_once_then_still_trying_then_not_sent(visitor: Visitor) -> None:
    page = visitor.page
    held: list[Route] = []
    posts(visitor, held.append)
    page.clock.install()
    visitor.fill_in(consent="yes")
    page.click(SAVE)
    expect(page.locator("main form")).to_have_attribute("aria-busy", "true")
    expect(page.locator(f"{LINE}[role=status]")).to_contain_text("Жіберілуде")
    page.click(SAVE)
    assert len(held) == 1, "a second tap sends nothing while the first is under way"
    page.clock.fast_forward(5100)
    expect(page.locator(f"{LINE}[role=status]")).to_contain_text(SLOW)
    held[0].abort("timedout")
    expect(page.locator(f"{LINE}[role=alert]")).to_contain_text(FAILED)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_server_that_is_away_takes_no_answer_from_the_page(visitor: Visitor, status: int) -> None:
    posts(visitor, lambda route: route.fulfill(status=status, body="<h1>Bad gateway</h1>"))
    visitor.fill_in(consent="yes")
    visitor.page.click(SAVE)
    expect(visitor.page.locator(f"{LINE}[role=alert]")).to_contain_text(FAILED)
    assert visitor.page.locator("[name=consent]").is_checked()


def test_a_signature_whose_answer_was_lost_is_sent_again_and_makes_one_case(visitor: Visitor) -> None:
    visitor.to_check()
    visitor.to_sign()

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    posts(visitor, lose_the_answer)
    visitor.fill_in(code=visitor.code())
    visitor.page.click(SAVE)
    expect(visitor.page.locator(f"{LINE}[role=alert]")).to_contain_text(FAILED)
    assert cases_of(visitor) == 1
    visitor.page.unroute("**/apply/**")
    visitor.page.click(SAVE)
    expect(visitor.page.locator("output#reference")).to_be_visible()
    assert cases_of(visitor) == 1


def test_a_plain_form_without_a_line_stays_as_it_is_and_says_so(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/complaints/new?service=preschool-queue")
    visitor.fill_in(against="provider")
    page.context.set_offline(True)
    page.click(SAVE)
    expect(page.locator(f"{LINE}[role=alert]")).to_contain_text(FAILED)
    page.context.set_offline(False)
    visitor.press()
    expect(page.locator("[name=text]")).to_be_visible()


def cut(route: Route) -> None:
    route.abort("internetdisconnected")


def lose_the_answer(route: Route) -> None:
    """The server has it; the reader does not know."""
    route.fetch(max_redirects=0)
    route.abort("connectionreset")


def press_on_a_broken_line(visitor: Visitor, act: Callable[[Route], object], told: list[str]) -> None:
    """Every press from now on breaks first, is told to have failed, and is made once more when the line is back."""
    press, page = visitor.press, visitor.page

    def press_twice(selector: str = SAVE) -> int:
        here = page.url
        page.route("**/*", lambda route: act(route) if route.request.method == "POST" else route.continue_())
        page.click(selector)
        expect(page.locator(f"{LINE}[role=alert]")).to_contain_text(FAILED)
        expect(page.locator("main form[aria-busy]")).to_have_count(0)
        assert page.url == here
        told.append(here.split("?")[0].rsplit("/", 1)[1])
        page.unroute("**/*")
        return press(selector)

    visitor.press = press_twice  # type: ignore[method-assign]


@pytest.mark.parametrize("act", [cut, lose_the_answer])
def test_the_line_breaks_at_every_step_and_one_case_comes_of_it(
    visitor: Visitor, act: Callable[[Route], object]
) -> None:
    told: list[str] = []
    press_on_a_broken_line(visitor, act, told)
    visitor.to_check()
    before = visitor.codes_so_far()
    visitor.answer()
    visitor.answer(code=visitor.code(before))
    expect(visitor.page.locator("output#reference")).to_be_visible()
    steps = ["consent", "child", "child-confirm", "locality", "kindergartens", "priority", "contact", "check", "sign"]
    assert told == steps
    assert cases_of(visitor) == 1


@pytest.mark.parametrize("act", [cut, lose_the_answer])
def test_the_line_breaks_at_every_page_of_a_complaint_and_one_comes_of_it(
    visitor: Visitor, act: Callable[[Route], object]
) -> None:
    told: list[str] = []
    press_on_a_broken_line(visitor, act, told)
    visitor.open("/complaints/new?service=preschool-queue")
    visitor.answer(against="provider")
    visitor.answer_complaint()
    expect(visitor.page.locator("output#reference")).to_be_visible()
    assert (told[0], len(told), told[-1]) == ("new", 3, "sign")
    own = 'FROM "case" JOIN account ON account.id = account_id WHERE account.iin = ?'
    statement = f"SELECT count(*) {own} AND kind = 'complaint'"
    assert visitor.portal.execute(statement, visitor.person.iin)[0][0] == 1


def test_a_language_button_goes_to_a_whole_page_with_script_too(visitor: Visitor) -> None:
    visitor.fill_in(consent="yes")
    visitor.page.click("#languages button[lang=ru]")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "ru")
    assert visitor.page.locator("[name=consent]").is_checked()
