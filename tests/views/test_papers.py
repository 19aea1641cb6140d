"""Papers on screen, as files and under the eyes of strangers, through the front door."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import shutil
import subprocess

import brotli
import pikepdf
import pytest
from bs4 import BeautifulSoup

from portal import db
from portal.models import Account, Case, Organisation
from portal.services import numbers
from portal.services.identity import sessions
from portal.services.papers import issuing
from portal.services.papers.paper_kinds.queue_notice import QueueNoticeData

NAME = "Құрманғазықызы Үміткүл-Әйгерім Өтеғұлқызы"
CHILD = "Нұрмұхаммедұлы Әлихан-Сұлтан Ғабдуллаұлы"
BODY = {"kk": "Орал қаласының білім беру бөлімі", "ru": "Отдел образования города Уральска", "en": "Oral city office"}
IIN = "900101400013"


@pytest.fixture
def case(app, clock):
    with app.app_context():
        db.connect()
        body = Organisation.create(code="oral", kind="provider", **{f"name_{lang}": BODY[lang] for lang in BODY})
        account = Account.create(iin=IIN, name=NAME, created_at=clock())
        yield make_case(account, body, clock())


def make_case(account: Account, body: Organisation, now: dt.datetime) -> Case:
    number = numbers.new_case_number()
    return Case.create(
        number=number,
        kind="application",
        draft_key=number,
        account=account,
        service="preschool-queue",
        edition="2015-04-07",
        language="kk",
        body=body,
        state="accepted",
        answers={"child_name": CHILD},
        receipt_code="K7MH4XP9",
        submitted_at=now,
        registered_at=now,
        due_at=now,
    )


def issue_notice(case: Case, now: dt.datetime, language: str = "kk", queue_number: int = 1414):
    data = QueueNoticeData(
        service="Мектепке дейінгі жастағы (7 жасқа дейін) балаларды кезекке қою",
        number=case.number,
        body=BODY[language],
        child=CHILD,
        queue_number=queue_number,
        explanation="Орал: 2023 жылы туған балалардың кезегінде нөміріңіз 1414. Алдыңызда тұрған балалар: 1413.",
        locality="Орал",
        birth_year=2023,
        instruction="қазақ тілі",
        priority="жалпы кезек",
        at=now.isoformat(),
    )
    with db.db.atomic():
        return issuing.issue_paper(case, "queue_notice", data, now, language)


def sign_in(client, account: Account, now: dt.datetime) -> None:
    key = sessions.new_key()
    sessions.store(key, account, {}, now)
    client.set_cookie("s", key)


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.text, "lxml")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_owner_reads_the_paper_in_the_paper_s_own_language(client, case, clock, lang):
    paper = issue_notice(case, clock())
    sign_in(client, case.account, clock())
    response = client.get(f"/{lang}/cabinet/{case.number}/papers/{paper.code}")
    assert response.status_code == 200
    shown = page(response)
    assert len(shown.select("main")) == len(shown.select("h1")) == 1
    article = shown.select_one("main article")
    assert article["lang"] == "kk"
    for said in ("Кезекке қою туралы хабарлама", "1414", CHILD, case.number, paper.code, BODY["kk"]):
        assert said in article.get_text(" ", strip=True)
    assert article.select_one("svg[role=img]")["aria-label"]
    assert shown.select_one(f'a[href="/{lang}/cabinet/{case.number}/papers/{paper.code}.pdf"]')


def test_a_paper_page_is_at_most_4_kb(client, case, clock):
    paper = issue_notice(case, clock())
    sign_in(client, case.account, clock())
    for saved in ("", "on"):
        response = client.get(f"/kk/cabinet/{case.number}/papers/{paper.code}", headers={"Save-Data": saved})
        assert len(brotli.compress(response.data, quality=5)) <= 4096


def test_the_pdf_is_a_download_that_nobody_keeps(client, case, clock):
    """V3.2.1, V5.4.1, V5.4.2, V14.3.2"""
    paper = issue_notice(case, clock())
    sign_in(client, case.account, clock())
    response = client.get(f"/kk/cabinet/{case.number}/papers/{paper.code}.pdf")
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith(f"attachment; filename=\"queue_notice-{case.number}.pdf\"; filename*=UTF-8''")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cache-Control"] == "no-store"
    with pikepdf.open(io.BytesIO(response.data)) as document:
        assert len(document.pages) == 1


@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_somebody_else_s_paper_is_not_there(client, case, clock, ending):
    paper = issue_notice(case, clock())
    stranger = Account.create(iin="910101400019", name="Бөтен", created_at=clock())
    theirs = make_case(stranger, case.body, clock())
    sign_in(client, stranger, clock())
    for number in (case.number, theirs.number):
        assert client.get(f"/kk/cabinet/{number}/papers/{paper.code}{ending}").status_code == 404
    assert CHILD not in client.get(f"/kk/cabinet/{case.number}/papers/{paper.code}").text


@pytest.mark.parametrize("ending", ["", ".pdf"])
def test_who_is_not_signed_in_is_sent_to_sign_in(client, case, clock, ending):
    paper = issue_notice(case, clock())
    response = client.get(f"/kk/cabinet/{case.number}/papers/{paper.code}{ending}")
    assert response.status_code == 303
    assert CHILD.encode() not in response.data


def test_a_replaced_paper_says_so(client, case, clock):
    first = issue_notice(case, clock())
    clock.forward(days=1)
    second = issue_notice(case, clock())
    sign_in(client, case.account, clock())
    address = f"/kk/cabinet/{case.number}/papers/"
    assert page(client.get(address + first.code)).select_one("main .notice")
    assert not page(client.get(address + second.code)).select_one("main .notice")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_anyone_who_holds_a_paper_sees_that_it_is_genuine_and_nothing_about_people(client, case, clock, lang):
    paper = issue_notice(case, clock())
    response = client.get(f"/{lang}/verify/{paper.code}")
    assert response.status_code == 200
    main = page(response).select_one("main")
    assert main.select_one('[data-state="in_force"]')
    assert main.select_one("#reference").get_text() == case.number
    assert main.select_one("#queue-number").get_text() == "1414"
    assert BODY[lang] in main.get_text()
    assert main.select_one("time")["datetime"].startswith("2026-11-23")
    for secret in (*CHILD.split(), *NAME.split(), IIN, case.receipt_code):
        assert secret not in response.text


def test_the_code_is_read_however_it_was_typed(client, case, clock):
    paper = issue_notice(case, clock())
    typed = f"{paper.code[:4]}-{paper.code[4:]}".lower()
    assert client.get(f"/kk/verify/{typed}").status_code == 200


def test_a_replaced_paper_names_the_one_that_holds_now(client, case, clock):
    first = issue_notice(case, clock())
    clock.forward(days=1)
    second = issue_notice(case, clock())
    main = page(client.get(f"/kk/verify/{first.code}")).select_one("main")
    assert main.select_one('[data-state="replaced"]')
    assert main.select_one(f'a[href="/kk/verify/{second.code}"]')


def test_a_withdrawn_application_s_notice_is_no_longer_in_force(client, case, clock):
    paper = issue_notice(case, clock())
    Case.update(state="withdrawn").execute()
    assert page(client.get(f"/kk/verify/{paper.code}")).select_one('main [data-state="withdrawn"]')


@pytest.mark.parametrize("code", ["22222222", "K7M", "0" * 300, "'\"><svg onload=x>"])
def test_an_unknown_code_gets_a_page_that_says_what_to_check(client, case, code):
    response = client.get(f"/kk/verify/{code}")
    assert response.status_code == 404
    main = page(response).select_one("main")
    assert len(main.select("li")) >= 3
    assert not main.select("svg")


def test_codes_cannot_be_tried_by_the_thousand(client, case, clock):
    """V2.4.1"""
    answers = [client.get("/kk/verify/22222222") for _ in range(1201)]
    assert {answer.status_code for answer in answers[:1200]} == {404}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_qr_on_the_page_is_the_one_of_the_verify_address(client, case, clock, app):
    paper = issue_notice(case, clock())
    sign_in(client, case.account, clock())
    drawn = page(client.get(f"/kk/cabinet/{case.number}/papers/{paper.code}")).select_one("main svg path")["d"]
    url = f"{app.extensions['context'].settings.base_url}/kk/verify/{paper.code}"
    dark = sum(sum(row) for row in issuing.make_qr(url).matrix)
    assert sum(int(run) for run in re.findall(r"h(\d+)", drawn)) == dark


@pytest.mark.needs("pdfsig")
def test_the_pdf_bears_the_seal_and_the_verify_page_names_it_to_strangers(client, case, clock, tmp_path):
    paper = issue_notice(case, clock())
    assert "SHA-256" not in client.get(f"/kk/verify/{paper.code}").text, "no file yet, nothing to compare"
    sign_in(client, case.account, clock())
    pdf = client.get(f"/kk/cabinet/{case.number}/papers/{paper.code}.pdf").data
    assert pdf == client.get(f"/ru/cabinet/{case.number}/papers/{paper.code}.pdf").data
    (tmp_path / "paper.pdf").write_bytes(pdf)
    found = subprocess.run(["pdfsig", "paper.pdf"], cwd=tmp_path, capture_output=True, text=True).stdout
    assert "Signature is Valid." in found
    stranger = client.application.test_client()
    shown = page(stranger.get(f"/kk/verify/{paper.code}")).select_one("main")
    assert shown.select_one("code").get_text() == hashlib.sha256(pdf).hexdigest()
    assert "DEMO" in shown.get_text()
    assert CHILD not in shown.get_text()


def test_v15_2_2_without_a_store_the_pdf_waits_and_the_page_still_shows_the_paper(client, case, clock, tmp_path):
    paper = issue_notice(case, clock())
    sign_in(client, case.account, clock())
    address = f"/kk/cabinet/{case.number}/papers/{paper.code}"
    shutil.rmtree(tmp_path / "files")
    (tmp_path / "files").write_text("no folder")
    assert client.get(f"{address}.pdf").status_code == 503
    assert client.get(address).status_code == 200
