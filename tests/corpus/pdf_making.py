"""Small PDFs with something on their pages, and whatever else a test wants to hang on them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

WIDTH, HEIGHT = 300, 400
TEXT = b"BT /F1 20 Tf 40 350 Td (Certificate 17-B) Tj ET 40 300 200 2 re f\n"
FIELD = [40, 100, 240, 130]  # where fields and marks lie


def new_pdf(content: bytes = TEXT, pages: int = 1) -> pikepdf.Pdf:
    new = pikepdf.new()
    font = new.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for _ in range(pages):
        page = new.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = new.make_stream(content)
    return new


def written(new: pikepdf.Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    how.setdefault("deterministic_id", "encryption" not in how)
    new.save(out, **how)
    return out.getvalue()


def pdf_with(change: Callable[[pikepdf.Pdf, Any], object], content: bytes = TEXT, **how: Any) -> Callable[[], bytes]:
    """A maker of the PDF of one page after `change(pdf, page object)`."""

    def make() -> bytes:
        new = new_pdf(content)
        change(new, new.pages[0].obj)
        return written(new, **how)

    return make


def plain() -> bytes:
    return written(new_pdf())


def drawing(new: pikepdf.Pdf, content: bytes, box: list[int] | None = None, **also: Any) -> Any:
    """A form XObject."""
    stream = new.make_stream(content)
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, box or [0, 0, 200, 30]
    for name, value in also.items():
        stream[f"/{name}"] = value
    return stream


def mark(kind: str, **also: Any) -> Callable[[pikepdf.Pdf, Any], object]:
    """A change that lays a mark over the page; with `look` (bytes) it has an appearance."""

    def change(new: pikepdf.Pdf, page: Any) -> object:
        values = dict(also)
        look = values.pop("look", None)
        one = Dictionary({"/Type": Name.Annot, "/Subtype": Name(kind), "/Rect": Array(values.pop("Rect", FIELD))})
        for name, value in values.items():
            one[f"/{name}"] = value
        if look is not None:
            one.AP = Dictionary(N=drawing(new, look))
        one = new.make_indirect(one)
        page.Annots = Array([*page.get("/Annots", Array()), one])
        return one

    return change


def field(kind: str, form: dict[str, Any] | None = None, **also: Any) -> Callable[[pikepdf.Pdf, Any], object]:
    """A change that adds a field of a form."""

    def change(new: pikepdf.Pdf, page: Any) -> object:
        widget = mark("/Widget", FT=Name(kind), T="f", F=4, **also)(new, page)
        font = page.Resources.Font.F1
        new.Root.AcroForm = Dictionary(
            Fields=Array([widget]), DA="/Helv 12 Tf 0 g", DR=Dictionary(Font=Dictionary(Helv=font))
        )
        for name, value in (form or {}).items():
            new.Root.AcroForm[f"/{name}"] = value
        return widget

    return change


def picture(new: pikepdf.Pdf, data: bytes, width: int, height: int, packed: Any, **also: Any) -> Any:
    stream = new.make_stream(b"")
    values = {"Type": Name.XObject, "Subtype": Name.Image, "Width": width, "Height": height, "BitsPerComponent": 8,
              "ColorSpace": Name.DeviceRGB, **also}  # fmt: skip
    parameters = values.pop("DecodeParms", None)
    for name, value in values.items():
        stream[f"/{name}"] = value
    stream.write(data, filter=packed, decode_parms=parameters)
    return stream


def showing(new: pikepdf.Pdf, page: Any, *pictures: Any) -> None:
    """Each picture in a strip of its own, from the top down."""
    page.Resources.XObject = Dictionary({f"/P{number}": one for number, one in enumerate(pictures)})
    strip = HEIGHT // len(pictures)
    lines = [f"q {WIDTH} 0 0 {strip} 0 {HEIGHT - (n + 1) * strip} cm /P{n} Do Q" for n in range(len(pictures))]
    page.Contents = new.make_stream("\n".join(lines).encode())
