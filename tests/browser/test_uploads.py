"""Files sent from a phone in real Chromium: shrunk, in pieces, over lines that break; and by the plain form alone."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import BrowserContext, Route, expect

from tests import files_to_upload as files
from tests.browser.inspector import Inspector
from tests.browser.live_portal import Portal
from tests.browser.officer import Officer
from tests.browser.visitor import FATHER_OF_A_BIG_BOY, SAVE, Visitor, visit
from tests.shaky_line import shaky_line

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

MB, KB = 1024 * 1024, 1024
NARROW = {"viewport": {"width": 320, "height": 640}, "is_mobile": False, "device_scale_factor": 1}
DESK = {"viewport": {"width": 1280, "height": 900}, "has_touch": False, "is_mobile": False, "device_scale_factor": 1}
UPLOADS = re.compile(r"/apply/[^/]+/uploads")
LIST = "#conclusion_scan-files li"
STRIPES = (600, 600, 1200, 1200)  # black and white, 6 pixels each: as fine as small print
CONCLUSION = {
    "conclusion_number": "ДКК-45/7",
    "conclusion_date__day": "16", "conclusion_date__month": "11", "conclusion_date__year": "2026",
    "conclusion_until__day": "25", "conclusion_until__month": "5", "conclusion_until__year": "2027",
}  # fmt: skip


def phone_photo() -> bytes:
    """What a phone makes of a page: 4 MB, 3000 x 2250, a noisy ground, and fine print on it."""
    width, height = 3000, 2250
    noise = Image.frombytes("L", (width // 2, height // 2), random.Random(5).randbytes(width * height // 4))
    picture = noise.point(lambda value: 190 + value // 4).resize((width, height)).convert("RGB")
    for x in range(STRIPES[0], STRIPES[2], 12):
        picture.paste((0, 0, 0), (x, STRIPES[1], x + 6, STRIPES[3]))
        picture.paste((255, 255, 255), (x + 6, STRIPES[1], x + 12, STRIPES[3]))
    for quality in range(80, 101):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        if len(out.getvalue()) >= 4 * MB:
            break
    return out.getvalue()


PHOTO = phone_photo()
PDF = files.pdf(text=random.Random(1).randbytes(512 * KB).hex().encode())  # a megabyte; nothing shrinks it


def to_files(visitor: Visitor, address: str = "") -> None:
    """From signing in to the question for the scan, on the page's own address or on that of a worse line."""
    visitor.sign_in()
    visitor.open("/services/home-schooling/apply")
    if "/apply/" not in visitor.page.url:
        visitor.press()
    visitor.answer(consent="yes")
    visitor.page.locator("main [name=child]").first.check()
    visitor.answer()
    visitor.answer(child_confirmed="yes")
    visitor.answer(locality="oral")
    visitor.answer(school="oral-school", grade="class-3", language="kk")
    if address:
        visitor.page.goto(address + visitor.page.url[len(visitor.portal.address) :])
    expect(visitor.page.locator("input[type=file]")).to_be_visible()


def choose(visitor: Visitor, name: str, content: bytes) -> None:
    kind = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
    visitor.page.set_input_files("input[type=file]", [{"name": name, "mimeType": kind, "buffer": content}])


def sent_by_script(visitor: Visitor, *methods: str) -> int:
    """How many requests with a piece, or those of the methods."""
    sent = [request for request in visitor.requests if UPLOADS.search(request.url)]
    return sum(request.method in (methods or ("POST", "PATCH")) for request in sent)


KEEP_BODIES = """() => {
  const plain = window.fetch
  window.bodies = []
  window.fetch = (address, options) => {
    if (options && options.body) bodies.push(options.body)
    return plain(address, options)
  }
}"""
READ_BODIES = """async () => {
  const bytes = new Uint8Array(await new Blob(bodies).arrayBuffer())
  return [bodies.map(body => body.size), Array.from(bytes, byte => String.fromCharCode(byte)).join("")]
}"""


@pytest.fixture
def visitor(portal: Portal, make_context: Callable[..., BrowserContext]):
    visitor = visit(portal, make_context(), FATHER_OF_A_BIG_BOY)
    yield visitor
    assert visitor.complaints == []


def test_a_photo_of_4_mb_is_shrunk_to_a_fraction_and_stays_readable(visitor):
    to_files(visitor)
    assert len(PHOTO) >= 4 * MB
    visitor.page.evaluate(KEEP_BODIES)
    choose(visitor, "қорытынды.jpg", PHOTO)
    expect(visitor.page.locator(LIST)).to_contain_text("қорытынды.jpg", timeout=20_000)
    pieces, sent = visitor.page.evaluate(READ_BODIES)
    assert max(pieces) <= 64 * KB
    assert sum(pieces) <= 350 * KB
    picture = Image.open(io.BytesIO(sent.encode("latin-1")))
    assert picture.size == (1600, 1200)
    print_ = picture.convert("L").crop(tuple(side * 1600 // 3000 for side in STRIPES))
    assert ImageStat.Stat(print_).stddev[0] > 60  # black and white are still apart: 127 at first, 0 when blurred
    assert visitor.page.locator("input[type=file]").input_value() == ""


def test_the_word_that_a_file_is_missing_goes_when_the_file_comes(visitor):
    to_files(visitor)
    page = visitor.page
    assert visitor.press("button[name=add]") == 422
    expect(page.locator("#errors a[href='#conclusion_scan']")).to_be_visible()
    choose(visitor, "1.pdf", PDF)
    expect(page.locator(LIST)).to_contain_text("1.pdf", timeout=20_000)
    expect(page.locator("#conclusion_scan-error")).to_have_count(0)
    expect(page.locator("#errors")).to_have_count(0)
    expect(page.locator("fieldset.bad")).to_have_count(0)


def test_progress_is_shown_and_the_form_goes_on_by_itself_when_all_is_sent(visitor):
    port = int(visitor.portal.address.rsplit(":", 1)[1])
    with shaky_line(port, every=0, speed=400 * KB) as line:
        to_files(visitor, f"http://127.0.0.1:{line.port}")
        page = visitor.page
        page.evaluate(
            "() => { window.seen = []; new MutationObserver(changes => changes.forEach(change =>"
            " change.target.value && seen.push(change.target.value / change.target.max)))"
            ".observe(document, {subtree: true, attributes: true, attributeFilter: ['value']}) }"
        )
        visitor.fill_in(**CONCLUSION)
        choose(visitor, "1.pdf", PDF)
        bar = page.locator("main progress")
        expect(bar).to_be_visible()
        expect(bar).to_have_attribute("aria-label", re.compile("Жіберіліп жатыр"))
        before = page.url
        page.click(SAVE, no_wait_after=True)
        expect(page.locator("[role=status]")).to_contain_text("Жіберіліп болған соң")
        expect(page, "the next step").not_to_have_url(before, timeout=20_000)
        assert visitor.portal.execute("SELECT name FROM document") == [("1.pdf",)]
        seen = page.evaluate("seen")
        assert len(seen) > 5
        assert seen == sorted(seen)


def test_over_a_line_that_breaks_nothing_that_was_confirmed_is_sent_twice(visitor):
    port = int(visitor.portal.address.rsplit(":", 1)[1])
    with shaky_line(port, every=6) as line:
        to_files(visitor, f"http://127.0.0.1:{line.port}")
        before = line.up
        choose(visitor, "1.pdf", PDF)
        expect(visitor.page.locator(LIST)).to_contain_text("1.pdf", timeout=40_000)
        assert line.broken >= 2
        assert line.up - before <= len(PDF) + line.broken * 64 * KB + line.requests * 1500
    assert [row[0] for row in visitor.portal.execute("SELECT size > 0 FROM document")] == [1]


def test_sending_goes_on_when_the_telephone_finds_its_line_again(visitor):
    to_files(visitor)
    context, held = visitor.page.context, []

    def hold(route: Route) -> None:
        if route.request.method == "PATCH" and not held:
            held.append(route)
            context.set_offline(True)
            route.abort()
        else:
            route.continue_()

    context.route(UPLOADS, hold)
    choose(visitor, "1.pdf", PDF)
    expect(visitor.page.locator("main progress")).to_be_visible()
    visitor.page.wait_for_timeout(1500)
    assert held
    expect(visitor.page.locator(LIST)).to_have_count(0)
    context.set_offline(False)
    expect(visitor.page.locator(LIST)).to_contain_text("1.pdf", timeout=20_000)
    assert sent_by_script(visitor, "POST") == 1


def test_what_could_not_be_sent_is_tried_again_by_add_and_at_last_by_the_form(visitor):
    to_files(visitor)
    page = visitor.page
    page.context.route(UPLOADS, lambda route: route.fulfill(status=400, body=""))
    choose(visitor, "1.pdf", PDF)
    expect(page.locator("[role=status]")).to_contain_text("Жіберу үзілді")
    before = sent_by_script(visitor)
    page.click("button[name=add]", no_wait_after=True)
    page.wait_for_function("() => !document.querySelector('main progress')")
    assert sent_by_script(visitor) == before + 1
    expect(page.locator(LIST)).to_have_count(0)
    visitor.press("button[name=add]")  # the whole form, as it works without script
    expect(page.locator(LIST)).to_contain_text("1.pdf")


def test_add_sends_only_what_is_missing_after_a_failure(visitor):
    to_files(visitor)
    page, failing = visitor.page, [True]

    def fail_late(route: Route) -> None:
        late = route.request.headers.get("upload-offset", "0") >= "131072" and route.request.method == "PATCH"
        route.fulfill(status=400, body="") if failing[0] and late else route.continue_()

    page.context.route(UPLOADS, fail_late)
    choose(visitor, "1.pdf", PDF)
    expect(page.locator("[role=status]")).to_contain_text("Жіберу үзілді")
    failing[0] = False
    page.click("button[name=add]", no_wait_after=True)
    expect(page.locator(LIST)).to_contain_text("1.pdf", timeout=20_000)


def test_a_refused_file_says_why_in_place(visitor):
    to_files(visitor)
    choose(visitor, "құпия.pdf", files.locked_pdf())
    expect(visitor.page.locator("[role=status]")).to_contain_text("құпия.pdf: Бұл PDF парольмен қорғалған")
    expect(visitor.page.locator("#conclusion_scan-files .error")).to_contain_text("парольмен қорғалған")


def test_the_plain_form_alone_leads_to_a_case_with_its_scan(portal, make_context):
    """Without script, in Russian."""
    visitor = visit(portal, make_context(java_script_enabled=False), FATHER_OF_A_BIG_BOY, lang="ru")
    to_files(visitor)
    page = visitor.page
    for name, content in (("1.jpg", files.photo()), ("2.pdf", files.pdf(2))):
        visitor.fill_in(**CONCLUSION)
        choose(visitor, name, content)
        visitor.press("button[name=add]")
        expect(page.locator(f"{LIST} >> text={name}")).to_be_visible()
    visitor.press("button[name=remove] >> nth=0")
    expect(page.locator(LIST)).to_have_count(1)
    expect(page.locator("[name=conclusion_number]")).to_have_value("ДКК-45/7")
    visitor.answer()
    visitor.answer(wanted_from__day="1", wanted_from__month="12", wanted_from__year="2026")
    visitor.answer()
    visitor.answer(message_language="ru")
    expect(page.locator("main")).to_contain_text("2.pdf")
    visitor.submit()
    with page.expect_download() as download:
        page.click("#documents a")
    assert download.value.path().read_bytes().startswith(b"%PDF")
    assert visitor.complaints == []


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_pages_with_files_are_for_everybody_on_the_narrowest_screen(portal, make_context, lang):
    """With nothing, with a file, with a refusal, and the case afterwards: nothing for axe to say."""
    visitor = visit(portal, make_context(**NARROW), FATHER_OF_A_BIG_BOY, lang=lang)
    inspector = Inspector(visitor)
    to_files(visitor)
    inspector.look()
    choose(visitor, "a-" * 45 + "z.pdf", PDF)
    expect(visitor.page.locator(LIST)).to_have_count(1)
    inspector.look()
    choose(visitor, "b.pdf", files.locked_pdf())
    expect(visitor.page.locator("#conclusion_scan-files .error")).to_be_visible()
    visitor.press()
    inspector.look()
    visitor.answer(**CONCLUSION)
    visitor.answer(wanted_from__day="1", wanted_from__month="12", wanted_from__year="2026")
    visitor.answer()
    visitor.answer(message_language=lang)
    inspector.look()
    visitor.submit()
    inspector.look()
    assert not inspector.faults + visitor.complaints, "\n".join(inspector.faults + visitor.complaints)


def test_a_new_scan_for_a_correction_reaches_the_officers_eyes(visitor, make_context):
    """Sent by the script from the correction's page; looked at inside the case page, each look on record."""
    to_files(visitor)
    page, portal = visitor.page, visitor.portal
    choose(visitor, "1.pdf", PDF)
    expect(page.locator(LIST)).to_contain_text("1.pdf")
    visitor.answer(**CONCLUSION)
    visitor.answer(wanted_from__day="1", wanted_from__month="12", wanted_from__year="2026")
    visitor.answer()
    visitor.answer(message_language="kk")
    number, case = visitor.submit(), page.url
    officer = Officer(portal, make_context(**DESK), "school.officer", "kk")
    officer.sign_in()
    officer.find(number)
    officer.press("take")
    officer.page.locator("details:has(form[action$='/correction']) > summary").click()
    officer.page.select_option("main [name$=conclusion_scan]", index=1)
    officer.press("correction")
    officer.expect_state("needs_correction")

    page.goto(f"{case}/correct")
    choose(visitor, "анық.jpg", PHOTO)
    expect(page.locator(LIST)).to_contain_text("анық.jpg", timeout=20_000)
    visitor.answer()
    visitor.sign_again()
    expect(page.locator("#documents li")).to_have_count(2)
    expect(page.locator("#documents li").first).to_contain_text("түзетуге дейін жіберілген")

    officer.find(number)
    seen = "SELECT count(*) FROM audit_entry WHERE action = 'view_document' AND actor LIKE 'staff:%'"
    old, new = officer.page.locator(".viewer > label", has_text="кБ").all()
    expect(old).to_contain_text("түзетуге дейін жіберілген")
    new.click()
    officer.page.wait_for_function("() => document.querySelector('.document img').naturalWidth === 1600")
    old.click()
    expect(officer.page.frame_locator(".document iframe").locator("body")).to_be_attached()
    assert portal.execute(seen)[0][0] >= 2
    assert officer.complaints == []
