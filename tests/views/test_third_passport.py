"""A third service, written from the manual alone: its form, its body, its officers, its own paper; no Python."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from flask import Flask

from portal.models import Case, Locality, Message, Organisation, OrganisationService, Paper, StaffMember
from portal.services.cases.timeline import list_events
from portal.services.papers.issuing import lay_sheet, render_pdf
from portal.services.passports.catalogue import check_file
from portal.services.procedures.rules import NotYours
from portal.services.review import decisions, desk
from tests import review_data
from tests.conftest import Clock
from tests.review_data import make_staff
from tests.signing_in import last_code, sign_in
from tests.views.test_apply import Browser

FILE = Path(__file__).parent.parent / "data" / "residence-certificate.yaml"
SERVICE = "residence-certificate"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "passports"
    folder.mkdir()
    shutil.copy(FILE, folder / FILE.name)
    return folder


@pytest.fixture
def app(make_app: Callable[..., Flask], folder: Path, fill_with_demo: Callable[[Flask], None]) -> Flask:
    app = make_app(passports_dir=folder)
    fill_with_demo(app)
    return app


@pytest.fixture
def akimat(app: Flask) -> Organisation:
    """A body of the town that says it provides the service, beside the one that keeps the kindergarten queue."""
    body = Organisation.create(
        code="aqsai-akimat", kind="provider", name_kk="Ақсай әкімдігі", name_ru="Акимат Аксая", name_en="Aqsai akimat",
        locality_code="aqsai",
    )  # fmt: skip
    OrganisationService.create(organisation=body, service=SERVICE, provides=True)
    return body


def apply(app: Flask, lang: str = "en", town: str = "aqsai", **purpose: str) -> Browser:
    browser = Browser(app.test_client())
    sign_in(browser.client, lang=lang)
    browser.get(f"/{lang}/services/{SERVICE}/apply")
    browser.send()
    browser.send(town=town, address="Достық көшесі, 5")
    browser.send(purpose=purpose.get("purpose", "school"))
    if "other_purpose" in purpose:
        browser.send(other_purpose=purpose["other_purpose"])
    assert browser.path.endswith("/check"), browser.page.select_one("main").text
    browser.send()
    browser.send(code=last_code())
    return browser


def grant(case: Case, officer: StaffMember, head: StaffMember, clock: Clock) -> Paper:
    desk.take(officer, case.number, clock())
    decision = decisions.prepare(officer, case.number, "grant", clock())
    review_data.sign(head, case.number, decision.id, clock())
    return Paper.get(Paper.case == case, Paper.kind == "certificate")


def test_it_is_without_a_fault() -> None:
    assert check_file(FILE)[1] == []


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_its_result_is_a_certificate_and_orders_nothing(app: Flask, akimat: Organisation, clock: Clock, lang) -> None:
    browser = apply(app, lang)
    case = Case.get(Case.service == SERVICE)
    assert case.body.code == "aqsai-akimat"
    paper = grant(case, make_staff(akimat, "clerk"), make_staff(akimat, "akim", "head"), clock)
    sheet = lay_sheet(paper, "https://qyzmet.test")
    titles = {
        "kk": "Тұрғылықты жері туралы анықтама", "ru": "Справка о месте жительства", "en": "Certificate of residence",
    }  # fmt: skip
    assert sheet.title == titles[lang]
    said = " ".join([*sheet.layout.text, *(part.title for part in sheet.layout.parts)])
    assert "Достық көшесі, 5" in said
    assert not any(order in said.upper() for order in ("БҰЙЫР", "ПРИКАЗ", "I ORDER"))
    pdf = pikepdf.open(io.BytesIO(render_pdf(paper, "https://qyzmet.test")))
    assert len(pdf.pages) == 1
    browser.get(f"/{lang}/cabinet/{case.number}")
    page = browser.page.select_one("main").text.lower()
    assert [word for word in ("бұйрық", "приказ", " order") if word in page] == []
    sms = Message.select().where(Message.case == case, Message.key.contains("certified")).get().text
    assert case.number in sms
    assert [event.data["paper"] for event in list_events(case) if event.kind == "granted"] == ["certificate"]


def test_a_clause_stands_only_where_its_condition_holds(app: Flask, akimat: Organisation, clock: Clock) -> None:
    apply(app, "kk", purpose="other", other_purpose="виза")
    case = Case.get(Case.service == SERVICE)
    paper = grant(case, make_staff(akimat, "clerk"), make_staff(akimat, "akim", "head"), clock)
    assert paper.data["statements"] == ["Мекенжайы – Достық көшесі, 5.", "Анықтаманың мақсаты – виза."]


def test_an_officer_signs_where_the_passport_says_so_and_never_a_refusal(
    make_app: Callable[..., Flask], folder: Path, clock: Clock, fill_with_demo: Callable[[Flask], None]
) -> None:
    path = folder / FILE.name
    path.write_text(path.read_text("utf-8").replace("signed_by: head", "signed_by: officer"), "utf-8")
    app = make_app(passports_dir=folder)
    fill_with_demo(app)
    body = Organisation.get(Organisation.code == "aqsai-edu")
    OrganisationService.create(organisation=body, service=SERVICE, provides=True)
    clerk, other = make_staff(body, "clerk"), make_staff(body, "other")
    apply(app)
    case = Case.get(Case.service == SERVICE)
    desk.take(clerk, case.number, clock())
    words = {"ground": "not-resident", "explanation": "Тұрмайды."}
    refusal = decisions.prepare(clerk, case.number, "refuse", clock(), **words)
    with pytest.raises(NotYours):
        review_data.sign(other, case.number, refusal.id, clock())
    decisions.drop(clerk, case.number, clock())
    decision = decisions.prepare(clerk, case.number, "grant", clock())
    review_data.sign(other, case.number, decision.id, clock())
    assert Paper.get(Paper.case == case, Paper.kind == "certificate").data["signer_name"] == other.name


def test_where_nobody_provides_it_the_town_is_not_offered_and_no_case_arises(app: Flask, akimat: Organisation) -> None:
    browser = Browser(app.test_client())
    sign_in(browser.client, lang="en")
    browser.get(f"/en/services/{SERVICE}/apply")
    browser.send()
    towns = {option["value"] for option in browser.page.select("[name=town] option") if option["value"]}
    assert towns == {"aqsai"}
    browser.send(town="oral", address="5")
    assert browser.page.select_one("#town-error") is not None
    browser.send(town="aqsai", address="5")
    browser.send(purpose="school")
    OrganisationService.update(provides=False).where(OrganisationService.organisation == akimat).execute()
    assert browser.send().status_code == 409  # before a code is sent
    assert "not provided there" in browser.page.text
    assert Case.select().where(Case.service == SERVICE).count() == 0


def test_the_body_of_the_kindergarten_queue_gets_no_case_of_a_service_marked_as_not_provided(app: Flask) -> None:
    town = Locality.get(Locality.code == "oral").body
    browser = Browser(app.test_client())
    sign_in(browser.client, lang="en")
    browser.get(f"/en/services/{SERVICE}/apply")
    browser.send()
    assert [option for option in browser.page.select("[name=town] option") if option["value"]] == []
    for said, offered in ((True, True), (False, False)):
        OrganisationService.delete().execute()
        OrganisationService.create(organisation=town, service=SERVICE, provides=said)
        browser.get(browser.path)
        assert (browser.page.select_one("[name=town] option[value=oral]") is not None) == offered


def test_an_administrator_says_on_its_page_what_an_organisation_provides(app: Flask) -> None:
    from tests.staff_signing_in import sign_in_staff

    StaffMember.update(language="en").execute()
    browser = Browser(app.test_client())
    sign_in_staff(browser.client, "admin")
    address = "/staff/reference/organisations/oral-edu"
    browser.get(address)
    chosen = browser.page.select_one(f"[name=hours-{SERVICE}] option[selected]")
    assert chosen.text == "Not provided here"
    browser.send(**{f"hours-{SERVICE}": "", "hours-preschool-queue": "-"})
    body = Organisation.get(Organisation.code == "oral-edu")
    stated = {row.service: row.provides for row in body.services}
    assert stated == {"home-schooling": False, "preschool-queue": False}
    assert SERVICE in body.hours
    browser.get(address)
    assert browser.page.select_one(f"[name=hours-{SERVICE}] option[selected]").text.startswith("As in the passport")
    page = BeautifulSoup(app.test_client().get("/en/services/preschool-queue").text, "lxml").text
    assert body.name_en not in page
