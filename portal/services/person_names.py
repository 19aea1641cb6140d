"""What a person's name is written with: letters of any script, and the few signs between them. Pure."""

from __future__ import annotations

import unicodedata

_BETWEEN = frozenset(" -'.()\u2019\u02bc\u2018\u0060\u00b4\u00b7\u2013")
MOST_MARKS = 2  # on one letter, beyond what is composed: more are drawn over the lines above and below


def find_strange(name: str) -> str:
    """The first sign that no name has, "" where there is none: digits, tags, and marks piled up on one letter."""
    marks = 0
    for sign in unicodedata.normalize("NFC", name):
        kind = unicodedata.category(sign)
        if kind[0] == "M":
            marks += 1
            if marks > MOST_MARKS:
                return "\u25cc" + sign
            continue
        marks = 0
        if kind[0] != "L" and sign not in _BETWEEN:
            return sign
    return ""
