"""The line is cut while somebody presses: the page says so at once, and again, and the same press works later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.live_portal import Portal
from tests.browser.visitor import Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

HELD: list[Route] = []


@pytest.fixture
def visitor(portal: Portal, make_context: Callable[..., BrowserContext]):
    yield visit(portal, make_context())
