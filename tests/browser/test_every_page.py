"""Every page in every language at 320 px: nothing for axe to say, nothing sideways, nothing the policy forbids."""

from __future__ import annotations

import re

import pytest

from tests.browser.inspector import Inspector
from tests.browser.visitor import MOTHER, Person, Visitor, visit

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

NARROW = {"viewport": {"width": 320, "height": 640}, "is_mobile": False, "device_scale_factor": 1}
CHILDLESS = Person("010203590013", "+77000000007")
NEIGHBOUR = {  # who states an IIN and has a phone that no register knows
    "kk": Person(MOTHER.iin, "+77011234561"), "ru": Person(MOTHER.iin, "+77011234562"),
    "en": Person(MOTHER.iin, "+77011234563"),
}  # fmt: skip
PUBLIC = [
    "/", "/?q=балабақша", "/?q=xyzxyz", "/services/preschool-queue", "/services/home-schooling",
    "/services/preschool-queue/apply", "/help", "/privacy", "/accessibility", "/providers", "/status",
    "/verify/AAAA-AAAA-AAAA", "/no-such-page", "/sign-out", "/figures/complaints",
]  # fmt: skip
OWN = [
    "/cabinet", "/cabinet/settings", "/cabinet/settings?done=saved", "/cabinet/settings/phone",
    "/cabinet/settings/sessions", "/complaints/new", "/cabinet/NONE-SUCH",
]  # fmt: skip


def look_at_public_pages(visitor: Visitor, inspector: Inspector) -> None:
    for path in PUBLIC:
        visitor.open(path)
        inspector.look()
    visitor.open("/status")
    visitor.press()
    inspector.look()
    visitor.fill_in(number="AAAA-AAAAA", code="AAAA-AAAA")
    visitor.press()
    inspector.look()


def look_at_signing_in(visitor: Visitor, inspector: Inspector) -> None:
    visitor.open("/sign-in")
    inspector.look()
    visitor.fill_in(iin="123")
    visitor.press()
    inspector.look()
    before = visitor.codes_so_far()
    visitor.fill_in(iin=visitor.person.iin)
    visitor.press()
    inspector.look()
    code = visitor.code(before)
    visitor.fill_in(code="12")
    visitor.press()
    inspector.look()
    visitor.fill_in(code=code)
    visitor.press()
    inspector.look()  # the empty cabinet


def look_at_the_journey(visitor: Visitor, inspector: Inspector) -> None:
    visitor.open("/services/preschool-queue/apply")
    visitor.press()

    def look_with_and_without_faults() -> None:
        inspector.look()
        if visitor.press() == 422:  # nothing answered
            inspector.look()
        else:
            visitor.page.go_back()  # a step without anything to be left open

    visitor.to_check(look_with_and_without_faults)
    inspector.look()
    code = visitor.to_sign()
    visitor.page.click("main details summary")
    inspector.look()
    visitor.press()
    inspector.look()
    visitor.answer(code=code)


def look_at_the_case(visitor: Visitor, inspector: Inspector) -> None:
    page = visitor.page
    case, number = page.url, page.locator("output#reference").inner_text()
    inspector.look()
    papers = [link.get_attribute("href") for link in page.locator("main a[href*='/papers/']").all()]
    for paper in papers:
        page.goto(paper)
        inspector.look()
    page.click("main a[href*='/verify/']")
    inspector.look()
    page.goto(f"{case}/withdraw")
    inspector.look()
    receipt = visitor.portal.execute('SELECT receipt_code FROM "case" WHERE number = ?', number)[0][0]
    visitor.open("/status")
    visitor.fill_in(number=number, code=receipt)
    visitor.press()
    inspector.look()


def look_at_a_complaint(visitor: Visitor, inspector: Inspector) -> None:
    page = visitor.page
    visitor.open("/complaints/new")
    visitor.press()
    inspector.look()
    visitor.answer(service="preschool-queue", against=page.locator("main [name=against]").first.get_attribute("value"))
    inspector.look()
    visitor.press()
    inspector.look()
    visitor.answer_complaint(inspector.look)
    inspector.look()


def look_at_the_answer(visitor: Visitor, inspector: Inspector) -> None:
    """The complaint that is shown gets its answer, and the answer a low mark."""
    case, number = visitor.page.url, visitor.page.locator("output#reference").inner_text()
    answered = "state = 'refused', is_open = 0, answered_at = submitted_at"
    visitor.portal.execute(f'UPDATE "case" SET {answered} WHERE number = ?', number)
    found = '(SELECT id FROM "case" WHERE number = ?)'
    visitor.portal.execute(
        f"UPDATE complaint SET answer = 'refused', reasons = 'Негізсіз.' WHERE case_id = {found}", number
    )
    visitor.page.goto(case)
    inspector.look()
    visitor.press("main form[action$='/rate'] button[value='2']")
    inspector.look()


def look_at_complaining_without_signing_in(visitor: Visitor, inspector: Inspector) -> None:
    visitor.open("/complaints/without-sign-in")
    inspector.look()
    visitor.press()
    inspector.look()
    before = visitor.codes_so_far()
    visitor.answer(iin=visitor.person.iin, name="Құрманғазықызы Үміткүл", phone=visitor.person.phone)
    inspector.look()
    visitor.press()
    inspector.look()
    visitor.press("main button[name=again]")
    inspector.look()
    visitor.answer(code=visitor.code(before + 1))
    inspector.look()
    visitor.open("/cabinet")
    inspector.look()
    visitor.open("/complaints/new")
    visitor.answer(service="preschool-queue", against="employee")
    visitor.fill_in(official="Үлгіұлы Талғат")
    visitor.answer_complaint(inspector.look)
    inspector.look()
    visitor.open("/cabinet")
    inspector.look()


def look_at_what_is_refused(visitor: Visitor, inspector: Inspector) -> None:
    """The same child once more, whose draft is not kept; then a draft in the cabinet, and its deletion."""
    visitor.open("/services/preschool-queue/apply")
    visitor.press()
    visitor.answer(consent="yes")
    visitor.page.locator("main [name=child]").first.check()
    assert visitor.press() == 409
    inspector.look()
    visitor.open("/services/preschool-queue/apply")
    visitor.press()
    visitor.answer(consent="yes")
    visitor.open("/cabinet")
    inspector.look()
    visitor.page.click("main a[href*='/delete']")
    inspector.look()


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_page_is_for_everybody(portal, make_context, lang):
    visitor = visit(portal, make_context(**NARROW), lang=lang)
    inspector = Inspector(visitor)
    look_at_public_pages(visitor, inspector)
    look_at_signing_in(visitor, inspector)
    for path in OWN:
        visitor.open(path)
        inspector.look()
    look_at_the_journey(visitor, inspector)
    look_at_the_case(visitor, inspector)
    look_at_a_complaint(visitor, inspector)
    look_at_the_answer(visitor, inspector)
    look_at_what_is_refused(visitor, inspector)
    assert not inspector.faults, "\n".join(inspector.faults)
    assert visitor.complaints == []
    hosts = {re.match("[a-z]+:(//[^/]+)?", request.url)[0] for request in visitor.requests}
    assert hosts - {"data:"} == {portal.address}
    print(f"{lang}: {len(inspector.seen)} pages")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_complaint_without_signing_in_is_for_everybody(portal, make_context, lang):
    visitor = visit(portal, make_context(**NARROW), NEIGHBOUR[lang], lang)
    inspector = Inspector(visitor)
    look_at_complaining_without_signing_in(visitor, inspector)
    owner = visit(portal, make_context(**NARROW), MOTHER, lang)
    owner.sign_in()
    inspector.visitor = owner
    owner.open("/cabinet")
    inspector.look()
    owner.page.click("main a[href$='/not-mine']")
    inspector.look()
    owner.press()
    inspector.look()
    complaints = inspector.faults + visitor.complaints + owner.complaints
    assert not complaints, "\n".join(complaints)


def test_the_sandbox_is_for_everybody(portal, make_context):
    visitor = visit(portal, make_context(**NARROW), person=MOTHER)
    inspector = Inspector(visitor)
    visitor.sign_in()
    for path in ("/sandbox/", "/sandbox/people", "/sandbox/phone", "/sandbox/phone?to=%2B77000000001", "/sandbox/mail"):
        visitor.page.goto(path)
        inspector.look()
    assert not inspector.faults + visitor.complaints, "\n".join(inspector.faults + visitor.complaints)
