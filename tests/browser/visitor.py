"""Somebody who uses the portal in a browser: types, taps, reads; and notes whatever the browser complains of."""

from __future__ import annotations

import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.live_portal import Portal


@dataclass(frozen=True)
class Person:
    """One of the sandbox's people."""

    iin: str
    phone: str


MOTHER = Person("940308490011", "+77000000001")  # two children under 7
FATHER_OF_A_BIG_BOY = Person("840820390018", "+77000000009")  # one child is over 7
MAXIMS_MOTHER = Person("950404490015", "+77000000010")

SAVE = "main form button:not(.quiet, .skip)"  # the main button of a page


@dataclass
class Visitor:
    """A person, their browser, and all that it complained of."""

    portal: Portal
    page: Page
    person: Person
    lang: str = "kk"
    complaints: list[str] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"/{self.lang}{path}")

    def press(self, selector: str = SAVE) -> int:
        """Press a button, wait until its answer is shown; the answer's status."""
        with self.page.expect_response(_is_page) as answer:
            self.page.click(selector)
        self.page.wait_for_load_state()
        self.settle()
        return answer.value.status

    def settle(self) -> None:
        """Until htmx has put everything in its place."""
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)

    def fill_in(self, **answers: str) -> None:
        """Fill in controls by their names; two underscores stand for a hyphen."""
        for name, value in answers.items():
            controls = self.page.locator(f"main [name='{name.replace('__', '-')}']")
            kind = controls.first.get_attribute("type") or controls.first.evaluate("control => control.localName")
            if kind in ("radio", "checkbox"):
                self.page.locator(f"main [name='{name}'][value='{value}']").check()
            elif kind == "select":
                controls.first.select_option(value)
            else:
                controls.first.fill(value)

    def answer(self, **answers: str) -> None:
        """Fill in and go on."""
        before = self.page.url
        self.fill_in(**answers)
        self.press()
        expect(self.page, "the next page").not_to_have_url(before)

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def code(self, sent_before: int | None = None) -> str:
        """The code on the sandbox phone that came last; waits for one more than there were `sent_before`."""
        deadline = time.monotonic() + 8
        while time.monotonic() < deadline:
            messages = self.messages()
            codes = [found[0] for text in messages if (found := re.search(r"\b[0-9]{6}\b", text))]
            if codes and (sent_before is None or len(codes) > sent_before):
                return codes[0]
            time.sleep(0.03)
        raise AssertionError("no code came")

    def messages(self) -> list[str]:
        """The SMS of this person, newest first, as the sandbox phone shows them."""
        address = f"{self.portal.address}/sandbox/phone?to={urllib.parse.quote(self.person.phone)}"
        request = urllib.request.Request(address, headers={"Accept": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return [message["text"] for message in json.load(answer)]

    def codes_so_far(self) -> int:
        return sum(bool(re.search(r"\b[0-9]{6}\b", text)) for text in self.messages())

    def sign_in(self, path: str = "/sign-in") -> None:
        """By IIN and code, from the page where the portal asks for them."""
        if path:
            self.open(path)
        before = self.codes_so_far()
        self.fill_in(iin=self.person.iin)
        self.press()
        self.fill_in(code=self.code(before))
        self.press()

    def begin(self) -> None:
        """From the first page to the first question."""
        self.open("/")
        self.page.click(f"a[href='/{self.lang}/services/preschool-queue']")
        self.page.click(f"a[href='/{self.lang}/services/preschool-queue/apply']")
        self.page.click("main a.button[href*=sign-in]")
        self.sign_in("")
        if self.page.url.endswith("/apply"):
            self.press()

    def to_check(self, at_each: Callable[[], None] = lambda: None, child: int = 0, priority: str = "none") -> None:
        """Answer every question; `at_each` is called on every page, before it is answered."""
        at_each()
        self.answer(consent="yes")
        at_each()
        self.page.locator("main [name=child]").nth(child).check()
        self.answer()
        at_each()
        self.answer(child_confirmed="yes")
        at_each()
        self.answer(locality="oral")
        at_each()
        first = self.page.locator("main [name=kindergartens]").first.get_attribute("value")
        self.answer(
            kindergartens=first, language="any", wanted_from__day="1", wanted_from__month="12", wanted_from__year="2026"
        )
        at_each()
        self.answer(priority=priority)
        at_each()
        self.answer(message_language=self.lang)

    def to_sign(self) -> str:
        """From checking to signing; the code."""
        before = self.codes_so_far()
        self.answer()
        return self.code(before)

    def answer_complaint(self, at_each: Callable[[], None] = lambda: None) -> None:
        """From the page where a complaint is written to its place in the cabinet."""
        bodies = self.page.locator("main [name=body] option")
        if bodies.count():
            self.fill_in(body=next(filter(None, (body.get_attribute("value") for body in bodies.all()))))
        before = self.codes_so_far()
        self.answer(text="Кезек нөмірі екі апта бойы өзгерген жоқ.", address="Орал, Үлгі көшесі, 1")
        at_each()
        self.answer(code=self.code(before))

    def sign_again(self) -> None:
        """Ask for a code on the page that shows what was corrected, and sign."""
        before = self.codes_so_far()
        self.press()
        self.answer(code=self.code(before))

    def submit(self) -> str:
        """Sign and send; the case's number."""
        self.answer(code=self.to_sign())
        return self.page.locator("output#reference").inner_text()


def visit(portal: Portal, context: BrowserContext, person: Person = MOTHER, lang: str = "kk") -> Visitor:
    """Give a browser to a person. Violations of the content policy reach its console."""
    page = context.new_page()
    visitor = Visitor(portal, page, person, lang)
    page.on("pageerror", lambda error: visitor.complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda said: _note(visitor, said))
    page.on("request", lambda request: visitor.requests.append(request))
    return visitor


def _note(visitor: Visitor, said: Any) -> None:
    """What the console says is a complaint, but for the plain note that an answer was a 4xx, as a form's 422 is."""
    if said.type in ("error", "warning") and "Failed to load resource" not in said.text:
        visitor.complaints.append(f"{visitor.page.url}: {said.text}")


def _is_page(response: Any) -> bool:
    """An answer that is shown: a page or a fragment, no redirect."""
    return response.status != 303 and response.request.resource_type in ("document", "xhr", "fetch")
