"""Sheets set as PDF by typst, with the fonts that are shipped: the same sheet gives the same bytes everywhere."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import typst
from PIL import Image

from .printable import FONTS, make_printable

Standard = Literal["a-2a"]

_ROOT = Path(__file__).parents[2] / "papers"


THUMBNAIL = (72, 102)  # pixels, a sheet of A4
PIXELS_PER_INCH = 100  # of a page as a picture: a paper is read on it without a glass


def typeset(template: str, sheet: Mapping[str, Any], standards: Sequence[Standard] = ()) -> bytes:
    """A PDF of `sheet`, JSON values, by a template of portal/papers. `standards`: as typst names them, "a-2a".

    Whatever its texts hold, it is drawn: a box stands for a sign that no font has.
    """
    return typst.compile(**_what(template, sheet), format="pdf", pdf_standards=list(standards))


def picture(template: str, sheet: Mapping[str, Any]) -> bytes:
    """What typeset() sets as one PNG: its pages one below the other."""
    drawn = typst.compile(**_what(template, sheet), format="png", ppi=PIXELS_PER_INCH)
    pages = [Image.open(io.BytesIO(page)) for page in (drawn if isinstance(drawn, list) else [drawn])]
    whole = Image.new("RGB", (pages[0].width, sum(page.height for page in pages)), "white")
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    out = io.BytesIO()
    whole.quantize(16, method=Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def thumbnail(template: str, sheet: Mapping[str, Any]) -> bytes:
    """The first page of what typeset() sets, as a PNG of at most 3 kB: its shape, not its words."""
    drawn = typst.compile(**_what(template, sheet), format="png", ppi=PIXELS_PER_INCH)
    page = Image.open(io.BytesIO(drawn[0] if isinstance(drawn, list) else drawn)).convert("L")
    out = io.BytesIO()
    page.resize(THUMBNAIL, Image.Resampling.BOX).quantize(8).save(out, "PNG", optimize=True)
    return out.getvalue()


def _what(template: str, sheet: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "input": str(_ROOT / template),
        "root": str(_ROOT),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"sheet": json.dumps(make_printable(dict(sheet)), ensure_ascii=False)},
    }
