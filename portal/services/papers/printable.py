"""Which signs can be printed, and what stands for those that cannot: a paper is drawn whatever somebody typed. Pure.

The fonts shipped with the code draw Latin, Cyrillic, Greek, Georgian, Armenian, Arabic and Hebrew letters, symbols and
the simplest emoji. For any other sign a box stands on the page and in the PDF alike: PDF/A refuses a sign without a
glyph, and a sign that is left out silently would change what was said. What is in a font, its `.charset` says, made by
`fc-query --format='%{charset}\\n' FONT.ttf`.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

FONTS = Path(__file__).parents[2] / "papers" / "fonts"
REPLACEMENT = "▯"
MOST_MARKS = 8  # on one letter

# What Word puts there from its fonts Symbol and Wingdings when a list is copied.
_WORD_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "▫", "\uf0d8": "➢", "\uf0e0": "→", "\uf0fc": "✓", "\uf0fb": "✗",
    "\uf076": "❖", "\uf06c": "●", "\uf06e": "■", "\uf06f": "□", "\uf071": "❑", "\uf02d": "–", "\uf0be": "–",
}  # fmt: skip
# Signs that only steer others: joiners, variation selectors, directions, soft hyphens, tags.
_STEERING = "\xad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{_STEERING}\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")
_Value = TypeVar("_Value")


def _signs_of(font: str) -> frozenset[str]:
    signs: set[str] = set()
    for part in (FONTS / f"{font}.charset").read_text("ascii").split():
        first, _, last = part.partition("-")
        signs.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(sign for sign in signs if unicodedata.category(sign)[0] != "C" and not _INVISIBLE.match(sign))


_FONTS = (_signs_of("NotoSans-Regular"), _signs_of("DejaVuSans"))
_ANY = _FONTS[0] | _FONTS[1]
_PLAIN = frozenset(sign for sign in _FONTS[0] if not unicodedata.category(sign).startswith("M")) | {"\n"}


def printable(text: str) -> str:
    """The text as it is printed: composed, without controls, a box for each sign that cannot be drawn."""
    if _PLAIN.issuperset(text):
        return text
    return "".join(drawn for _, drawn in _draw(text))


def unprintable(text: str) -> tuple[str, ...]:
    """The signs of a text for which a box will stand, each once."""
    if _PLAIN.issuperset(text):
        return ()
    return tuple(dict.fromkeys(sign for sign, drawn in _draw(text) if drawn == REPLACEMENT != sign))


def make_printable(value: _Value) -> _Value:
    """A value with all its texts printable: a text, or a list, tuple, dict or dataclass of such."""
    return _made(value)


def _made(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list | tuple):
        return type(value)(map(_made, value))
    if isinstance(value, dict):
        return {name: _made(inner) for name, inner in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{f.name: _made(getattr(value, f.name)) for f in dataclasses.fields(value)})
    return value


def _draw(text: str) -> Iterator[tuple[str, str]]:
    """Each sign with what is printed for it. A mark is drawn where one font has it and all it stands on."""
    under = ""  # a sign and the marks on it, as printed
    for typed, letter in _letters([(sign, _sign(sign)) for sign in text]):
        for sign in letter:
            if unicodedata.category(sign)[0] != "M":
                under = sign
            elif len(under) <= MOST_MARKS and any(font.issuperset(under + sign) for font in _FONTS):
                under += sign
            else:
                yield sign, REPLACEMENT
                under = REPLACEMENT
                continue
            yield (typed if sign == REPLACEMENT else sign), sign


def _letters(signs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each sign as typed, and as printed with the marks on it, composed.

    Composing is quadratic in the number of marks, so a pile of them is taken apart.
    """
    first = letter = ""
    for typed, drawn in signs:
        if not drawn:
            continue
        if letter and (unicodedata.category(drawn)[0] != "M" or len(letter) > MOST_MARKS):
            yield first, unicodedata.normalize("NFC", letter)
            letter = ""
        first, letter = first if letter else typed, letter + drawn
    yield first, unicodedata.normalize("NFC", letter)


def _sign(sign: str) -> str:
    """What is printed for a sign by itself."""
    sign = _WORD_BULLETS.get(sign, sign)
    if sign in "\n\r\x85\u2028\u2029":
        return "\n"
    kind = unicodedata.category(sign)
    if sign == "\t" or (kind == "Zs" and sign not in _ANY):
        return " "
    if kind == "Cc" or _INVISIBLE.match(sign):
        return ""
    return sign if sign in _ANY or kind[0] == "M" else REPLACEMENT
