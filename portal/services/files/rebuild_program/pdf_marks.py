"""What lies over a page becomes part of its drawing: answers of forms, marks, stamps.

What has an appearance is drawn as it looks. An answer without one is written out; a note that opens only in a program
is refused, since the officer would not see it. What the sender did not see on the screen either is left out.
"""

from __future__ import annotations

from typing import Any

import pikepdf

from . import pdf_fields, pdf_shapes
from .pdf_looks import look_of, text_of
from .refused import Refused

HIDDEN, NO_VIEW = 2, 32
NOT_OF_THE_PAGE = ("/Popup", "/Link", "/TrapNet", "/PrinterMark")
ELSEWHERE = ("/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D")
LOOK_SAYS_IT_ALL = ("/Stamp", "/Watermark", "/FreeText", "/Redact")


def draw(pdf: Any, font: str) -> None:
    """`font`: the path of a TrueType file for what has to be written out. Raises Refused."""
    form = pdf.Root.get("/AcroForm")
    form = form if isinstance(form, pikepdf.Dictionary) else pikepdf.Dictionary()
    marks = [mark for page in pdf.pages for mark in _marks_of(page)]
    only_xfa = "/XFA" in form and not any(mark.get("/Subtype") == "/Widget" for mark in marks)
    if only_xfa or pdf.Root.get("/NeedsRendering", False):  # the page says "please wait"
        raise Refused("form")
    fields = pdf_fields.Fields(pdf, form, font)
    for mark in marks:
        if not int(mark.get("/F", 0)) & (HIDDEN | NO_VIEW):
            _settle(pdf, mark, fields)
    if "/NeedAppearances" in form:
        del form["/NeedAppearances"]  # done
    pdf.flatten_annotations("screen")


def _marks_of(page: Any) -> list[Any]:
    marks = page.obj.get("/Annots")
    if not isinstance(marks, pikepdf.Array):
        return []
    return [mark for mark in marks if isinstance(mark, pikepdf.Dictionary)]


def _settle(pdf: Any, mark: Any, fields: pdf_fields.Fields) -> None:
    kind = str(mark.get("/Subtype"))
    if kind in NOT_OF_THE_PAGE:
        return
    if kind in ELSEWHERE:
        raise Refused("attached")
    if kind == "/Widget":
        fields.settle(mark)
    elif kind == "/FreeText":
        if look_of(mark) is None:
            fields.write(mark, text_of(mark.get("/Contents")), mark)
    elif (kind not in LOOK_SAYS_IT_ALL and _says_more(mark)) or (
        look_of(mark) is None and kind != "/Text" and not pdf_shapes.draw(pdf, mark)
    ):
        raise Refused("notes")
    look = look_of(mark)
    if look is not None and "/OC" in mark and "/OC" not in look:
        look.OC = mark.OC  # a layer that is off hides it still


def _says_more(mark: Any) -> bool:
    return any(text_of(mark.get(name)).strip() for name in ("/Contents", "/RC"))
