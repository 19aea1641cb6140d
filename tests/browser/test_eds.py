"""Signing with an EDS in real Chromium: by NCALayer, and without script with a file that is saved and sent back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import ncalayer
from tests.browser.live_server import START
from tests.browser.visitor import MOTHER, SAVE, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False, "device_scale_factor": 1}


def to_signing_page(portal, context, lang: str = "kk") -> Visitor:
    visitor = visit(portal, context, lang=lang)
    visitor.begin()
    visitor.to_check()
    visitor.to_sign()
    return visitor


@pytest.mark.parametrize("lang", ["kk", "en"])
def test_ncalayer_signs_with_one_press(portal, make_context, tmp_path: Path, lang: str) -> None:
    visitor = to_signing_page(portal, make_context(ignore_https_errors=True, **DESKTOP), lang)
    with ncalayer.running(ncalayer.NcaLayer(portal.database.parent, MOTHER.iin, START), tmp_path) as layer:
        visitor.fill_in(method="ncalayer")
        visitor.page.click(SAVE)
        expect(visitor.page.locator("output#reference")).to_be_visible()
    (asked,) = layer.asked
    assert (asked["module"], asked["method"]) == ("kz.gov.pki.knca.basics", "sign")
    assert asked["args"]["signerParams"]["extKeyUsageOids"] == ["1.3.6.1.5.5.7.3.4"]
    assert asked["args"]["locale"] == lang
    assert portal.execute("SELECT method FROM signature ORDER BY id DESC")[0][0] == "eds"
    assert visitor.complaints == []


def test_ncalayer_that_is_closed_or_cancelled_says_what_to_do(portal, make_context, tmp_path: Path) -> None:
    visitor = to_signing_page(portal, make_context(ignore_https_errors=True, **DESKTOP), "en")
    visitor.fill_in(method="ncalayer")
    visitor.page.click(SAVE)
    expect(visitor.page.locator("#ncalayer")).to_contain_text("Start it on this computer")
    with ncalayer.running(ncalayer.NcaLayer(portal.database.parent, MOTHER.iin, START, cancels=True), tmp_path):
        visitor.page.click(SAVE)
        expect(visitor.page.locator("#ncalayer")).to_contain_text("Nothing was signed")
    expect(visitor.page.locator(SAVE)).to_be_enabled()


def test_without_script_the_file_is_saved_signed_and_sent_back(portal, make_context, tmp_path: Path) -> None:
    visitor = to_signing_page(portal, make_context(java_script_enabled=False, accept_downloads=True), "ru")
    with visitor.page.expect_download() as saved:
        visitor.page.click("a#to-sign")
    saved.value.save_as(tmp_path / "to-sign.json")
    signing = visitor.page.url
    visitor.page.goto("/sandbox/eds")
    visitor.page.select_option("[name=iin]", MOTHER.iin)
    visitor.page.set_input_files("[name=file]", tmp_path / "to-sign.json")
    with visitor.page.expect_download() as signed:
        visitor.page.click("main form button")
    signed.value.save_as(tmp_path / "signature.p7s")
    visitor.page.goto(signing)
    visitor.fill_in(method="eds_file")
    visitor.page.set_input_files("[name=signature]", tmp_path / "to-sign.json")
    assert visitor.press() == 422
    expect(visitor.page.locator("#signature-error")).to_be_visible()
    visitor.fill_in(method="eds_file")
    visitor.page.set_input_files("[name=signature]", tmp_path / "signature.p7s")
    visitor.press()
    expect(visitor.page.locator("output#reference")).to_be_visible()
    assert visitor.complaints == []


def test_the_signing_page_bears_no_other_connection(portal, make_context) -> None:
    """NCALayer may be spoken with there, and nowhere else."""
    visitor = to_signing_page(portal, make_context())
    with visitor.page.expect_response(lambda response: response.url.endswith("/sign")) as answer:
        visitor.page.reload()
    assert "connect-src 'self' wss://127.0.0.1:13579;" in answer.value.headers["content-security-policy"]
    for path in ("/", "/cabinet", "/services/preschool-queue"):
        response = visitor.page.goto(f"/kk{path}")
        assert "13579" not in response.headers["content-security-policy"]
