"""SMS: every kind in three languages, in one SMS each."""

import string

import pytest

from portal.services.languages import LANGUAGES
from portal.services.messages.sms_texts import TEXTS, sms

LONGEST = {"code": "000000", "number": "7F3M-2K9PX", "place": "9999", "due": "22.11.2026"}
INCOMING = "Ш-2026-0001234"  # complaints are named by the body's incoming number
KINDS_AND_LANGUAGES = [(kind, lang) for kind in TEXTS for lang in LANGUAGES]


def longest(kind: str, lang: str) -> str:
    receipt = {"code": "K7MH4XP9"}
    others = {"complaint_received": {"number": INCOMING}, "complaint_code": receipt, "application_received": receipt}
    return sms(kind, lang, **LONGEST | others.get(kind, {}))


@pytest.mark.parametrize("kind", TEXTS)
def test_each_kind_speaks_three_languages_with_the_same_values(kind):
    assert tuple(TEXTS[kind]) == LANGUAGES
    values = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in TEXTS[kind].values()]
    assert values[0] == values[1] == values[2]


@pytest.mark.parametrize(("kind", "lang"), KINDS_AND_LANGUAGES)
def test_the_longest_text_fits_one_sms(kind, lang):
    text = longest(kind, lang)
    assert len(text) <= (160 if lang == "en" else 67), f"{len(text)}: {text}"


@pytest.mark.parametrize("kind", TEXTS)
def test_the_english_text_stays_in_the_seven_bit_alphabet(kind):
    TEXTS[kind]["en"].encode("ascii")


def test_a_code_is_followed_by_the_warning_not_to_tell_it():
    assert sms("code_sign_in", "kk", code="123456") == "Qyzmet: кіру коды 123456. Ешкімге айтпаңыз."


def test_an_unknown_language_is_kazakh():
    assert sms("withdrawn", "de", number="1").startswith("Qyzmet: 1. Өтініш")
