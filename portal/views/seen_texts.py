"""The texts that a reader has been shown and may sign, kept a while, so that it can be said what became of them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from flask import g

from ..services.signatures.text_hash import text_hash
from ..web.sessions import session

NAME = "seen"  # in the session: {key of a draft: [[mark, language, text], …]}, the last ones
KEPT = 3


@dataclass(frozen=True)
class TextChange:
    """Lines of a text that became others; "" where there was nothing, or is nothing any more."""

    was: str
    now: str


def mark_of(text: str) -> str:
    """Short, for it goes down and up with the page: it tells a person's own few texts apart, and guards nothing."""
    return text_hash(text)[:7]


def remember(key: str, text: str) -> str:
    """The reader is shown this text of a draft; its mark."""
    mark, kept = mark_of(text), session.get(NAME, {}).get(key, [])
    if not any(entry[0] == mark for entry in kept):
        session[NAME] = {**session.get(NAME, {}), key: [*kept, [mark, g.lang, text]][-KEPT:]}
    return mark


def forget(key: str) -> None:
    """The draft was sent."""
    if key in session.get(NAME, {}):
        session[NAME] = {name: kept for name, kept in session[NAME].items() if name != key}


def changes_since(key: str, mark: str, text: str) -> tuple[TextChange, ...]:
    """What has become another since the reader was shown the text with this mark; nothing where that is not known.

    The same text in two languages has no line in common, and nothing in it has changed: that is nothing, too.
    """
    kept = session.get(NAME, {}).get(key, [])
    before = next((entry for entry in kept if entry[0] == mark and entry[1] == g.lang), None)
    if before is None:
        return ()
    old, new = before[2].split("\n"), text.split("\n")
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(change for tag, *ends in blocks if tag != "equal" for change in _pair(old, new, *ends))


def _pair(old: list[str], new: list[str], a: int, b: int, c: int, d: int) -> list[TextChange]:
    """Line by line where as many stand there as before, else the whole."""
    if b - a == d - c:
        return [TextChange(*lines) for lines in zip(old[a:b], new[c:d], strict=True)]
    return [TextChange("\n".join(old[a:b]), "\n".join(new[c:d]))]
