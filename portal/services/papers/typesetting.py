"""Sheets set as PDF by typst, with the fonts that are shipped: the same sheet gives the same bytes everywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import typst

from .printable import FONTS, make_printable

Standard = Literal["a-2a"]

_ROOT = Path(__file__).parents[2] / "papers"


def typeset(template: str, sheet: Mapping[str, Any], standards: Sequence[Standard] = ()) -> bytes:
    """A PDF of `sheet`, JSON values, by a template of portal/papers. `standards`: as typst names them, "a-2a".

    Whatever its texts hold, it is drawn: a box stands for a sign that no font has.
    """
    return typst.compile(
        str(_ROOT / template),
        root=str(_ROOT),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(make_printable(dict(sheet)), ensure_ascii=False)},
        format="pdf",
        pdf_standards=list(standards),
    )
