"""What people type or paste, cleaned."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.services.iin import read_iin
from portal.services.numbers import normalise_incoming_number, normalise_number
from portal.services.phones import normalise_phone
from portal.typed_text import LONGEST_TYPED, MOST_MARKS, clean_line, clean_number, clean_text

FAMILY, HEART, KEY = "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f", "1\ufe0f\u20e3"
HEALTH_WORKER = "\U0001f469\U0001f3fd\u200d\u2695\ufe0f"
LARGEST_BODY = 64 * 1024  # bytes
ADVERSARIAL = {
    "marks of two kinds on one letter": "a" + "\u0301" * 15_800 + "\u0316" * 15_800,
    "marks in turns": "\u0301\u0316" * 16_384,
    "marks that come apart": "\u0344" * 32_768,
    "five marks on each letter": ("a" + "\u0316" * 5) * 5957,
    "marks beyond the basic plane": "\U0001d165\U0001d16d" * 8192,
    "notes that come apart": "\U0001d160" * 16_384,
    "joiners between pictures": "\u200d\U0001f468" * 9362,
    "joiners alone": "\u200d" * 21_845,
    "colour marks after digits": "1\ufe0f" * 16_384,
    "direction marks between letters": "a\u202e" * 16_384,
    "controls between letters": "a\x01" * 32_768,
    "blanks of another width": "a\xa0" * 21_845,
    "private signs": "a\uf0b0" * 16_384,
    "line ends of three kinds": "\r\n\r\n\u2028" * 9362,
    "blanks around line ends": " \n a" * 16_384,
    "pictures and letters": "\U0001f600a" * 13_107,
    "halves of pairs": "\ud800" * 21_845,
    "Kazakh": "Қазақстан " * 3449,
    "syllables in parts": "\u1100\u1161\u11a8" * 7281,
    "nothing but letters": "a" * LARGEST_BODY,
}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202a+7 701 000 00 00\u202c", "+7 701 000 00 00"),
        ("900101\u200b300012\ufeff", "900101300012"),
        ("қа\u00adла", "қала"),
        ("жұмыс\u00a0уақыты\u2009бітті\u3000иә", "жұмыс уақыты бітті иә"),
        ("Нұр\u2011Сұлтан \u22125", "Нұр-Сұлтан -5"),
        ("таңертең – кешке — түнде", "таңертең – кешке — түнде"),
        ("и\u0306 е\u0308", "й ё"),
        ("  а \t б\x00в\x1b[2K  ", "а б в [2K"),
        ("бір\r\n\r\nекі\rүш\u2028төрт", "бір\n\nекі\nүш\nтөрт"),
        ("\uf0b7 бірінші", "• бірінші"),
        ("а" + "\u0301" * 50, "а" + "\u0301" * MOST_MARKS),
        ("а\ud83d б\ufffe", "а б"),
        (FAMILY, FAMILY),
        (HEALTH_WORKER, HEALTH_WORKER),
        (f"мен {HEART} {KEY} №1\ufe0f", f"мен {HEART} {KEY} №1"),
        ("ата\u200d-ана\u200d", "ата-ана"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4"),
        ("中文 🫨 ﷽", "中文 🫨 ﷽"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_gone_and_what_is_seen_stays(typed: str, kept: str):
    assert clean_text(typed) == kept
    assert clean_line(typed) == " ".join(kept.split())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("９００１０１３０００１２", "900101300012"),
        ("٩٠٠١٠١", "900101"),
        ("7\u2013701\u2212000\uff0d00", "7-701-000-00"),
        ("\uff0b7\uff08701\uff09", "+7(701)"),
        ("9" * 500, "9" * 100),
    ],
)
def test_a_number_is_read_whatever_keyboard_wrote_it(typed: str, kept: str):
    assert clean_number(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["\u202a+7 (701) 000\u2011 00\u201000\u202c", "8\u2212701\u2212000\u221200\u221200",
     "\u2068+7\u00a0701\u00a0000 00 00\u2069", "+７ ７０１ ０００ ００ ００", "٧٠١٠٠٠٠٠٠٠"],
)  # fmt: skip
def test_a_phone_copied_from_anywhere_is_a_phone(typed: str):
    assert normalise_phone(typed) == "+77010000000"


@pytest.mark.parametrize(
    "typed",
    [
        "911119\u200b390015",
        "\ufeff911119390015\u200e",
        "９１１１１９３９００１５",
        "911119\u2013390015",
        "٩١١١١٩٣٩٠٠١٥",
    ],
)
def test_an_iin_copied_from_anywhere_is_an_iin(typed: str):
    assert read_iin(typed) == "911119390015"


def test_numbers_of_papers_are_read_with_signs_that_nobody_sees():
    assert normalise_incoming_number("\u202aШ\u20112026/000012\u202c") == "Ш-2026/000012"
    number = normalise_number("7F3M2K9PX") or "7F3M-2K9PX"
    assert normalise_number(f"\u200b{number.replace('-', chr(0x2212))}\ufeff") == normalise_number(number)


@given(
    st.text()
    | st.text("а\u0301\u0344\u0316\u200d\ufe0f\u20e3\U0001f468\U0001f3fd1 \n\r\xa0\xad\u1100\u1161\u11a8\U0001d160")
)
def test_cleaning_twice_is_once_and_leaves_nothing_unseen(typed: str):
    for clean in (clean_text, clean_line, clean_number):
        kept = clean(typed)
        assert clean(kept) == kept
        assert unicodedata.is_normalized("NFC", kept)
        assert kept == kept.strip()
        assert not [
            sign for sign in kept if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co") and sign not in "\n\u200d"
        ]
        assert clean is clean_text or "\n" not in kept


@pytest.mark.parametrize("what", ADVERSARIAL)
def test_v1_3_12_no_text_takes_more_than_20_ms_to_clean(what: str):
    """Of the processor's time, the best of five: what the machine does beside counts for nothing."""
    text = ADVERSARIAL[what]
    assert len(text.encode("utf-8", "surrogatepass")) <= LARGEST_BODY
    for clean in (clean_text, clean_line, clean_number):
        assert min(seconds(clean, text) for _ in range(5)) < 0.02


def test_s2_a_text_of_any_length_costs_no_more_than_the_longest():
    assert len(clean_text("а" * 10 * LONGEST_TYPED)) == LONGEST_TYPED


def seconds(clean, text: str) -> float:
    started = time.thread_time()
    clean(text)
    return time.thread_time() - started
