"""The individual identification number (ЖСН / ИИН): is it well typed, and what does it say. Pure.

YYMMDD, a digit for century and sex, a serial of four, a check digit. Some real numbers disagree with their holder's
birth date, so what is read from the number is a hint to compare with, never a ground to refuse; but every one begins
with a day that there was.
"""

from __future__ import annotations

import datetime as dt

from ..typed_text import clean_number

_WEIGHTS = (range(1, 12), (*range(3, 12), 1, 2))
_CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}


class IinWrong(ValueError):
    """The text is not an IIN."""


class NotTwelveDigits(IinWrong):
    """Something other than twelve digits."""


class CheckDigitWrong(IinWrong):
    """Twelve digits whose last one does not follow from the others: one of them is mistyped."""


def read_iin(text: str) -> str:
    """The IIN in a text typed by a person; spaces and hyphens between the digits are let through.

    Raises NotTwelveDigits or CheckDigitWrong.
    """
    digits = "".join(clean_number(text).replace("-", " ").split())
    if len(digits) != 12 or not (digits.isascii() and digits.isdigit()):
        raise NotTwelveDigits(f"{len(digits)} signs")
    if check_digit(digits[:11]) != int(digits[11]) or digits == "0" * 12:
        raise CheckDigitWrong("one digit is mistyped")
    return digits


def is_valid(iin: str) -> bool:
    """Is this exactly an IIN, with nothing around it?"""
    try:
        return read_iin(iin) == iin
    except IinWrong:
        return False


def check_digit(eleven: str) -> int | None:
    """The twelfth digit that belongs to eleven; None when such a number is never issued."""
    for weights in _WEIGHTS:
        rest = sum(int(digit) * weight for digit, weight in zip(eleven, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def birth_date(iin: str) -> dt.date | None:
    """The day of birth that the number states; None when it states none (some foreigners) or an impossible one."""
    century = _CENTURIES.get(iin[6:7])
    if century is None:
        return None
    try:
        return dt.date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None


def has_no_birth_date(iin: str) -> bool:
    """Whether its first six digits are a day of no century: 31.02. No such number was ever given out."""
    century = _CENTURIES.get(iin[6:7])
    for year in (century,) if century is not None else (1800, 1900, 2000):
        try:
            dt.date(year + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
        except ValueError:
            continue
        return False
    return True


def mask(iin: str) -> str:
    """The number as lists and logs may show it: "900101****12"."""
    return f"{iin[:6]}****{iin[-2:]}" if len(iin) == 12 else "*" * len(iin)
