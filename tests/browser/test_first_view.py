"""The first view: one request, then it can be read; everything else comes when there is time for it."""

from __future__ import annotations

import pytest

from tests.browser.visitor import visit

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

HEADER_COLOUR = "() => getComputedStyle(document.querySelector('header')).backgroundColor"
PAGES = ["/", "/services/preschool-queue", "/services/preschool-queue/apply", "/sign-in", "/status"]


@pytest.mark.parametrize("path", PAGES)
def test_everything_readable_is_there_after_one_request(portal, make_context, path):
    context = make_context()
    visitor = visit(portal, context)
    context.route("**", lambda route: route.continue_() if route.request.resource_type == "document" else route.abort())
    visitor.open(path)
    assert visitor.page.evaluate(HEADER_COLOUR) == "rgb(0, 58, 77)"
    assert visitor.page.locator("h1").is_visible()
    asked = [request for request in visitor.requests if not request.url.startswith("data:")]
    assert [request.resource_type for request in asked if not _may_wait(request)] == ["document"]


def test_the_stylesheet_and_the_script_are_fetched_once_for_all_pages(portal, make_context):
    context = make_context()
    visitor = visit(portal, context)
    fetched: dict[str, str] = {}
    devtools = context.new_cdp_session(visitor.page)
    devtools.send("Network.enable")
    devtools.on(
        "Network.requestWillBeSent", lambda event: fetched.update({event["requestId"]: event["request"]["url"]})
    )
    devtools.on("Network.responseReceived", lambda event: _keep_fetched(event, fetched))
    devtools.on("Network.requestServedFromCache", lambda event: fetched.pop(event["requestId"], None))
    with visitor.page.expect_request_finished(lambda request: request.url.endswith(".css")):
        visitor.open("/")
    visitor.begin()
    assert visitor.page.locator("style").count() == 0
    assert visitor.page.evaluate(HEADER_COLOUR) == "rgb(0, 58, 77)"
    assert all(script.get_attribute("defer") is not None for script in visitor.page.locator("script").all())
    assert visitor.page.evaluate("() => window.htmx.config.allowEval") is False
    visitor.page.reload()
    visitor.open("/cabinet")
    assert sorted(address.rsplit(".")[-1] for address in fetched.values()) == ["css", "js", "js"]
    assert visitor.complaints == []


def _may_wait(request) -> bool:
    """What the browser fetches when the page is there: the stylesheet for the next one, and a deferred script."""
    return request.url.endswith((".css", ".js"))


def _keep_fetched(event, fetched: dict[str, str]) -> None:
    """Of static files, those that came over the line."""
    if "/static/" not in event["response"]["url"] or event["response"]["fromDiskCache"]:
        fetched.pop(event["requestId"], None)
