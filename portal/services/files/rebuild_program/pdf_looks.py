"""What a mark on a page looks like now, and what it says."""

from __future__ import annotations

from typing import Any

import pikepdf

LONGEST = 5_000  # letters of an answer


def look_of(mark: Any) -> Any:
    """The stream that draws the mark as it is now, or None."""
    looks = mark.get("/AP")
    look = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if isinstance(look, pikepdf.Dictionary):
        state = mark.get("/AS")
        look = look.get(str(state)) if isinstance(state, pikepdf.Name) else None
    return look if isinstance(look, pikepdf.Stream) else None


def text_of(value: Any) -> str:
    """The text of a value: a string, a name, or a stream of either."""
    if value is None:
        return ""
    if isinstance(value, pikepdf.Stream):
        data = value.read_bytes()
        return text_of(pikepdf.String(data)) if len(data) <= 4 * LONGEST else "?" * (LONGEST + 1)
    text = str(value)
    return text.removeprefix("/") if isinstance(value, pikepdf.Name) else text
