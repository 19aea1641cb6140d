"""Numbers are read aloud, copied by hand and typed on a Cyrillic keyboard: what must survive that."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import db
from portal.services import numbers

signs = st.text(numbers.ALPHABET, min_size=8, max_size=8)


def whole(body: str) -> str:
    return next(
        number for sign in numbers.ALPHABET if (number := numbers.normalise_number(body + sign)) is not None
    )  # exactly one check character fits


def test_a_new_number_is_nine_signs_in_two_groups_and_is_its_own_normal_form():
    for _ in range(200):
        number = numbers.new_case_number()
        assert len(number) == 10
        assert number[4] == "-"
        assert not set(number) & set("0O1ILUQYBSZ")
        assert numbers.normalise_number(number) == number


def test_a_number_is_forgiven_its_case_spaces_missing_hyphen_and_cyrillic_letters():
    number = whole("KMHPCTX3")
    assert number.startswith("KMHP-CTX3")
    tail = number[-1].lower()
    for typed in (
        f"kmhpctx3{tail}",
        f" kmhp ctx3 {tail} ",
        f"КМНР-СТХ3{tail}",
        f"кмнрстх3{tail}",
        f"KMHP–CTX3{tail}",  # a long dash, as phones make of a hyphen
        f"кмнрстхз{tail}",
    ):
        assert numbers.normalise_number(typed) == number, typed


LOOK_ALIKES = {
    "K": "КкҚқΚκ", "M": "МмΜ", "H": "НнҺһΗ", "P": "РрΡ", "C": "Сс", "T": "ТтΤ", "X": "ХхҲΧ", "3": "Зз", "8": "ВвBbΒ",
    "5": "SsЅѕ", "2": "ZzΖ", "6": "Бб", "4": "Чч", "J": "Јј", "G": "Ԍԍ", "W": "Ԝԝ", "F": "Ғғ", "N": "Ν",
}  # fmt: skip


@pytest.mark.parametrize(("sign", "twin"), [(sign, twin) for sign in LOOK_ALIKES for twin in LOOK_ALIKES[sign]])
def test_every_sign_that_looks_or_is_typed_alike_finds_the_number_and_the_code(sign, twin):
    number = whole(sign * 8)
    assert numbers.normalise_number(f"{twin * 8}{number[-1].lower()}") == number
    assert numbers.normalise_code(twin) == sign


@pytest.mark.parametrize("letter", ["ш", "Ш", "щ", "w", "W"])
@pytest.mark.parametrize("written", ["{}-2026/000012", "№ {}-2026-12", "{}-2026\\12", " {}–2026/0012"])
def test_the_letter_of_an_incoming_number_is_forgiven_as_keyboards_make_it(letter, written):
    assert numbers.normalise_incoming_number(written.format(letter)) == "Ш-2026/000012"


@pytest.mark.parametrize("letter", ["ө", "Ө", "о", "О", "o", "O", "0", "ф"])
def test_so_is_that_of_an_application(letter):
    assert numbers.normalise_incoming_number(f"{letter}-2026/7") == "Ө-2026/000007"


@given(signs, st.integers(0, 8), st.sampled_from(numbers.ALPHABET))
def test_every_single_wrong_sign_is_seen(body, place, other):
    number = whole(body).replace("-", "")
    if number[place] != other:
        assert numbers.normalise_number(number[:place] + other + number[place + 1 :]) is None


@given(signs, st.integers(0, 8), st.integers(0, 8))
def test_every_swap_of_two_signs_is_seen(body, one, two):
    number = list(whole(body).replace("-", ""))
    if number[one] != number[two]:
        number[one], number[two] = number[two], number[one]
        assert numbers.normalise_number("".join(number)) is None


@given(st.text(max_size=300))
def test_any_text_is_either_a_number_or_none(text):
    result = numbers.normalise_number(text)
    assert result is None or numbers.normalise_number(result) == result


def test_codes_have_the_length_asked_for_and_do_not_repeat():
    codes = {numbers.new_code(8) for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {8}
    assert len(numbers.new_code(12)) == 12


@pytest.fixture
def series_database(database_url):
    db.db.initialize(db.make_database(database_url))
    db.connect()
    yield
    db.db.close()


def test_a_series_counts_from_one_without_gaps_under_parallel_writers(series_database):
    def take(_):
        db.connect()
        with db.db.atomic():
            number = numbers.next_in_series("oral", "complaint", 2026)
        db.db.close()
        return number

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(take, range(60))) == list(range(1, 61))


def test_a_number_taken_in_a_transaction_that_fails_is_given_again(series_database):
    with db.db.atomic() as transaction:
        assert numbers.next_in_series("oral", "complaint", 2026) == 1
        transaction.rollback()
    with db.db.atomic():
        assert numbers.next_in_series("oral", "complaint", 2026) == 1
        assert numbers.next_in_series("oral", "application", 2026) == 1
        assert numbers.next_in_series("oral", "complaint", 2027) == 1


def test_incoming_numbers_read_as_a_chancellery_writes_them():
    assert numbers.incoming_number("complaint", 2026, 12) == "Ш-2026/000012"
    assert numbers.incoming_number("application", 2026, 7) == "Ө-2026/000007"


@pytest.mark.parametrize("mark", ["№ ", "№", "No. ", "no "])
def test_the_sign_of_a_number_before_a_number_is_forgiven(mark: str) -> None:
    number = numbers.new_case_number()
    assert numbers.normalise_number(mark + number) == number
