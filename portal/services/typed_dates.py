"""A date as people write it: 1.9.27, 1 9 27, 2027-09-01, «1 қыркүйек 2027», "1 сентября 2027 г.", "Sept 1, 2027". Pure.

Day before month, as the country writes it; the year may stand first. A year of two digits is the one that fits the
question: a birth lies behind, a wish ahead.
"""

from __future__ import annotations

import datetime as dt
import re

from .folding import fold_word

LONGEST = 60  # signs that are looked at
_PART = re.compile(r"[0-9]+|[^\W\d_]+")
_NO_DAY = re.compile(r"(?:^|\s)[-+][0-9]|[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2460-\u24ff]")
_MONTHS = (
    ("қаңтар", "январ", "jan"), ("ақпан", "феврал", "feb"), ("наурыз", "март", "mar"), ("сәуір", "апрел", "apr"),
    ("мамыр", "май", "мая", "may"), ("маусым", "июн", "jun"), ("шілде", "июл", "jul"), ("тамыз", "август", "aug"),
    ("қыркүйек", "сентябр", "sep"), ("қазан", "октябр", "oct"), ("қараша", "ноябр", "nov"),
    ("желтоқсан", "декабр", "dec"),
)  # fmt: skip
_STEMS = [(fold_word(stem), number) for number, stems in enumerate(_MONTHS, 1) for stem in stems]
_SHORTEST = 3  # letters of a month's name that is cut short: «сен», "Sept", «қыр»


def read_date(text: str, today: dt.date, past: bool = False) -> dt.date | None:
    """The day that was meant, or None. `past`: of a day that cannot lie ahead, where the year has two digits."""
    text = text[:LONGEST].replace("\u00a0", " ")
    if _NO_DAY.search(text):
        return None
    parts = _PART.findall(text)
    numbers = [part for part in parts if part.isdigit()]
    words = [part for part in parts if not part.isdigit()]
    months = [month for word in words if (month := _month(word))]
    if len(numbers) == 1 and len(numbers[0]) in (6, 8) and not months:
        digits = numbers[0]  # typed or pasted without anything between: 01092027, 010927
        numbers = [digits[:2], digits[2:4], digits[4:]]
    if len(numbers) + len(months) != 3 or len(months) > 1:
        return None
    first_year = len(numbers[0]) == 4
    if months:
        day, year = reversed(numbers) if first_year else numbers
        return _day(day, months[0], year, today, past)
    day, month, year = reversed(numbers) if first_year else numbers
    return _day(day, int(month) if len(month) <= 2 else 0, year, today, past)


def _month(word: str) -> int | None:
    """1 to 12 for the name of a month, in any case, cut short or whole; None for another word."""
    folded = fold_word(word)
    for stem, number in _STEMS:
        if folded.startswith(stem) or (len(folded) >= _SHORTEST and stem.startswith(folded)):
            return number
    return None


def _day(day: str, month: int, year: str, today: dt.date, past: bool) -> dt.date | None:
    if len(day) > 2 or len(year) not in (2, 4):
        return None
    try:
        if len(year) == 4:
            return dt.date(int(year), month, int(day))
        return _nearest(int(day), month, int(year), today, past)
    except ValueError:
        return None


def _nearest(day: int, month: int, year: int, today: dt.date, past: bool) -> dt.date:
    """Of a year of two digits: this century's, but the one before where a day behind would lie ahead otherwise."""
    century = today.year // 100 * 100
    if past and year > today.year % 100:
        century -= 100
    return dt.date(century + year, month, day)
