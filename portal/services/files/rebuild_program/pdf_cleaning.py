"""Of what pages draw with, all that does not draw goes; what would take a reader too long is refused."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

from . import pdf_pictures
from .refused import Refused

# In these dictionaries names are free: what is called /JS in there is a picture that somebody called so.
NAMED = (
    "/XObject", "/Font", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/CharProcs", "/Colorants",
)  # fmt: skip
TELLING = (
    "/Metadata", "/PieceInfo", "/OPI", "/AF", "/Ref", "/StructParent", "/StructParents", "/Measure", "/PtData",
    "/JS", "/A", "/AA", "/OpenAction", "/URI", "/Next", "/EF", "/Annots", "/AcroForm", "/Names", "/Alternates",
    "/Thumb", "/LastModified", "/Parent",
)  # fmt: skip
_COMPOUND = (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)
_DRAWS = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(?:Do|gs|scn|SCN)\b")
MOST_DRAWN = 1_500_000_000  # bytes that a reader has to go through for one page, repetitions counted
_DEEPEST = 40


def clean(pdf: Any, limits: dict[str, Any]) -> None:
    """`pdf` has pages and layers alone. Raises Refused."""
    _forget_what_tells(pdf)
    cost = _Cost(limits)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            if "/F" in item or item.get("/Subtype") == "/PS":  # content in another file; a program for printers
                raise Refused("broken")
            cost.count(pdf, item)
    for page in pdf.pages:
        cost.of_page(page)


def _forget_what_tells(pdf: Any) -> None:
    seen: set[tuple[tuple[int, int], bool]] = set()
    left: list[tuple[Any, bool]] = [(page.obj, False) for page in pdf.pages]
    left.append((pdf.Root.get("/OCProperties"), False))
    while left:
        item, named = left.pop()
        if not isinstance(item, _COMPOUND):
            continue
        if item.is_indirect:
            if (item.objgen, named) in seen:
                continue
            seen.add((item.objgen, named))
        if isinstance(item, pikepdf.Array):
            left += [(one, False) for one in item]
            continue
        for name in list(item.keys()):
            if name == "/Parent" and item.get("/Type") == "/Page":
                continue
            value = item[name]
            if (name in TELLING and not named) or (named and isinstance(value, pikepdf.String)):
                del item[name]
            else:
                left.append((value, not named and name in NAMED and isinstance(value, pikepdf.Dictionary)))


class _Cost:
    """What a reader has to go through: bytes unpacked, pictures by their pixels, as often as they are drawn."""

    def __init__(self, limits: dict[str, Any]) -> None:
        self._limits, self._unpacked = limits, 0
        self._own: dict[tuple[int, int], int] = {}  # bytes of a stream itself
        self._all: dict[tuple[int, int], int] = {}  # with everything it draws
        self._draws: dict[tuple[int, int], list[str]] = {}

    def count(self, pdf: Any, stream: Any) -> None:
        if stream.get("/Subtype") == "/Image":
            self._own[stream.objgen] = self._all[stream.objgen] = pdf_pictures.settle(pdf, stream, self._limits)
            return
        data = _unpacked(stream)
        self._unpacked += len(data)
        if self._unpacked > self._limits["most_unpacked"]:
            raise Refused("too_complex")
        self._own[stream.objgen] = len(data)
        if stream.get("/Subtype") == "/Form" or "/PatternType" in stream:
            self._draws[stream.objgen] = _names_drawn(data)

    def of_page(self, page: Any) -> None:
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        parts = [part for part in parts if isinstance(part, pikepdf.Stream)]
        names = [name for part in parts for name in _names_drawn(_unpacked(part))]
        resources = page.obj.get("/Resources")
        if sum(self._of(one, resources, ()) for one in _drawn(names, resources)) > MOST_DRAWN:
            raise Refused("too_complex")

    def _of(self, stream: Any, resources: Any, chain: tuple[tuple[int, int], ...]) -> int:
        key = stream.objgen
        if key in chain or len(chain) > _DEEPEST:  # it draws itself
            raise Refused("too_complex")
        if key not in self._all:
            own = stream.get("/Resources", resources)
            total = self._own.get(key, 0) + 100
            for one in _drawn(self._draws.get(key, []), own):
                total += self._of(one, own, (*chain, key))
                if total > MOST_DRAWN:
                    raise Refused("too_complex")
            self._all[key] = total
        return self._all[key]


def _unpacked(stream: Any) -> bytes:
    """As it comes where it cannot be unpacked: a reader shows the page without it, or what it can of it."""
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def _names_drawn(data: bytes) -> list[str]:
    return ["/" + name.decode("latin-1") for name in _DRAWS.findall(data)]


def _drawn(names: list[str], resources: Any) -> list[Any]:
    """The streams behind the names: forms and pictures, patterns, masks of graphics states."""
    found: list[Any] = []
    if not isinstance(resources, pikepdf.Dictionary):
        return found
    tables = [
        table
        for kind in ("/XObject", "/Pattern", "/ExtGState")
        if isinstance(table := resources.get(kind), pikepdf.Dictionary)
    ]
    known = {name: list(_streams_of(name, tables)) for name in set(names)}
    for name in names:
        found += known[name]
    return found


def _streams_of(name: str, tables: list[Any]) -> Any:
    for table in tables:
        value = table.get(name)
        if isinstance(value, pikepdf.Stream):
            yield value
        elif isinstance(value, pikepdf.Dictionary):
            mask = value.get("/SMask")
            if isinstance(mask, pikepdf.Dictionary) and isinstance(mask.get("/G"), pikepdf.Stream):
                yield mask.G
