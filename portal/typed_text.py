"""What people type or paste, as it is kept: nothing that cannot be seen, one way to write each letter. Pure.

A text copied from a telephone's contacts, a messenger or a word processor brings along signs that nobody sees:
direction marks, joiners, soft hyphens, blanks of ten widths. Whatever comes from a form, an address, a file or a
register goes through here, once, before anything else looks at it; what is shown, signed and kept is the outcome.

Everything is linear in the length of the text, whatever it holds. Composing letters (NFC) alone is quadratic in the
number of marks on one letter, so those are counted first.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_TYPED = 64 * 1024  # signs that are looked at at all: as many as the largest form has bytes
LONGEST_NUMBER = 100
MOST_MARKS = 4  # on one letter; Vietnamese has two, Hebrew with its vowels three

# What has neither shape nor width: joiners and the like, direction marks, odd colour marks, halves of a filler.
_NOTHING = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u200b\u200c\u200e\u200f\u202a\u202b\u202c"
    "\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\u3164"
    "\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufeff\uffa0"
    "\ufff0\ufff1\ufff2\ufff3\ufff4\ufff5\ufff6\ufff7\ufff8\ufff9\ufffa\ufffb"
)
# Every width of blank, and what a terminal obeys.
_BLANK = (
    "".join(map(chr, (*range(0x0A), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA1))))
    + "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000"
)
_END = "\r\v\f\x85\u2028\u2029"
_HYPHEN = "\u2010\u2011\u2212\ufe63\uff0d"  # look-alikes of the one on the keyboard; dashes stay dashes
_BULLET = "\uf076\uf0a7\uf0b7\uf0d8\uf0fc"  # a word processor's, in a font of its own
_PLAIN: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _NOTHING)),
    **dict.fromkeys(map(ord, _BLANK), " "),
    **dict.fromkeys(map(ord, _END), "\n"),
    **dict.fromkeys(map(ord, _HYPHEN), "-"),
    **dict.fromkeys(map(ord, _BULLET), "\u2022"),
}
# № before a number, as one types it; a letter N or No only with a blank or a dot, or before a digit.
_NUMBER_SIGN = re.compile(
    r"(?:\u2116\s*|N[o\xba\xb0]?\.?\s+(?=[\w-]*[0-9])|N[o\xba\xb0]?\.(?=\w*[0-9])|N[o\xba\xb0](?=[0-9]))+",
    re.IGNORECASE,
)
_NO_SIGNS = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of pairs, and what is never a character
_TAGS = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
# Signs that one font alone has, and notes of music that come apart into three signs each.
_PRIVATE = "\ue000-\uf8ff\U0001d15e-\U0001d164\U0001d1bb-\U0001d1c0\U000f0000-\U0010ffff"
_JOINER, _COLOUR = "\u200d", "\ufe0f"
_EMOJI = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff"
)
_RAISED = ("<super>", "<sub>", "<circle>", "<fraction>")
_BEYOND = "\U00010000-\U0010ffff"  # the basic plane: rare enough to be looked at twice


def _combining_marks(codes: range) -> str:
    """Every combining mark among these, as the inside of a character class."""
    ranges: list[list[int]] = []
    for code in codes:
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_MARK = _combining_marks(range(0x300, 0x10000))
_ANY_MARK = f"(?:[{_MARK}]|(?=[{_BEYOND}])[{_combining_marks(range(0x10000, 0x20000))}])"
_SIGNS = re.escape("".join(map(chr, _PLAIN)))
_ODD = re.compile(f"[{_SIGNS}{_NO_SIGNS}{_PRIVATE}{_JOINER}{_COLOUR}{_MARK}{_BEYOND}]")
_GONE, _UNKNOWN = re.compile(f"[{_NO_SIGNS}{_TAGS}]+"), re.compile(f"[{_PRIVATE}]+")
# A family is four pictures with joiners between them, a red heart one with a colour mark behind: those are seen.
_JOINERS = re.compile(f"(?<![{_EMOJI}{_COLOUR}]){_JOINER}|{_JOINER}(?![{_EMOJI}])")
_COLOURS = re.compile(f"(?<![{_EMOJI}0-9#*]){_COLOUR}|(?<=[0-9#*]){_COLOUR}(?!\u20e3)")
_MARKS, _ALL_MARKS = (
    re.compile(f"({mark}{{{MOST_MARKS}}}){mark}+")
    for mark in (f"[{_MARK}]", _ANY_MARK)  # the first is the quicker
)


def clean_text(text: str) -> str:
    """A text of several lines: line ends as LF, single blanks, nothing at its ends. Cleaning twice is once."""
    text = text[:LONGEST_TYPED]
    if _ODD.search(text):
        text = _seen(text.replace("\r\n", "\n"))
    text = unicodedata.normalize("NFC", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" \n")


def clean_line(text: str) -> str:
    """The same on one line."""
    text = clean_text(text)
    return " ".join(text.split()) if "\n" in text else text


def without_number_sign(text: str) -> str:
    """A number without the «№» before it: every text of ours puts its own there."""
    found = _NUMBER_SIGN.match(text)
    return text[found.end() :].lstrip() if found and found.end() < len(text) else text


def clean_number(text: str) -> str:
    """A number, code or date as one types it: digits of any script as 0-9, every dash a hyphen, full width narrow."""
    text = clean_line(text[:LONGEST_NUMBER])
    if text.isascii():
        return text
    text = "".join(_plain(sign) for sign in _narrow(text))
    return clean_line(text[:LONGEST_NUMBER])  # what was narrow may be blanks and marks now


def _narrow(text: str) -> str:
    """Full width narrow. A raised, lowered or circled digit stays what it is, no digit: nobody writes a date so."""
    return "".join(
        sign if unicodedata.decomposition(sign).startswith(_RAISED) else unicodedata.normalize("NFKC", sign)
        for sign in text
    )


def _plain(sign: str) -> str:
    if sign.isascii():
        return sign
    return "-" if unicodedata.category(sign) == "Pd" else str(unicodedata.decimal(sign, sign))


def _seen(text: str) -> str:
    """The text without what cannot be seen, and with a few marks on each letter."""
    text = _UNKNOWN.sub(" ", _GONE.sub("", text.translate(_PLAIN)))
    text = _JOINERS.sub("", _COLOURS.sub("", text))
    marks = _ALL_MARKS if max(text, default="") > "\uffff" else _MARKS
    text = unicodedata.normalize("NFC", marks.sub(r"\1", text))
    return marks.sub(r"\1", text)  # composed letters come apart into more marks than were counted
