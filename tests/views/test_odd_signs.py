"""An application with emoji, Chinese and a bullet copied from Word, from the citizen's form to the sealed order."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.models import Account, Paper, StaffMember
from portal.services.papers import sealed_files
from portal.services.review import decisions, desk
from tests import files_to_upload as files
from tests import review_data
from tests.conftest import Clock
from tests.paper_samples import text_of
from tests.signing_in import last_code
from tests.views.test_apply import Browser
from tests.views.test_home_schooling import CONCLUSION, day, to_conclusion

ODD = "45/7 中 😀 \uf0b7"
PRINTED = "45/7 ▯ 😀 •"


@pytest.fixture
def browser(client: FlaskClient, app: Flask, fill_with_demo: Callable[[Flask], None]) -> Browser:
    fill_with_demo(app)
    return Browser(client)


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_it_ends_in_a_sealed_order_and_was_said_when_typed(
    app: Flask, clock: Clock, browser: Browser, lang: str
) -> None:
    to_conclusion(browser, lang)
    scan = [(io.BytesIO(files.photo()), "қорытынды.jpg")]
    browser.send(conclusion_scan=scan, **CONCLUSION | {"conclusion_number": ODD})
    browser.send(**day("wanted_from", "2026-12-01"))
    browser.send()
    browser.send(message_language=lang)
    said = browser.page.select("[data-unprinted]")
    assert said, "on the page where answers are looked over"
    assert "中" in said[0].text
    assert "😀" not in said[0].text
    browser.send()
    browser.send(code=last_code())
    number = browser.page.select_one("#reference").text

    officer, head = (StaffMember.get(StaffMember.login == f"school.{who}") for who in ("officer", "head"))
    Account.update(name="Ли 李").execute()
    desk.take(officer, number, clock())
    made = decisions.prepare(officer, number, "grant", clock())
    review_data.sign(head, number, made.id, clock())

    context = app.extensions["context"]
    sealing = sealed_files.SealingDesk(context.gateways.seal, context.gateways.storage, context.settings.base_url)
    assert sealed_files.seal_waiting(sealing, clock()) == 1
    order = Paper.get(Paper.kind == "order")
    address = f"/{lang}/cabinet/{number}/papers/{order.code}"
    assert PRINTED in browser.client.get(address).text
    assert PRINTED in " ".join(text_of(browser.client.get(f"{address}.pdf").data).split())
    receipt = browser.client.get(f"/{lang}/cabinet/{number}/papers/{Paper.get(Paper.kind == 'receipt').code}.pdf").data
    assert text_of(receipt).count("\f") == 1, "a receipt is one page"
    assert order.data["preamble"].count(ODD[:7]) == 1, "what is kept is what was typed"
