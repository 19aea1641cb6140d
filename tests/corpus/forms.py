"""PDFs with forms and marks over their pages."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from .case import SAME, WRITTEN, Case
from .pdf_making import FIELD, TEXT, drawing, field, mark, pdf_with, plain

BOX = tuple(float(side) for side in FIELD)
LOOK = b"/Tx BMC q BT /Helv 12 Tf 2 9 Td (Seen) Tj ET Q EMC"
MULTILINE, PASSWORD, COMB, COMBO = 1 << 12, 1 << 13, 1 << 24, 1 << 17
QUAD = Array([40, 130, 240, 130, 40, 100, 240, 100])
UPRIGHT = (100.0, 40.0, 130.0, 240.0)


def _with_look(value: str, look: bytes, **form: Any) -> Any:
    def change(new: pikepdf.Pdf, page: Any) -> None:
        widget: Any = field("/Tx", form, V=value, DA="/Helv 12 Tf 0 g")(new, page)
        widget.AP = Dictionary(N=drawing(new, look, Resources=Dictionary(Font=Dictionary(Helv=page.Resources.Font.F1))))

    return change


def _box(state: str, **also: Any) -> Any:
    def change(new: pikepdf.Pdf, page: Any) -> None:
        widget: Any = field("/Btn", None, V=Name(state), AS=Name(state), Rect=[40, 100, 60, 120], **also)(new, page)
        on, off = drawing(new, b"0 0 20 20 re f", [0, 0, 20, 20]), drawing(new, b"0 0 20 20 re S", [0, 0, 20, 20])
        widget.AP = Dictionary(N=Dictionary({"/Yes": on, "/Off": off}))

    return change


def _of_a_parent(new: pikepdf.Pdf, page: Any) -> None:
    widget: Any = mark("/Widget", F=4)(new, page)
    parent = new.make_indirect(Dictionary(FT=Name.Tx, T="f", V="Inherited answer", Kids=Array([widget])))
    widget.Parent = parent
    new.Root.AcroForm = Dictionary(Fields=Array([parent]), DA="/Helv 12 Tf 0 g")


def _hidden(new: pikepdf.Pdf, page: Any) -> None:
    field("/Tx", V="Hidden")(new, page)
    page.Annots[0].F = 2


def _only_xfa(new: pikepdf.Pdf, page: Any) -> None:
    new.Root.AcroForm = Dictionary(Fields=Array(), XFA=new.make_stream(b"<xdp/>"))
    new.Root.NeedsRendering = True


def _on_a_turned_page(new: pikepdf.Pdf, page: Any) -> None:
    page.Rotate = 90
    field("/Tx", V="Turned answer", Rect=[100, 40, 130, 240], MK=Dictionary(R=90))(new, page)


def _in_a_layer(on: bool) -> Any:
    def change(new: pikepdf.Pdf, page: Any) -> None:
        layer = new.make_indirect(Dictionary(Type=Name.OCG, Name="Layer"))
        new.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary({"/ON" if on else "/OFF": Array([layer])}))
        mark("/Stamp", OC=layer, look=b"0 0 200 30 re f")(new, page)

    return change


def _attached(new: pikepdf.Pdf, page: Any) -> None:
    file = Dictionary(Type=Name.Filespec, F="a.txt", EF=Dictionary(F=new.make_stream(b"secret")))
    mark("/FileAttachment", FS=file, look=b"0 0 20 20 re f")(new, page)


_with_a_bar = pdf_with(lambda new, page: None, TEXT + b"1 1 0 rg 40 100 200 30 re f")

CASES = [
    Case("field with its look", "a.pdf", pdf_with(_with_look("Seen", LOOK)), inked=BOX),
    Case("field without a look", "a.pdf", pdf_with(field("/Tx", V="Almaty, 17-B")), WRITTEN, inked=BOX),
    Case("field without a look, in Kazakh", "a.pdf", pdf_with(field("/Tx", V="Қызылорда қаласы")), WRITTEN, inked=BOX),
    Case("field with an empty look", "a.pdf", pdf_with(_with_look("Seen", b"/Tx BMC EMC")), WRITTEN, inked=BOX),
    Case(
        "field with an old look",
        "a.pdf",
        pdf_with(_with_look("New", b"0 0 200 30 re f", NeedAppearances=True)),
        WRITTEN,
        inked=(40, 105, 75, 125),
        blank=(120, 100, 240, 130),
    ),
    Case(
        "field of several lines",
        "a.pdf",
        pdf_with(field("/Tx", V="one\ntwo\nthree", Ff=MULTILINE, Rect=[40, 40, 240, 130])),
        WRITTEN,
        inked=(40, 80, 80, 110),
    ),
    Case(
        "field of cells",
        "a.pdf",
        pdf_with(field("/Tx", V="900101400017", Ff=COMB, MaxLen=12)),
        WRITTEN,
        inked=(225, 105, 240, 125),
    ),
    Case(
        "field of a secret", "a.pdf", pdf_with(field("/Tx", V="secret", Ff=PASSWORD)), WRITTEN, inked=(40, 105, 90, 130)
    ),
    Case(
        "list that shows another word than it keeps",
        "a.pdf",
        pdf_with(field("/Ch", V="k", Ff=COMBO, Opt=Array([Array(["k", "Kindergarten seventeen"])]))),
        WRITTEN,
        inked=(120, 105, 170, 130),
    ),
    Case("field whose answer its parent has", "a.pdf", pdf_with(_of_a_parent), WRITTEN, inked=BOX),
    Case("field on a turned page", "a.pdf", pdf_with(_on_a_turned_page), WRITTEN, inked=UPRIGHT),
    Case(
        "field with a border",
        "a.pdf",
        pdf_with(field("/Tx", V="Framed", MK=Dictionary(BC=Array([0])))),
        WRITTEN,
        inked=(150, 98, 230, 103),
    ),
    Case("field nobody filled", "a.pdf", pdf_with(field("/Tx")), SAME, plain, blank=BOX),
    Case("field that is hidden", "a.pdf", pdf_with(_hidden), SAME, plain, blank=BOX),
    Case("ticked box with its look", "a.pdf", pdf_with(_box("/Yes")), inked=(42, 102, 58, 118)),
    Case("empty box with its look", "a.pdf", pdf_with(_box("/Off")), blank=(43, 103, 57, 117)),
    Case(
        "ticked box without a look",
        "a.pdf",
        pdf_with(field("/Btn", V=Name.Yes, AS=Name.Yes, Rect=[40, 100, 60, 120])),
        WRITTEN,
        inked=(40, 100, 60, 120),
    ),
    Case("answer in letters that we cannot write", "a.pdf", pdf_with(field("/Tx", V="北京市")), "form"),
    Case("answer that does not fit", "a.pdf", pdf_with(field("/Tx", V="long " * 60)), "form"),
    Case("form that only one program shows", "a.pdf", pdf_with(_only_xfa), "form"),
    Case(
        "highlighting with its look",
        "a.pdf",
        pdf_with(mark("/Highlight", QuadPoints=QUAD, look=b"1 1 0 rg 0 0 200 30 re f")),
        SAME,
        _with_a_bar,
    ),
    Case(
        "highlighting without a look",
        "a.pdf",
        pdf_with(mark("/Highlight", QuadPoints=QUAD, C=Array([0.4, 0.4, 0]))),
        WRITTEN,
        inked=BOX,
    ),
    Case(
        "underlining without a look",
        "a.pdf",
        pdf_with(mark("/Underline", QuadPoints=QUAD, C=Array([0]))),
        WRITTEN,
        inked=(60, 99, 220, 106),
    ),
    Case(
        "striking out without a look",
        "a.pdf",
        pdf_with(mark("/StrikeOut", QuadPoints=QUAD, C=Array([0]))),
        WRITTEN,
        inked=(60, 110, 220, 120),
    ),
    Case(
        "signature drawn by finger",
        "a.pdf",
        pdf_with(mark("/Ink", InkList=Array([Array([50, 105, 120, 125, 230, 105])]), C=Array([0]), BS=Dictionary(W=3))),
        inked=(110, 110, 130, 128),
    ),
    Case("frame without a look", "a.pdf", pdf_with(mark("/Square", C=Array([0]), BS=Dictionary(W=4)))),
    Case(
        "circle without a look", "a.pdf", pdf_with(mark("/Circle", C=Array([0]), IC=Array([0.5]), BS=Dictionary(W=2)))
    ),
    Case(
        "line without a look",
        "a.pdf",
        pdf_with(mark("/Line", L=Array([45, 115, 235, 115]), C=Array([0]), BS=Dictionary(W=3))),
    ),
    Case(
        "polygon without a look",
        "a.pdf",
        pdf_with(mark("/Polygon", Vertices=Array([50, 102, 230, 102, 140, 128]), C=Array([0]))),
    ),
    Case(
        "typed over the page, with its look",
        "a.pdf",
        pdf_with(mark("/FreeText", Contents="Seen", look=b"0 0 100 15 re f")),
    ),
    Case(
        "typed over the page, without a look",
        "a.pdf",
        pdf_with(mark("/FreeText", Contents="Мекенжайым өзгерді", DA="/Helv 12 Tf 0 g")),
        WRITTEN,
        inked=BOX,
    ),
    Case("stamp", "a.pdf", pdf_with(mark("/Stamp", Contents="APPROVED", look=b"0 0 200 30 re f"))),
    Case("stamp without a look", "a.pdf", pdf_with(mark("/Stamp", Name=Name.Approved)), "notes"),
    Case("note", "a.pdf", pdf_with(mark("/Text", Contents="The second page is older")), "notes"),
    Case(
        "note with a sign on the page",
        "a.pdf",
        pdf_with(mark("/Text", Contents="Older", look=b"0 0 20 20 re f")),
        "notes",
    ),
    Case(
        "highlighting with a note",
        "a.pdf",
        pdf_with(mark("/Highlight", QuadPoints=QUAD, Contents="wrong!", look=b"0 0 9 9 re f")),
        "notes",
    ),
    Case("note that is hidden", "a.pdf", pdf_with(mark("/Text", Contents="Hidden", F=2)), SAME, plain),
    Case("stamp for the printer alone", "a.pdf", pdf_with(mark("/Stamp", F=32, look=b"0 0 200 30 re f")), SAME, plain),
    Case("stamp in a layer that is off", "a.pdf", pdf_with(_in_a_layer(on=False)), SAME, plain),
    Case("stamp in a layer that is on", "a.pdf", pdf_with(_in_a_layer(on=True)), inked=BOX),
    Case("file pinned to a page", "a.pdf", pdf_with(_attached), "attached"),
    Case("film on a page", "a.pdf", pdf_with(mark("/Screen")), "attached"),
    Case(
        "link",
        "a.pdf",
        pdf_with(mark("/Link", Border=Array([0, 0, 0]), A=Dictionary(S=Name.URI, URI="https://evil.example"))),
        SAME,
        plain,
    ),
]
