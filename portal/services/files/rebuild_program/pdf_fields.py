"""Answers of forms: those that have no look of their own are written out, as a program that shows forms does."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

from . import pdf_writing
from .pdf_looks import LONGEST, look_of, text_of
from .refused import Refused

MULTILINE, PASSWORD, PUSH_BUTTON, COMB = 1 << 12, 1 << 13, 1 << 16, 1 << 24
_SHOWS_SOMETHING = re.compile(rb"(?:\bTj|\bTJ|['\"]|\bDo)\s")


class Fields:
    """The fields of a document's form."""

    def __init__(self, pdf: Any, form: Any, font: str) -> None:
        self._pdf, self._form, self._font = pdf, form, font
        self._looks_are_old = bool(form.get("/NeedAppearances", False))

    def settle(self, widget: Any) -> None:
        """Give the field a look where it has none. Raises Refused for an answer that cannot be written out."""
        kind = str(_inherited(widget, "/FT"))
        if kind == "/Btn":
            self._settle_button(widget)
        elif kind in ("/Tx", "/Ch"):
            text = self._answer(widget, kind)
            if self._looks_are_old or (text and not _shows_something(look_of(widget))):
                self.write(widget, text, self._form)

    def write(self, mark: Any, text: str, otherwise: Any) -> None:
        """Make the text the mark's look. `otherwise`: where the way to write stands if the mark does not say it."""
        flags = _number(_inherited(mark, "/Ff"))
        longest = _number(_inherited(mark, "/MaxLen"))
        way = pdf_writing.Way(
            str(_inherited(mark, "/DA") or otherwise.get("/DA") or ""),
            _number(_inherited(mark, "/Q") or otherwise.get("/Q")),
            bool(flags & MULTILINE) or mark.get("/Subtype") == "/FreeText",
            longest if flags & COMB else 0,
        )
        pdf_writing.write(self._pdf, mark, text, way, self._font)

    def _answer(self, widget: Any, kind: str) -> str:
        value = _inherited(widget, "/V")
        values = list(value) if isinstance(value, pikepdf.Array) else [value]
        texts = [text_of(one) for one in values]
        if kind == "/Ch":
            texts = [self._shown(widget, text) for text in texts]
        text = "\n".join(texts).strip()
        if len(text) > LONGEST:
            raise Refused("form")
        hidden = kind == "/Tx" and _number(_inherited(widget, "/Ff")) & PASSWORD
        return "*" * len(text) if hidden else text

    def _shown(self, widget: Any, chosen: str) -> str:
        """What a list shows for the value that it keeps."""
        options = _inherited(widget, "/Opt")
        for option in options if isinstance(options, pikepdf.Array) else ():
            if isinstance(option, pikepdf.Array) and len(option) == 2 and text_of(option[0]) == chosen:
                return text_of(option[1])
        return chosen

    def _settle_button(self, widget: Any) -> None:
        """A box that is ticked and has no look gets a cross; a button to press is no answer."""
        if _number(_inherited(widget, "/Ff")) & PUSH_BUTTON or look_of(widget) is not None:
            return
        looks = widget.get("/AP")
        normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
        state = widget.get("/AS", _inherited(widget, "/V"))
        if not isinstance(state, pikepdf.Name) or state == "/Off":
            return
        if isinstance(normal, pikepdf.Dictionary) and len(normal):
            if "/AS" not in widget and str(state) in normal:
                widget.AS = state
            return
        pdf_writing.write(self._pdf, widget, "X", pdf_writing.Way("", 1, False, 0), self._font)


def _shows_something(look: Any) -> bool:
    return look is not None and _SHOWS_SOMETHING.search(look.read_bytes() + b"\n") is not None


def _inherited(widget: Any, name: str) -> Any:
    """What the field says, or one that it is a part of."""
    for _ in range(30):
        if not isinstance(widget, pikepdf.Dictionary):
            return None
        if name in widget:
            return widget[name]
        widget = widget.get("/Parent")
    return None


def _number(value: Any) -> int:
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        return 0
