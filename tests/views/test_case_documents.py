"""Documents of a case on the officer's page, and a correction round that brings a new scan."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import db as database
from portal.models import AuditEntry, Case, Document, StaffMember
from portal.services.files import documents
from portal.services.review import corrections
from portal.services.review import desk as review
from portal.web.csrf import FIELD
from tests import files_to_upload as files
from tests.conftest import Clock
from tests.signing_in import FATHER, last_code, post, sign_in, token
from tests.staff_signing_in import sign_in_staff
from tests.views.test_apply import Browser
from tests.views.test_home_schooling import to_case
from tests.views.test_uploads import SCAN, Tus

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def browser(client: FlaskClient, app: Flask, fill_with_demo: Callable[[Flask], None]) -> Browser:
    fill_with_demo(app)
    return Browser(client)


@pytest.fixture
def case(browser: Browser) -> Case:
    return to_case(browser, "kk", ("1-бет.jpg", files.photo()), ("2-бет.pdf", files.pdf()))


@pytest.fixture
def officer(case: Case, app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in_staff(client, "school.officer")
    database.connect()
    return client


def page_of(answer: TestResponse) -> BeautifulSoup:
    assert answer.status_code in (200, 422), answer.status
    return BeautifulSoup(answer.text, "html.parser")


def views() -> int:
    seen = AuditEntry.select().where(AuditEntry.action == "view_document", AuditEntry.actor.startswith("staff:"))
    return seen.count()


class TestTheOfficersPage:
    def test_documents_are_looked_at_inside_the_page(self, officer: FlaskClient, case: Case) -> None:
        answer = officer.get(f"/staff/cases/{case.number}")
        page = page_of(answer)
        image, frame = page.select_one(".document img"), page.select_one(".document iframe")
        assert image["alt"] == "1-бет.jpg"
        assert frame["title"] == "2-бет.pdf"
        assert views() == 0  # they load when they are opened, not with the page
        assert {image["loading"], frame["loading"]} == {"lazy"}
        assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
        assert officer.get(image["src"]).data[:3] == b"\xff\xd8\xff"
        assert officer.get(frame["src"]).data.startswith(b"%PDF")

    def test_v16_2_5_each_look_is_on_record(self, officer: FlaskClient, case: Case) -> None:
        for document in Document.select():
            for query in ("", "?save=1"):
                assert officer.get(f"/staff/cases/{case.number}/documents/{document.key}{query}").status_code == 200
        assert views() == 4

    def test_v3_2_1_what_is_shown_can_do_nothing(self, officer: FlaskClient, case: Case) -> None:
        photo, pdf = Document.select().order_by(Document.id)
        for document, policy in (
            (photo, "sandbox; default-src 'none'"),
            (pdf, "default-src 'none'; frame-ancestors 'self'"),
        ):
            address = f"/staff/cases/{case.number}/documents/{document.key}"
            shown, saved = officer.get(address), officer.get(address + "?save=1")
            assert shown.headers["Content-Security-Policy"] == policy
            assert saved.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
            assert shown.headers["Content-Disposition"].startswith("inline; ")
            assert saved.headers["Content-Disposition"].startswith(f'attachment; filename="{case.number}-')
            for answer in (shown, saved):
                assert answer.content_type == document.media_type
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
                assert answer.headers["Cache-Control"] == "no-store"
            assert officer.get(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403

    def test_v8_4_1_another_body_gets_nothing(self, case: Case, app: Flask) -> None:
        stranger = app.test_client()
        sign_in_staff(stranger, "aqsai.officer")
        database.connect()
        for document in Document.select():
            assert stranger.get(f"/staff/cases/{case.number}/documents/{document.key}").status_code == 404
        assert views() == 0

    def test_v8_2_2_a_document_is_found_in_its_own_case_alone(self, officer: FlaskClient, case: Case) -> None:
        document = Document.get()
        assert officer.get(f"/staff/cases/AAAA-BBBBB/documents/{document.key}").status_code == 404
        Document.update(case=None).execute()
        assert officer.get(f"/staff/cases/{case.number}/documents/{document.key}").status_code == 404

    @pytest.mark.parametrize(("state", "word"), [("pending", "вирусқа тексеріліп"), ("infected", "вирус табылды")])
    def test_v5_4_3_what_is_not_known_to_be_clean_is_not_shown(
        self, officer: FlaskClient, case: Case, state: str, word: str
    ) -> None:
        Document.update(state=state).execute()
        page = page_of(officer.get(f"/staff/cases/{case.number}"))
        assert page.select(".document, iframe") == []
        assert word in page.select_one("main").text
        for document in Document.select():
            for query in ("", "?save=1"):
                answer = officer.get(f"/staff/cases/{case.number}/documents/{document.key}{query}")
                assert answer.status_code == 409
        assert views() == 0


def ask_for_the_scan(case: Case, clock: Clock, *more: str) -> None:
    officer = StaffMember.get(StaffMember.login == "school.officer")
    review.take(officer, case.number, clock())
    reasons = dict.fromkeys((SCAN, *more), "unclear")
    corrections.ask_correction(officer, case.number, reasons, "Мөрі көрінбейді", clock())


def send(client: FlaskClient, case: Case, *given: tuple[str, bytes], **fields: str) -> TestResponse:
    data = {FIELD: token(client), **fields, SCAN: [(io.BytesIO(content), name) for name, content in given]}
    return client.post(f"/kk/cabinet/{case.number}/correct", data=data, content_type="multipart/form-data")


def sign_correction(client: FlaskClient, case: Case) -> None:
    address = f"/kk/cabinet/{case.number}/correct/sign"
    post(client, address, {"again": "1"})
    mark = page_of(client.get(address)).select_one("[name=text]")["value"]
    assert post(client, address, {"code": last_code(), "text": mark}).status_code == 303


class TestACorrection:
    def test_it_brings_a_new_scan_and_the_old_one_stays_in_the_case(
        self,
        browser: Browser,
        case: Case,
        officer: FlaskClient,
        clock: Clock,
    ) -> None:
        ask_for_the_scan(case, clock)
        client, old = browser.client, case.answers[SCAN]
        page = page_of(client.get(f"/kk/cabinet/{case.number}/correct"))
        assert page.select_one("main form")["enctype"] == "multipart/form-data"
        assert page.select_one("input[type=file]")["data-uploads"].endswith(f"/apply/{case.draft_key}/uploads")
        assert page.select(f"#{SCAN}-files li") == []
        assert send(client, case, ("анық.jpg", files.photo(seed=2))).status_code == 303
        sign_correction(client, case)
        after = Case.get_by_id(case.id)
        new = Document.select().order_by(Document.id.desc()).get()
        assert (after.state, after.answers[SCAN], new.case_id) == ("in_review", [new.key], case.id)
        assert {row.key for row in documents.list_case_documents(case)} == {*old, new.key}
        page = page_of(officer.get(f"/staff/cases/{case.number}"))
        keys = [pane["id"].removeprefix("shown-") for pane in page.select(".pane") if pane.select_one(".document")]
        summaries = [page.select_one(f"label[for=pane-{key}] small").text for key in keys]
        assert ["түзетуге дейін" in text for text in summaries] == [True, True, False]
        mine = [tag.text for tag in page_of(client.get(f"/kk/cabinet/{case.number}")).select("#documents li")]
        assert ["түзетуге дейін" in text for text in mine] == [True, True, False]

    def test_without_a_new_scan_it_is_not_taken(self, browser: Browser, case: Case, clock: Clock) -> None:
        ask_for_the_scan(case, clock)
        answer = send(browser.client, case)
        assert answer.status_code == 422
        assert page_of(answer).select_one("[role=alert]")
        assert Case.get_by_id(case.id).state == "needs_correction"

    def test_add_and_remove_keep_what_was_typed_and_send_nothing(
        self,
        browser: Browser,
        case: Case,
        clock: Clock,
    ) -> None:
        ask_for_the_scan(case, clock, "conclusion_number")
        page = page_of(send(browser.client, case, ("a.pdf", files.pdf(3)), add=SCAN, conclusion_number="ДКК-99"))
        assert [item.text.split(",")[0] for item in page.select(f"#{SCAN}-files li")] == ["a.pdf"]
        assert page.select_one("[name=conclusion_number]")["value"] == "ДКК-99"
        key = page.select_one("[name=remove]")["value"]
        page = page_of(send(browser.client, case, remove=key, conclusion_number="ДКК-99"))
        assert page.select(f"#{SCAN}-files li") == []
        assert Case.get_by_id(case.id).state == "needs_correction"

    def test_what_was_sent_before_cannot_be_removed(self, browser: Browser, case: Case, clock: Clock) -> None:
        ask_for_the_scan(case, clock)
        send(browser.client, case, remove=case.answers[SCAN][0])
        assert Document.select().where(Document.case == case).count() == 2

    def test_a_wicked_file_is_refused_in_words(self, browser: Browser, case: Case, clock: Clock) -> None:
        ask_for_the_scan(case, clock)
        answer = send(browser.client, case, ("a.pdf", files.locked_pdf()))
        assert answer.status_code == 422
        assert "парольмен қорғалған" in answer.text

    def test_the_same_scan_once_more_is_an_answer_too(self, browser: Browser, case: Case, clock: Clock) -> None:
        ask_for_the_scan(case, clock)
        assert send(browser.client, case, ("1-бет.jpg", files.photo())).status_code == 303
        sign_correction(browser.client, case)
        assert Document.select().where(Document.case == case).count() == 3

    def test_pieces_are_taken_while_it_is_asked_for_and_not_after(
        self,
        browser: Browser,
        case: Case,
        clock: Clock,
    ) -> None:
        content = files.photo(seed=3)
        tus = Tus(browser.client, case.draft_key)
        assert tus.start(len(content)).status_code == 404
        ask_for_the_scan(case, clock)
        assert tus.start(len(content), field="conclusion_number").status_code == 404
        assert tus.start(len(content)).status_code == 201
        assert tus.patch(0, content).status_code == 204
        father = browser.client.application.test_client()
        sign_in(father, FATHER)
        assert Tus(father, case.draft_key).start(len(content)).status_code == 404
        assert send(browser.client, case).status_code == 303
        sign_correction(browser.client, case)
        assert Document.get(Document.key == Case.get_by_id(case.id).answers[SCAN][0]).case_id == case.id
        assert tus.start(len(content)).status_code == 404
