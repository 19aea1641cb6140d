"""Papers: what is issued stays as issued, prints the same on any machine, and is found by its code."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess

import peewee
import pikepdf
import pytest

from portal import db
from portal.models import Account, Case, Organisation, Paper
from portal.services import numbers
from portal.services.papers import issuing
from portal.services.papers.paper_kind import snapshot
from portal.services.papers.paper_kinds import PAPERS
from tests.paper_samples import ALL, BASE, BODY, CHILD, LETTERS, NOTICE, NOW, RECEIPT, REFERRAL, paper_of, text_of


@pytest.fixture
def case(database_url):
    db.db.initialize(db.make_database(database_url))
    db.connect()
    body = Organisation.create(
        code="oral", kind="provider", name_kk=BODY, name_ru="Отдел образования", name_en="Office"
    )
    account = Account.create(iin="900101400017", name="Құрманғазықызы Үміткүл", created_at=NOW)
    yield Case.create(
        number=numbers.new_case_number(), kind="application", draft_key="d1", account=account,
        service="preschool-queue", edition="2015-04-07", language="kk", body=body, state="submitted",
        answers={}, receipt_code="K7MH4XP9", submitted_at=NOW, registered_at=NOW, due_at=NOW,
    )  # fmt: skip
    db.db.close()


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_pdf_is_pdf_a_one_page_under_60_kb_and_the_same_every_time(kind, language):
    paper = paper_of(kind, language)
    pdf = issuing.render_pdf(paper, BASE)
    assert pdf == issuing.render_pdf(paper, BASE)
    assert len(pdf) <= 60_000
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 1
        assert document.Root.Lang == language
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["dc:title"] == PAPERS.get(kind).title.in_(language)


@pytest.mark.parametrize("kind", ALL)
def test_every_font_of_a_pdf_is_the_one_shipped_with_the_code_and_is_inside(kind):
    with pikepdf.open(io.BytesIO(issuing.render_pdf(paper_of(kind), BASE))) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert "NotoSans" in str(font.BaseFont)
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


@pytest.mark.needs("pdftotext")
def test_kazakh_letters_come_out_of_the_pdf_as_they_went_in():
    text = text_of(issuing.render_pdf(paper_of("receipt"), BASE))
    for said in (LETTERS, CHILD, "Құжаттарды қабылдау туралы қолхат", "2026 жылғы 22 қараша, 14:35", "7F3M-2K9PX"):
        assert said in text


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("kind", ALL)
def test_page_and_pdf_draw_one_sheet_so_every_line_of_it_is_in_the_pdf(kind):
    paper = paper_of(kind)
    sheet = issuing.lay_sheet(paper, BASE)
    squeezed = re.sub(r"\s+", "", text_of(issuing.render_pdf(paper, BASE)))
    layout = sheet.layout
    said = [sheet.title, sheet.body, sheet.verify_url, layout.lead, layout.subject, layout.place, *layout.text]
    said += [text for line in (sheet.number, sheet.code, layout.headline, layout.registered) for text in line or ()]
    said += [sheet.issued[1], *(layout.signer or ())[:1], *layout.notes]
    for part in layout.parts:
        said += [part.title, *part.text, *part.numbered]
    for text in said:
        assert re.sub(r"\s+", "", text) in squeezed
    for _, value in (*layout.lines, *(line for part in layout.parts for line in part.lines)):
        assert value.split()[0] in squeezed


@pytest.mark.needs("pdftoppm")
@pytest.mark.needs("zbarimg")
def test_the_qr_of_a_pdf_opens_the_verify_page(tmp_path):
    (tmp_path / "paper.pdf").write_bytes(issuing.render_pdf(paper_of("queue_notice"), BASE))
    subprocess.run(["pdftoppm", "-r", "150", "-png", "paper.pdf", "paper"], cwd=tmp_path, check=True)
    run = subprocess.run(
        ["zbarimg", "--raw", "-q", "paper-1.png"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == f"{BASE}/kk/verify/K7MH4XP9"


@pytest.mark.needs("pdftotext")
def test_a_very_long_paper_goes_on_to_a_second_page_and_loses_nothing():
    stated = tuple((f"Сұрақ {n}", f"Жауап {n} " + "өте ұзақ мәтін " * 12) for n in range(30))
    paper = paper_of("receipt")
    paper.data = snapshot(RECEIPT) | {"stated": stated}
    pdf = issuing.render_pdf(paper, BASE)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) > 1
    text = text_of(pdf)
    assert all(f"Жауап {n} " in text for n in range(30))
    assert text.count("K7MH4XP9") >= 2  # the footer, with its QR, stands on every page


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize(
    ("kind", "field", "around"),
    [
        ("refusal", "explanation", range(4, 9)),
        ("refusal", "appeal", range(24, 29)),
        ("order", "clauses", range(10, 14)),
        ("complaint_answer", "reasons", range(7, 11)),
        ("complaint_extension", "reason", range(10, 14)),
        ("correction_request", "text", range(4, 8)),
    ],
)
def test_the_signature_never_stands_alone_on_the_last_page(kind: str, field: str, around: range):
    """Lengths around the one at which the signature alone went over to a new page."""
    said = "Қорытынды басқа балаға берілген, сондықтан құжат жарамайды және жаңасын алу керек болады. "
    for length in (*around, *(2 * n for n in around), 3 * around[0]):
        paper = paper_of(kind)
        lines = [f"{said} {n}." for n in range(length)]
        paper.data |= {field: lines if field in ("clauses", "appeal") else "\n".join(lines)}
        last = text_of(issuing.render_pdf(paper, BASE)).split("\f")[-2]
        above = last[: last.index(paper.data["signer_post"])]
        assert above.strip(" \n" + paper.data["signer_name"]), f"{length} lines"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_receipt_takes_one_page_where_one_is_enough(language: str):
    paper = paper_of("receipt", language)
    paper.data |= {"stated": [[f"Қорытындының нөмірі {n}", "Жауап мәтіні"] for n in range(24)]}
    assert pages(issuing.render_pdf(paper, BASE)) == 1


@pytest.mark.needs("pdftotext")
def test_a_referral_does_not_name_the_year_of_birth_twice():
    paper = paper_of("referral")
    paper.data |= {"group": str(REFERRAL.birth_year)}
    text = text_of(issuing.render_pdf(paper, BASE))
    assert "Туған жылы" in text
    assert "Тобы" not in text


@pytest.mark.needs("pdftotext")
def test_typed_text_is_shown_as_text_never_as_markup():
    paper = paper_of("receipt")
    paper.data = snapshot(RECEIPT) | {"applicant": '#read("paper.typ") *bold* $x$ <b> \\ @a'}
    assert '#read("paper.typ") *bold* $x$ <b> \\ @a' in text_of(issuing.render_pdf(paper, BASE))


def test_a_newer_paper_of_the_same_kind_replaces_the_older_one(case):
    with db.db.atomic():
        receipt = issuing.issue_paper(case, "receipt", RECEIPT, NOW, "kk")
        first = issuing.issue_paper(case, "queue_notice", NOTICE, NOW, "kk")
        later = NOW + dt.timedelta(days=1)
        second = issuing.issue_paper(case, "queue_notice", NOTICE, later, "kk")
    assert issuing.check_paper(receipt.code).state == "in_force"
    standing = issuing.check_paper(first.code)
    assert (standing.state, standing.replaced_by, standing.ended_at) == ("replaced", second.code, later)
    assert issuing.check_paper(second.code).state == "in_force"
    assert [paper.code for paper in issuing.list_papers(case)] == [second.code, first.code, receipt.code]


def test_a_referral_takes_the_place_of_the_queue_notice(case):
    with db.db.atomic():
        notice = issuing.issue_paper(case, "queue_notice", NOTICE, NOW, "kk")
        referral = issuing.issue_paper(case, "referral", REFERRAL, NOW, "kk")
    standing = issuing.check_paper(notice.code)
    assert (standing.state, standing.replaced_by, standing.replaced_by_kind) == ("replaced", referral.code, "referral")


def test_a_withdrawn_case_ends_its_notice_and_leaves_its_receipt_true(case):
    with db.db.atomic():
        receipt = issuing.issue_paper(case, "receipt", RECEIPT, NOW, "kk")
        notice = issuing.issue_paper(case, "queue_notice", NOTICE, NOW, "kk")
        issuing.withdraw_papers(case, NOW)
    assert issuing.check_paper(notice.code).state == "withdrawn"
    assert issuing.check_paper(receipt.code).state == "in_force"


def test_a_stranger_learns_nothing_about_people(case):
    with db.db.atomic():
        notice = issuing.issue_paper(case, "queue_notice", NOTICE, NOW, "kk")
    standing = repr(issuing.check_paper(notice.code))
    assert standing.count("14") >= 1
    for secret in (*CHILD.split(), "Құрманғазықызы", "900101400017", "K7MH4XP9"):
        assert secret not in standing


def test_a_paper_belongs_to_its_owner_and_to_its_case(case):
    with db.db.atomic():
        paper = issuing.issue_paper(case, "receipt", RECEIPT, NOW, "kk")
    assert issuing.get_paper(case.account_id, case.number, paper.code.lower()) == paper
    for account, number, code in (
        (case.account_id + 1, case.number, paper.code),
        (case.account_id, "2222-22222", paper.code),
        (case.account_id, case.number, "22222222"),
    ):
        with pytest.raises(issuing.PaperNotFound):
            issuing.get_paper(account, number, code)


def test_a_paper_says_what_its_kind_says(case):
    with pytest.raises(TypeError, match="a receipt says ReceiptData"):
        issuing.issue_paper(case, "receipt", NOTICE, NOW, "kk")
    with pytest.raises(peewee.DoesNotExist):
        Paper.get()


def test_every_kind_has_a_sample():
    assert {kind.id for kind in PAPERS} == set(ALL)
