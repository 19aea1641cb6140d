"""Marks on a page that say where they are and leave their look to the program: lines, frames, underlinings."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pikepdf

_SIGNS = {1: ("G", "g"), 3: ("RG", "rg"), 4: ("K", "k")}


def draw(pdf: Any, mark: Any) -> bool:
    """Give the mark the look that programs give it; False for a kind that has none of its own."""
    shape = _SHAPES.get(str(mark.get("/Subtype")))
    if shape is None:
        return False
    line, fill = _colour(mark, "/C", 0), _colour(mark, "/IC", 1)
    width = _width(mark)
    drawing = f"{line or '0 G'} {_colour(mark, '/C', 1) if shape is _highlight else fill} {width:.2f} w\n"
    drawing += shape(mark, "B" if fill else "S")
    look = pdf.make_stream(drawing.encode("ascii"))
    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox = mark.Rect
    state = pikepdf.Dictionary(CA=mark.get("/CA", 1), ca=mark.get("/CA", 1))
    if shape is _highlight:
        state.BM = pikepdf.Name.Multiply
    look.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(S=state))
    look.write(b"/S gs\n" + look.read_bytes())
    mark.AP = pikepdf.Dictionary(N=look)
    return True


def _numbers(value: Any) -> list[float]:
    return [float(one) for one in value] if isinstance(value, pikepdf.Array) else []


def _colour(mark: Any, name: str, which: int) -> str:
    """The operator that sets it, "" for none."""
    parts = _numbers(mark.get(name))
    return " ".join(f"{part:.3f}" for part in parts) + f" {_SIGNS[len(parts)][which]}" if len(parts) in _SIGNS else ""


def _width(mark: Any) -> float:
    style, border = mark.get("/BS"), _numbers(mark.get("/Border"))
    if isinstance(style, pikepdf.Dictionary):
        return float(style.get("/W", 1))
    return border[2] if len(border) >= 3 else 1.0


def _quads(mark: Any) -> list[list[float]]:
    """Left and right end of the top and of the bottom of each marked piece of text."""
    points = _numbers(mark.get("/QuadPoints"))
    return [points[at : at + 8] for at in range(0, len(points) - 7, 8)]


def _highlight(mark: Any, how: str) -> str:
    return "".join(
        f"{x1} {y1} m {x2} {y2} l {x4} {y4} l {x3} {y3} l f\n" for x1, y1, x2, y2, x3, y3, x4, y4 in _quads(mark)
    )


def _underline(mark: Any, how: str) -> str:
    return "".join(f"{x3} {y3 + 1} m {x4} {y4 + 1} l S\n" for _, _, _, _, x3, y3, x4, y4 in _quads(mark))


def _strike(mark: Any, how: str) -> str:
    return "".join(
        f"{(x1 + x3) / 2} {(y1 + y3) / 2} m {(x2 + x4) / 2} {(y2 + y4) / 2} l S\n"
        for x1, y1, x2, y2, x3, y3, x4, y4 in _quads(mark)
    )


def _square(mark: Any, how: str) -> str:
    left, bottom, right, top = _numbers(mark.Rect)
    inset = _width(mark) / 2
    return f"{left + inset} {bottom + inset} {right - left - 2 * inset} {top - bottom - 2 * inset} re {how}\n"


def _circle(mark: Any, how: str) -> str:
    left, bottom, right, top = _numbers(mark.Rect)
    inset, bend = _width(mark) / 2, 0.5523
    x, y = (left + right) / 2, (bottom + top) / 2
    a, b = (right - left) / 2 - inset, (top - bottom) / 2 - inset
    quarters = ((a, 0, 0, b), (0, b, -a, 0), (-a, 0, 0, -b), (0, -b, a, 0))
    drawing = f"{x + a} {y} m\n"
    for x1, y1, x2, y2 in quarters:
        drawing += (
            f"{x + x1 + bend * x2} {y + y1 + bend * y2} {x + x2 + bend * x1} {y + y2 + bend * y1} {x + x2} {y + y2} c\n"
        )
    return drawing + f"{how}\n"


def _path(points: list[float], end: str) -> str:
    places = list(zip(points[::2], points[1::2], strict=False))
    if not places:
        return ""
    steps = "".join(f"{x} {y} l " for _, (x, y) in pairwise(places))
    return f"{places[0][0]} {places[0][1]} m {steps}{end}\n"


def _line(mark: Any, how: str) -> str:
    return _path(_numbers(mark.get("/L")), "S")


def _ink(mark: Any, how: str) -> str:
    strokes = mark.get("/InkList")
    return "".join(_path(_numbers(stroke), "S") for stroke in (strokes if isinstance(strokes, pikepdf.Array) else ()))


def _open_path(mark: Any, how: str) -> str:
    return _path(_numbers(mark.get("/Vertices")), "S")


def _closed_path(mark: Any, how: str) -> str:
    return _path(_numbers(mark.get("/Vertices")), f"h {how}")


_SHAPES = {
    "/Highlight": _highlight, "/Underline": _underline, "/Squiggly": _underline, "/StrikeOut": _strike,
    "/Square": _square, "/Circle": _circle, "/Line": _line, "/Ink": _ink, "/PolyLine": _open_path,
    "/Polygon": _closed_path,
}  # fmt: skip
