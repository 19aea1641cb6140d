"""Signs on paper: whatever can be typed is drawn, or a box stands for it; nothing typed makes a paper impossible."""

from __future__ import annotations

import io
import subprocess
import time
import unicodedata

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.services.papers import issuing
from portal.services.papers.paper_kind import snapshot
from portal.services.papers.printable import FONTS, REPLACEMENT, make_printable, printable, unprintable
from tests.paper_samples import ALL, BASE, LETTERS, paper_of, text_of

EVERY_SIGN = st.characters(blacklist_categories=())  # with surrogates, private use and unassigned ones
MARKS = [sign for sign in map(chr, range(0x300, 0x3100)) if unicodedata.category(sign).startswith("M")]
TEXT = st.text(st.one_of(EVERY_SIGN, st.sampled_from(MARKS), st.sampled_from("abАқ אا•😀\u200d\ufe0f ")), max_size=60)


def shipped() -> list[str]:
    """Every sign that one of the fonts has."""
    signs = set()
    for path in FONTS.glob("*.charset"):
        for part in path.read_text("ascii").split():
            first, _, last = part.partition("-")
            signs |= set(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return sorted(signs)


@pytest.mark.needs("fc-query")
@pytest.mark.parametrize("font", ["NotoSans-Regular", "NotoSans-Bold", "DejaVuSans"])
def test_what_a_font_has_is_written_down_as_it_is(font: str) -> None:
    asked = ["fc-query", "--format=%{charset}", str(FONTS / f"{font}.ttf")]
    found = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert found.strip() == (FONTS / f"{font.replace('Bold', 'Regular')}.charset").read_text("ascii").strip()


def test_every_sign_that_the_fonts_have_is_drawn_in_text_and_in_bold() -> None:
    signs = [sign for sign in shipped() if printable(sign) == sign]
    assert len(signs) > 6000
    paper = paper_of("refusal")
    paper.data |= {
        "explanation": "\n".join("".join(signs[n : n + 60]) for n in range(0, len(signs), 60)),
        "applicant": " ".join(signs[: len(signs) // 2]), "signer_name": " ".join(signs[len(signs) // 2 :]),
    }  # fmt: skip
    with pikepdf.open(io.BytesIO(issuing.render_pdf(paper, BASE))) as document, document.open_metadata() as metadata:
        assert metadata["pdfaid:conformance"] == "A"


@settings(max_examples=40, deadline=None)
@given(TEXT)
def test_any_text_of_any_signs_becomes_a_paper(text: str) -> None:
    paper = paper_of("refusal")
    given = dict.fromkeys(("explanation", "applicant", "signer_name", "signer_post", "number", "body", "service"), text)
    paper.data = snapshot(ALL["refusal"]) | given | {"grounds": [[text, text]], "appeal": [text]}
    assert issuing.render_pdf(paper, BASE).startswith(b"%PDF")


@settings(max_examples=500)
@given(TEXT)
def test_each_sign_is_drawn_or_visibly_replaced_and_what_is_printable_stays(text: str) -> None:
    drawn = printable(text)
    assert printable(drawn) == drawn
    assert not unprintable(drawn)
    steering = {sign for sign in text if not printable(sign).strip()}  # blanks, controls, joiners: nothing to see
    assert all(unicodedata.category(sign)[0] in "CZM" for sign in steering)
    typed = [sign for sign in unicodedata.normalize("NFC", text) if sign not in steering]
    assert len([sign for sign in drawn if not sign.isspace()]) >= len(typed)
    assert sum(sign == REPLACEMENT for sign in drawn) >= len(unprintable(text))


def test_all_of_unicode_sign_by_sign_is_seen_or_steers_others() -> None:
    invisible = {sign for sign in map(chr, range(0x110000)) if not printable(sign).strip()}
    seen = {"Cc", "Cf", "Zs", "Zl", "Zp"}
    odd = {sign for sign in invisible if unicodedata.category(sign) not in seen and sign < "\U000e0000"}
    assert all("VARIATION SELECTOR" in unicodedata.name(sign, "") for sign in odd - {"\u034f"})


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (LETTERS, LETTERS),
        ("Рақмет 😀", "Рақмет 😀"),
        ("中文", "▯▯"),
        ("日本あ한", "▯▯▯▯"),
        ("\uf0b7 тармақ", "• тармақ"),
        ("\uf0fc иә", "✓ иә"),
        ("\ue000", "▯"),
        ("\U0003fffd", "▯"),
        ("и\u0306", "й"),
        ("שלום مرحبا გამარჯობა Բարև", "שלום مرحبا გამარჯობა Բարև"),
        ("👨\u200d👩", "▯▯"),
        ("a\u202eb\x00c", "abc"),
        ("\ud800", "▯"),
        ("а\tб\r\nв", "а б\n\nв"),
    ],
)
def test_a_sign_is_printed_so(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_what_will_be_a_box_is_named_once() -> None:
    assert unprintable("中 文 中 😀") == ("中", "文")
    assert unprintable("таза мәтін ▯") == ()


@pytest.mark.needs("pdftotext")
def test_page_and_pdf_show_the_same_box() -> None:
    paper = paper_of("receipt")
    paper.data |= {"applicant": "Ли 李", "stated": [["Мәтін 中", "\uf0b7 бір 😀"]]}
    layout = issuing.lay_sheet(paper, BASE).layout
    assert (dict(layout.lines)["Өтініш беруші"], layout.parts[0].lines[0][0]) == ("Ли ▯", "Мәтін ▯")
    text = text_of(issuing.render_pdf(paper, BASE))
    assert "Ли ▯" in text
    assert "• бір 😀" in text


def test_a_pile_of_marks_costs_no_more_than_other_text() -> None:
    begun = time.process_time()
    assert printable("а" + "\u0316\u0301" * 30_000)
    assert time.process_time() - begun < 1


def test_texts_are_found_however_deep() -> None:
    assert make_printable({"a": [("中", 1)], "b": None}) == {"a": [("▯", 1)], "b": None}
