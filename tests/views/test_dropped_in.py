"""A passport file that somebody else wrote, dropped into PORTAL_PASSPORTS_DIR: a service, with no Python written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from portal import db as database
from portal.models import Case, Organisation, OrganisationService
from tests.signing_in import MOTHER, last_code
from tests.views.test_apply import Browser

SAMPLE = Path(__file__).parent.parent / "data" / "sample-service.yaml"
BROKEN = 'id: broken\nedition: "2026-01-01"\nchannels: nothing\n'


@pytest.fixture
def app(make_app: Callable[..., Flask], tmp_path: Path, fill_with_demo: Callable[[Flask], None]) -> Flask:
    folder = tmp_path / "passports"
    folder.mkdir()
    shutil.copy(SAMPLE, folder / "library-card.yaml")
    (folder / "broken.yaml").write_text(BROKEN, "utf-8")
    app = make_app(passports_dir=folder)
    fill_with_demo(app)
    return app


def to_check(app: Flask) -> tuple[str, Browser]:
    """Everything answered, nothing sent yet."""
    service = next(
        p.id
        for p in app.extensions["context"].passports.list_services()
        if p.id not in ("preschool-queue", "home-schooling")
    )
    browser = Browser(app.test_client())
    browser.get(f"/en/services/{service}/apply")
    browser.get(browser.page.select_one("main a.button")["href"])
    browser.send(iin=MOTHER)
    browser.send(code=last_code())
    if browser.path.endswith("/apply"):
        browser.send()
    browser.send(consent="yes")
    answers = {"child_full_name": "Үлгі Бала", "born": "2019-05-01", "collect_on": "2026-12-01"}
    for _ in range(4):
        if browser.path.endswith("/check"):
            break
        radios = {radio["name"]: radio["value"] for radio in browser.page.select("main [type=radio]")}
        names = {control["name"].partition("-")[0] for control in browser.page.select("main form [name]")}
        browser.send(**radios, **{name: value for name, value in answers.items() if name in names})
    assert browser.path.endswith("/check"), browser.page.select_one("main").text
    return service, browser


def test_its_form_leads_from_the_first_question_to_a_case_with_a_number_and_a_term(app: Flask) -> None:
    service, browser = to_check(app)
    browser.send()
    browser.send(code=last_code())
    case = Case.select().where(Case.service == service).get()
    assert browser.page.select_one("#reference").text == case.number
    assert browser.page.select_one("[data-state]")["data-state"] == "submitted"
    # Mon 23 Nov + 2 working days
    assert browser.page.select_one("main time[datetime]")["datetime"].startswith("2026-11-25")


def test_a_broken_file_beside_it_is_named_and_the_others_serve(app: Flask) -> None:
    assert any("broken.yaml" in problem for problem in app.extensions["context"].passports.problems)
    assert app.test_client().get("/kk/services/preschool-queue").status_code == 200
    assert app.test_client().get("/kk/services/broken").status_code == 404


def test_where_the_one_body_gave_the_service_up_meanwhile_nobody_is_told_of_a_place_they_chose(app: Flask) -> None:
    service, browser = to_check(app)
    database.connect()
    routing = app.extensions["context"].passports.get(service).routing
    body = Organisation.get(Organisation.code == routing.body)
    OrganisationService.create(organisation=body, service=service, provides=False)
    answer = browser.client.get(browser.path)
    assert answer.status_code == 409
    assert "the place you chose" not in answer.text
    assert "it has given the service up since" in answer.text
    assert "kept as a draft" in answer.text
