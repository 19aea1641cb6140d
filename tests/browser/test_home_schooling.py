"""Home schooling in real Chromium: a father on a phone, an officer and a head at their desks, in Kazakh and Russian."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import expect

from tests import files_to_upload as files
from tests.browser.officer import Officer
from tests.browser.visitor import FATHER_OF_A_BIG_BOY, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "pdfsig")]

DESK = {"viewport": {"width": 1280, "height": 900}, "has_touch": False, "is_mobile": False, "device_scale_factor": 1}
LANGUAGES = ["kk", "ru"]


@pytest.fixture
def father(portal, make_context, request):
    lang = request.node.callspec.params["lang"]
    visitor = visit(portal, make_context(java_script_enabled=lang == "kk"), FATHER_OF_A_BIG_BOY, lang)
    yield visitor
    assert visitor.complaints == []


@pytest.fixture
def staff(portal, make_context, request):
    """The officer who prepares and the head who signs."""
    lang = request.node.callspec.params["lang"]
    people = [Officer(portal, make_context(**DESK), login, lang) for login in ("school.officer", "school.head")]
    for person in people:
        person.sign_in()
    yield people
    assert [person.complaints for person in people] == [[], []]


def day(name: str, text: str) -> dict[str, str]:
    year, month, day = text.split("-")
    return {f"{name}__day": day, f"{name}__month": month, f"{name}__year": year}


def scan(name: str = "қорытынды.pdf", pages: int = 1) -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": files.pdf(pages)}


def apply(visitor: Visitor) -> str:
    """From the passport's page to the case; its number."""
    page = visitor.page
    visitor.open("/services/home-schooling")
    page.click(f"a[href='/{visitor.lang}/services/home-schooling/apply']")
    page.click("main a.button[href*=sign-in]")
    visitor.sign_in("")
    if page.url.endswith("/apply"):
        visitor.press()
    visitor.answer(consent="yes")
    page.locator("main [name=child]").first.check()
    visitor.answer()
    visitor.answer(child_confirmed="yes")
    visitor.answer(locality="oral")
    visitor.answer(school="oral-school", grade="class-3", language=visitor.lang)
    page.set_input_files("[name=conclusion_scan]", scan())
    if visitor.lang == "kk":  # with script it is on its way at once
        expect(page.locator("#conclusion_scan-files li")).to_have_count(1)
    visitor.answer(
        conclusion_number="ДКК-45/7", **day("conclusion_date", "2026-11-16"), **day("conclusion_until", "2027-05-25")
    )
    visitor.answer(**day("wanted_from", "2026-12-01"))
    visitor.answer()  # the text of the application, as it was prepared
    visitor.answer(message_language=visitor.lang)
    return visitor.submit()


def download(visitor: Visitor, paper: str) -> bytes:
    """The PDF of a paper of the case that is open, by the words of its link."""
    page = visitor.page
    page.locator("main a[href*='/papers/']", has_text=re.compile(paper, re.I)).click()
    with page.expect_download() as download:
        page.click("main a[download]")
    return download.value.path().read_bytes()


def signature_of(pdf: bytes, folder: Path) -> str:
    """What pdfsig of poppler says of the seal, without asking who its authority is."""
    (folder / "paper.pdf").write_bytes(pdf)
    command = ["pdfsig", "-nocert", str(folder / "paper.pdf")]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_application_is_corrected_granted_and_ends_in_a_sealed_order(lang, father, staff, tmp_path):
    officer, head = staff
    number = apply(father)
    case = father.page.url

    officer.find(number)
    expect(officer.page.frame_locator("iframe").first.locator("body")).to_be_attached()
    officer.press("take")
    officer.expect_state("in_review")
    officer.page.locator("details:has(form[action$='/correction']) > summary").click()
    officer.page.select_option("main [name$=conclusion_number]", index=1)
    officer.page.fill("main [name=text]:visible", "Соңғы саны анық емес.")
    officer.press("correction")
    officer.expect_state("needs_correction")

    father.page.goto(case)
    father.page.click("main a.button[href$='/correct']")
    father.answer(conclusion_number="ДКК-45/8")
    father.sign_again()
    expect(father.page.locator("[data-state=in_review]")).to_be_visible()

    officer.find(number)
    expect(officer.page.locator("dl.answers")).to_contain_text("ДКК-45/8")
    officer.page.check("main [name=kind][value=grant]")
    officer.press("decision")
    expect(officer.page.locator("#prepared")).to_be_visible()
    expect(officer.page.locator("main form[action$='/sign']")).to_have_count(0)  # who prepares does not sign

    head.find(number)
    head.press("sign")
    head.expect_state("granted")

    father.page.goto(case)
    expect(father.page.locator("[data-state=granted]")).to_be_visible()
    order = download(father, "бұйрық|приказ")
    said = signature_of(order, tmp_path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    with pikepdf.open(io.BytesIO(order)) as pdf:
        assert "pdfaid:part" in str(pdf.Root.Metadata.read_bytes())
    assert any(number in text for text in father.messages())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_needs_a_ground_and_its_letter_says_how_to_appeal(lang, father, staff, tmp_path):
    officer, head = staff
    number = apply(father)
    case = father.page.url

    officer.find(number)
    officer.press("take")
    officer.page.check("main [name=kind][value=refuse]")
    officer.press("decision")
    expect(officer.page.locator("main [role=alert]")).to_be_visible()  # no refusal without a ground
    officer.page.locator("main [name=ground]").first.check()
    officer.page.fill("main [name=explanation]", "Қорытынды басқа баланың атына жазылған.")
    officer.press("decision")
    head.find(number)
    expect(head.page.locator("#prepared q")).to_have_text("Қорытынды басқа баланың атына жазылған.")
    head.press("sign")
    head.expect_state("refused")

    father.page.goto(case)
    expect(father.page.locator("[data-state=refused]")).to_be_visible()
    pdf = download(father, "бас тарту|отказ")
    assert "Signature is Valid" in signature_of(pdf, tmp_path)
    letter = father.page.locator("main").inner_text()
    assert "Қорытынды басқа баланың атына жазылған." in letter
    assert re.search(r"\b15\b", letter)  # the authorised body's term, in working days
    assert re.search("сот|суд", letter, re.I)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_two_heads_at_once_one_decides_and_the_other_is_told(lang, father, staff):
    officer, head = staff
    number = apply(father)
    officer.find(number)
    officer.press("take")
    officer.page.check("main [name=kind][value=grant]")
    officer.press("decision")
    head.find(number)
    again = head.page.context.new_page()
    again.goto(head.page.url)
    head.press("sign")
    head.expect_state("granted")
    again.click("main form[action$='/sign'] button")
    expect(again.locator("h1")).to_be_visible()
    expect(again.locator("main")).not_to_contain_text("Traceback")
    expect(again.locator("main form[action$='/sign']")).to_have_count(0)
