"""Messages: every SMS fits one, every letter says what it must."""

import pytest

from portal.services.kinds import UnknownKind, Words
from portal.services.languages import LANGUAGES
from portal.services.messages.message_kind import MessageKind, TextUnfit
from portal.services.messages.message_kinds import MESSAGES
from portal.services.messages.texts import NotWritten, get_letter, sms, write_out

LONGEST = {"code": "000000", "number": "7F3M-2K9PX", "place": "9999", "due": "22.11.2026"}
OTHERS = {
    "complaint_received": {"number": "Ш-2026-0001234"},
    "complaint_code": {"code": "K7MH4XP9"},
    "proof_needed": {"place": "0" * 60, "what": "0" * 45},
    "child_proof_needed": {"place": "0" * 60},
    "application_received": {"code": "K7MH4XP9"},
    "application_due": {"code": "K7MH4XP9"},
}
SMS = [kind.id for kind in MESSAGES if kind.sms]


@pytest.mark.parametrize("kind", SMS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_longest_text_fits_one_sms_or_the_parts_that_its_kind_says(kind: str, lang: str) -> None:
    text, parts = sms(kind, lang, **LONGEST | OTHERS.get(kind, {})), MESSAGES.get(kind).parts
    assert parts == 1 or kind in ("proof_needed", "child_proof_needed"), "only where an address has to stand in it"
    one = 67 if lang != "en" else 160 if parts == 1 else 153
    assert len(text) <= parts * one, f"{len(text)}: {text}"


@pytest.mark.parametrize(
    ("kk", "values"),
    [("Ұ" * 68, {}), ("Ұ" * 60 + "{number}", {}), ("Ұ" * 60 + "{number}", {"number": 8}), ("{unheard}", {})],
)
def test_a_kind_whose_sms_is_too_long_or_of_unknown_length_cannot_be(kk: str, values: dict[str, int]) -> None:
    value = kk[kk.index("{") :] if "{" in kk else ""
    with pytest.raises(TextUnfit):
        MessageKind(id="long", sms=Words(kk=kk, ru=f"да {value}", en=f"yes {value}"), longest=values)


def test_an_english_sms_stays_in_the_seven_bit_alphabet() -> None:
    with pytest.raises(TextUnfit):
        MessageKind(id="odd", sms=Words(kk="иә", ru="да", en="naïve"))


def test_a_code_is_followed_by_the_warning_not_to_tell_it() -> None:
    assert sms("code_sign_in", "kk", code="123456") == "Qyzmet: кіру коды 123456. Ешкімге айтпаңыз."


def test_an_unknown_language_is_kazakh() -> None:
    assert sms("withdrawn", "de", number="1").startswith("Qyzmet: 1. Өтініш")


def test_a_kind_that_is_not_sent_this_way_is_refused() -> None:
    with pytest.raises(NotWritten):
        sms("check", "kk", number="1")
    with pytest.raises(NotWritten):
        get_letter("withdrawn")
    with pytest.raises(UnknownKind):
        sms("unheard", "kk")


def test_a_letter_about_an_account_says_what_to_do_if_it_was_somebody_else() -> None:
    subject, text = write_out(get_letter("key_added"), "en")
    assert subject == "Qyzmet: your account has changed"
    assert text.endswith("If this was not you, tell your organisation's administrator at once.")
