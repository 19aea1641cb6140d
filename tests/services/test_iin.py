import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.services import iin

ELEVEN = st.text("0123456789", min_size=11, max_size=11)


def weighted(digits, weights):
    return sum(int(digit) * weight for digit, weight in zip(digits[:11], weights, strict=True)) % 11


def test_the_check_digit_is_the_weighted_sum_mod_11():
    assert iin.check_digit("90010130001") == weighted("90010130001", range(1, 12)) == 7
    assert iin.is_valid("900101300017")


def test_ten_asks_for_the_second_row_of_weights_and_ten_again_is_never_issued():
    second = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
    numbers = [f"{number:011d}" for number in range(90010130000, 90010131000)]
    tens = [number for number in numbers if weighted(number, range(1, 12)) == 10]
    never = [number for number in tens if weighted(number, second) == 10]
    assert tens
    assert never
    for number in tens:
        assert iin.check_digit(number) == (None if number in never else weighted(number, second))
    for last in "0123456789":
        assert not iin.is_valid(never[0] + last)


# The eleventh digit weighs 11, which is nothing modulo 11: a mistake in it alone cannot be noticed.
@given(ELEVEN, st.integers(0, 11).filter(lambda place: place != 10), st.integers(1, 9))
def test_a_well_made_number_is_read_and_one_wrong_digit_is_noticed(eleven, place, shift):
    digit = iin.check_digit(eleven)
    if digit is None or eleven == "0" * 11:
        return
    number = f"{eleven}{digit}"
    assert iin.read_iin(number) == number
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    if 10 in (weighted(eleven, range(1, 12)), weighted(wrong, range(1, 12))) or wrong == "0" * 12:
        return  # where the second row of weights decides, a few single mistakes go through
    with pytest.raises(iin.CheckDigitWrong):
        iin.read_iin(wrong)


@given(st.text(max_size=40))
def test_any_text_is_an_iin_or_refused_in_words(text):
    try:
        assert iin.is_valid(iin.read_iin(text))
    except iin.IinWrong:
        assert not iin.is_valid(text)


@pytest.mark.parametrize("typed", ["900101 300017", " 900101-300017 ", "9001 0130 0017", "900101\u00a0300017"])
def test_spaces_and_hyphens_between_the_digits_are_let_through(typed):
    assert iin.read_iin(typed) == "900101300017"


@pytest.mark.parametrize("typed", ["", "90010130001", "9001013000122", "90010130001a", "Ⅸ00101300012"])
def test_other_than_twelve_digits_is_said_to_be_so(typed):
    with pytest.raises(iin.NotTwelveDigits):
        iin.read_iin(typed)


def test_twelve_zeros_pass_the_sum_and_are_refused():
    assert iin.check_digit("0" * 11) == 0
    with pytest.raises(iin.CheckDigitWrong):
        iin.read_iin("0" * 12)


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("900101300012", dt.date(1990, 1, 1)),
        ("230229600017", None),
        ("240229500010", dt.date(2024, 2, 29)),
        ("991231100010", dt.date(1899, 12, 31)),
        ("900101000012", None),
        ("901301400012", None),
        ("900101700012", None),
    ],
)
def test_the_number_states_birth_date_or_nothing(number, day):
    assert iin.birth_date(number) == day


def test_a_masked_number_keeps_the_birth_date_and_two_digits():
    assert iin.mask("900101300012") == "900101****12"
    assert iin.mask("12345") == "*****"


def test_v1_3_12_a_huge_text_is_refused_at_once():
    with pytest.raises(iin.NotTwelveDigits):
        iin.read_iin("9" * 50_000)
