"""Somebody of the staff at a desk: signs in, opens a case, decides."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.live_portal import Portal


class Officer:
    """One of the demo's invented staff in a browser of their own, and what that browser complained of."""

    def __init__(self, portal: Portal, context: BrowserContext, login: str, lang: str) -> None:
        self.portal, self.login = portal, login
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)
        portal.execute("UPDATE staff_member SET language = ? WHERE login = ?", lang, login)

    def _note(self, said: Any) -> None:
        if said.type in ("error", "warning") and "Failed to load resource" not in said.text:
            self.complaints.append(said.text)

    def _member(self) -> dict[str, str]:
        request = urllib.request.Request(f"{self.portal.address}/sandbox/staff", headers={"Accept": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return next(member for member in json.load(answer) if member["login"] == self.login)

    def sign_in(self) -> None:
        """By password and by the code of the app."""
        member = self._member()
        self.page.goto("/staff/sign-in")
        self.page.fill("[name=login]", self.login)
        self.page.fill("[name=password]", member["password"])
        self.page.click("main form button")
        self.prove()

    def prove(self) -> None:
        """The app's code, as if the one before were long ago."""
        self.portal.execute("UPDATE staff_member SET totp_last_step = 0 WHERE login = ?", self.login)
        self.page.fill("[name=code]", self._member()["code"])
        self.page.click("main form button")

    def find(self, number: str) -> None:
        """From the work list to the case."""
        self.page.goto("/staff/work?tab=open")
        self.page.click(f"main a:text-is('{number}')")
        expect(self.page.locator("output#reference")).to_have_text(number)

    def press(self, action: str) -> None:
        """Send the form of the case page that leads to `action`."""
        self.page.click(f"main form[action$='/{action}'] button")

    def expect_state(self, state: str) -> None:
        expect(self.page.locator(f"[data-state={state}]")).to_have_count(1)
