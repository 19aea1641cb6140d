"""Numbers that people read aloud and copy by hand: case numbers, codes of papers, yearly series of incoming papers.

Twenty-three signs: no vowels (no words come out), no 0 O 1 I L U Q Y, and neither B, S nor Z, which look like 8, 5, 2.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets

from ..models import Counter
from ..typed_text import clean_number
from .local_time import local

ALPHABET = "23456789CDFGHJKMNPRTVWX"  # 23 is prime, so that the check character sees every single slip and every swap
_DIGITS = 8
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
# What a hand, an eye or a Cyrillic keyboard makes of our signs. A twin that is itself no sign of ours means the one it
# looks like.
_TWINS = str.maketrans("КҚМНҺРСТХҲЗВБЧЅЈԌԜҒBSZΚΜΗΡΤΧΝΒΖ", "KKMHHPCTXX38645JGWF852KMHPTXN82")
_LETTER = {"application": "Ө", "complaint": "Ш"}  # өтініш, шағым
# The two letters as keyboards without Kazakh, and eyes, make them.
_LETTER_TWINS = {**dict.fromkeys("ӨOОQ0ΘƟФ", "Ө"), **dict.fromkeys("ШЩWԜ", "Ш")}
_INCOMING = re.compile(rf"([{''.join(_LETTER_TWINS)}])-?([0-9]{{4}})[/\\-]([0-9]{{1,9}})")


def new_case_number() -> str:
    """A random case number with its check character: "7F3M-2K9PX". It says nothing about the case or its order."""
    body = new_code(_DIGITS)
    return _written(body + _check(body))


def normalise_number(text: str) -> str | None:
    """The case number that somebody typed, as it is kept; None when it cannot be one.

    Case, spaces, hyphens and Cyrillic look-alikes are forgiven; a wrong check character is not.
    """
    signs = normalise_code(text).removeprefix("NO")  # "№"; no number of ours has an O
    if len(signs) != _DIGITS + 1 or any(sign not in _VALUE for sign in signs):
        return None
    return _written(signs) if _check(signs[:-1]) == signs[-1] else None


def new_code(n: int = 8) -> str:
    """A random code of `n` signs (4.5 bits each), from the operating system's source of randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(n))


def normalise_code(text: str) -> str:
    """A code as somebody typed it, in our signs: no spaces or hyphens, capital, look-alikes replaced."""
    signs = clean_number(text).upper()
    return "".join(sign for sign in signs if sign.isalnum()).translate(_TWINS)


def next_in_series(body_code: str, kind: str, year: int) -> int:
    """The next number of a body's yearly series, from 1, without gaps.

    Belongs inside the caller's transaction: the row stays locked until it ends, so a number that was not used after all
    goes back, and two papers never get the same one.
    """
    rows = (
        Counter.insert(series=f"{body_code}:{kind}:{year}", last=1)
        .on_conflict(conflict_target=[Counter.series], update={Counter.last: Counter.last + 1})
        .returning(Counter.last)
        .execute()
    )
    return next(iter(rows)).last


def incoming_number(kind: str, year: int, number: int) -> str:
    """An incoming number (кіріс нөмірі) as a chancellery writes it: «Ш-2026/000012». `kind`: application, complaint."""
    return f"{_LETTER[kind]}-{year}/{number:06d}"


def normalise_incoming_number(text: str) -> str | None:
    """An incoming number as somebody typed it, as it is kept; None when it cannot be one. Bodies share such numbers."""
    found = _INCOMING.fullmatch("".join(clean_number(text).upper().split()).removeprefix("№").removeprefix("NO"))
    return f"{_LETTER_TWINS[found[1]]}-{found[2]}/{int(found[3]):06d}" if found else None


def next_letter_number(body_code: str, now: dt.datetime) -> str:
    """The next outgoing number (шығыс нөмірі) of a body's letters: «12/2026». As next_in_series."""
    year = local(now).year
    return f"{next_in_series(body_code, 'letter', year)}/{year}"


def _check(body: str) -> str:
    return ALPHABET[sum(weight * _VALUE[sign] for weight, sign in enumerate(body, start=1)) % len(ALPHABET)]


def _written(signs: str) -> str:
    return f"{signs[:4]}-{signs[4:]}"
