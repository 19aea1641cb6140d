"""Text written into a rectangle of a page, as a stencil: any letter of ours, whatever fonts the document has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from .refused import Refused

DOTS = 4  # a point: 288 an inch
MOST_DOTS = 12_000_000
SMALLEST, USUAL = 4.0, 12.0  # points
MARGIN = 2.0
_SIZE = re.compile(r"([\d.]{1,12})\s{1,9}Tf")
_COLOUR = re.compile(r"((?:[\d.]{1,12}\s{1,9}){1,4}(?:g|rg|k))\b")
_SPEAKS = re.compile("\\A[\n\t -~\u00a0-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2116\u2122]*\\Z")


@dataclass(frozen=True)
class Way:
    """How to write: the default appearance of the field, 0 left 1 middle 2 right, lines, cells (0: none)."""

    appearance: str
    align: int
    lines: bool
    cells: int


def write(pdf: Any, mark: Any, text: str, way: Way, font: str) -> None:
    """Make the text the look of the mark. Raises Refused("form") where it does not fit, or we lack a letter."""
    left, bottom, right, top = (float(side) for side in mark.Rect)
    width, height = abs(right - left), abs(top - bottom)
    looks = mark.get("/MK", pikepdf.Dictionary())
    turn = int(looks.get("/R", 0)) % 360
    if turn in (90, 270):
        width, height = height, width
    drawing, pictures = _frame(looks, width, height), pikepdf.Dictionary()
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if text:
        if not _SPEAKS.match(text) or width * height * DOTS * DOTS > MOST_DOTS or min(width, height) < 1:
            raise Refused("form")
        colour = _COLOUR.search(way.appearance)
        stencil = _stencil(text if way.lines else text.replace("\n", " "), width, height, way, font)
        pictures.T = _picture(pdf, stencil)
        drawing += f"q {colour[1] if colour else '0 g'} {width:.3f} 0 0 {height:.3f} 0 0 cm /T Do Q\n"
    look = pdf.make_stream(drawing.encode("ascii"))
    look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    look.BBox = [0, 0, width, height]
    look.Resources = pikepdf.Dictionary(XObject=pictures)
    if turn:
        look.Matrix = {90: [0, 1, -1, 0, 0, 0], 180: [-1, 0, 0, -1, 0, 0], 270: [0, -1, 1, 0, 0, 0]}[turn]
    mark.AP = pikepdf.Dictionary(N=look)
    if "/AS" in mark:
        del mark["/AS"]


def _frame(looks: Any, width: float, height: float) -> str:
    """The field's own background and border."""
    drawing = ""
    for name, signs, how in (("/BG", ("g", "rg", "k"), "f"), ("/BC", ("G", "RG", "K"), "S")):
        colour = [float(part) for part in looks.get(name, [])]
        if len(colour) in (1, 3, 4):
            sign = signs[(1, 3, 4).index(len(colour))]
            parts = " ".join(f"{part:.3f}" for part in colour)
            drawing += f"q {parts} {sign} 0.5 0.5 {max(0, width - 1):.3f} {max(0, height - 1):.3f} re {how} Q\n"
    return drawing


def _stencil(text: str, width: float, height: float, way: Way, font: str) -> Image.Image:
    """The text in the largest size up to the wanted one in which all of it fits."""
    found = _SIZE.search(way.appearance)
    wanted = float(found[1]) if found else 0.0
    size = min(wanted or min(USUAL, max(SMALLEST, height * 0.7)), 200.0)
    while size >= SMALLEST:
        letters = ImageFont.truetype(font, round(size * DOTS), layout_engine=ImageFont.Layout.BASIC)
        lines = _lines(text, letters, (width - 2 * MARGIN) * DOTS, way)
        if lines is not None and len(lines) * size * 1.2 <= max(height, size * 1.2 if not way.lines else 0):
            return _draw(lines, letters, size, width, height, way)
        size *= 0.92
    raise Refused("form")


def _lines(text: str, letters: Any, room: float, way: Way) -> list[str] | None:
    """The lines that it takes, or None where it does not fit into one."""
    if way.cells:
        return [text] if len(text) <= way.cells else None
    if not way.lines:
        return [text] if letters.getlength(text) <= room else None
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if letters.getlength(longer) <= room:
                line = longer
                continue
            if letters.getlength(word) > room:
                return None
            lines.append(line)
            line = word
        lines.append(line)
    return lines


def _draw(lines: list[str], letters: Any, size: float, width: float, height: float, way: Way) -> Image.Image:
    picture = Image.new("1", (max(1, round(width * DOTS)), max(1, round(height * DOTS))), 1)
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1"
    step = size * 1.2 * DOTS
    down = MARGIN * DOTS if way.lines else (picture.height - step) / 2
    for number, line in enumerate(lines):
        place = (0.0, down + number * step)
        if way.cells:
            cell = picture.width / way.cells
            for at, letter in enumerate(line):
                pen.text(((at + 0.5) * cell - letters.getlength(letter) / 2, place[1]), letter, 0, letters)
            continue
        spare = picture.width - 2 * MARGIN * DOTS - letters.getlength(line)
        pen.text((MARGIN * DOTS + spare * way.align / 2, place[1]), line, 0, letters)
    return picture


def _picture(pdf: Any, stencil: Image.Image) -> Any:
    """Ones let the page through, zeros are painted."""
    stream = pdf.make_stream(stencil.tobytes())
    stream.Type, stream.Subtype, stream.ImageMask = pikepdf.Name.XObject, pikepdf.Name.Image, True
    stream.Width, stream.Height, stream.BitsPerComponent = stencil.width, stencil.height, 1
    return stream
