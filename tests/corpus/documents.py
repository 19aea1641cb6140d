"""PDFs as programs, scanners and telephones make them, and as they arrive damaged."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests import files_to_upload as files

from .case import SAME, Case
from .pdf_making import FIELD, TEXT, drawing, mark, new_pdf, pdf_with, picture, plain, showing, written
from .pictures import form_page, jpeg_of

BOX = tuple(float(side) for side in FIELD)
SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert('evil')")
SECRET = b"/OC /L BDC 40 100 200 30 re f EMC "


def _layered(**configuration: Callable[[Any], Any]) -> Callable[[pikepdf.Pdf, Any], None]:
    """A page with a bar in a layer; what the configuration says of it is given the layer."""

    def change(new: pikepdf.Pdf, page: Any) -> None:
        layer = new.make_indirect(Dictionary(Type=Name.OCG, Name="Layer"))
        page.Resources.Properties = Dictionary(L=layer)
        shown = Dictionary({f"/{name}": value(layer) for name, value in configuration.items()})
        new.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=shown)

    return change


def _in_both_layers(new: pikepdf.Pdf, page: Any) -> None:
    """Shown where any of two layers is on; both are off."""
    layers = [new.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in "ab"]
    page.Resources.Properties = Dictionary(L=Dictionary(Type=Name.OCMD, OCGs=Array(layers), P=Name.AnyOn))
    new.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary(OFF=Array(layers)))


def _page(**values: Any) -> Callable[[pikepdf.Pdf, Any], None]:
    def change(new: pikepdf.Pdf, page: Any) -> None:
        for name, value in values.items():
            page[f"/{name}"] = value

    return change


def _from_the_tree(new: pikepdf.Pdf, page: Any) -> None:
    tree = new.Root.Pages
    for name in ("/MediaBox", "/Resources"):
        tree[name] = page[name]
        del page[name]
    tree.Rotate = 90


def _see_through(new: pikepdf.Pdf, page: Any) -> None:
    page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
    page.Resources.ExtGState = Dictionary(G=Dictionary(ca=0.5, BM=Name.Multiply))
    page.Contents = new.make_stream(TEXT + b"/G gs 0 1 1 rg 0 200 300 200 re f")


def _masked(new: pikepdf.Pdf, page: Any) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    hole = drawing(new, b"1 g 0 0 100 400 re f", [0, 0, 300, 400], Group=group)
    page.Resources.ExtGState = Dictionary(M=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=hole)))
    page.Contents = new.make_stream(b"/M gs 0 0 300 400 re f")


def _tiled(new: pikepdf.Pdf, page: Any) -> None:
    tile = new.make_stream(b"0 0 5 5 re f")
    for name, value in {"PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": Array([0, 0, 10, 10]), "XStep": 10,
                        "YStep": 10, "Resources": Dictionary()}.items():  # fmt: skip
        tile[f"/{name}"] = value
    page.Resources.Pattern = Dictionary(T=tile)
    page.Contents = new.make_stream(b"/Pattern cs /T scn 0 0 200 200 re f")


def _own_letters(new: pikepdf.Pdf, page: Any) -> None:
    letter = new.make_stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
    page.Resources.Font.T3 = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 750, 750]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=Dictionary(A=letter),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.A])),
        FirstChar=97, LastChar=97, Widths=Array([1000]), Resources=Dictionary(),
    )  # fmt: skip
    page.Contents = new.make_stream(b"BT /T3 60 Tf 50 200 Td (aaa) Tj ET")


def _labelled(new: pikepdf.Pdf, page: Any) -> None:
    new.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r, St=7)]))
    new.Root.ViewerPreferences = Dictionary(HideToolbar=True)


def _attached(new: pikepdf.Pdf, page: Any) -> None:
    new.attachments["data.xml"] = b"<same/>"


def _portfolio(new: pikepdf.Pdf, page: Any) -> None:
    _attached(new, page)
    new.Root.Collection = Dictionary(View=Name.D)


def _scripted(new: pikepdf.Pdf, page: Any) -> None:
    new.Root.OpenAction = page.AA = SCRIPT
    new.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", SCRIPT])))


def _script_in_resources(new: pikepdf.Pdf, page: Any) -> None:
    page.Resources.Properties = Dictionary(MC0=Dictionary(A=SCRIPT, JS="evil"), JS="evil")
    page.Resources.ExtGState = Dictionary(G=Dictionary(ca=1, AA=SCRIPT))
    page.Resources.JS = new.make_stream(b"evil")
    page.Resources.XObject = Dictionary(X=drawing(new, b"0 0 9 9 re f", JS="evil", OpenAction=SCRIPT))
    page.Contents = new.make_stream(TEXT + b"/X Do /G gs")


def _drawing_itself(new: pikepdf.Pdf, page: Any) -> None:
    form = drawing(new, b"/X Do")
    form.Resources = page.Resources = Dictionary(XObject=Dictionary(X=form))
    page.Contents = new.make_stream(b"/X Do")


def _sharing_resources(new: pikepdf.Pdf, page: Any) -> None:
    """Some programs give every drawing the page's own list, in which it stands itself: it does not draw itself."""
    form = drawing(new, b"0 0 100 20 re f")
    resources = new.make_indirect(page.Resources)
    page.Resources = form.Resources = resources
    resources.XObject = Dictionary(X=form)
    page.Contents = new.make_stream(TEXT + b"/X Do")


def _exploding(new: pikepdf.Pdf, page: Any) -> None:
    inner = drawing(new, b"0 0 1 1 re f")
    for _ in range(12):
        inner = drawing(new, b"/X Do " * 10, Resources=Dictionary(XObject=Dictionary(X=inner)))
    page.Resources.XObject = Dictionary(X=inner)
    page.Contents = new.make_stream(b"/X Do")


def _photos(count: int, width: int, height: int) -> Callable[[], bytes]:
    """A page for each, as an app for scanning makes it."""

    def make() -> bytes:
        data = jpeg_of(form_page(width // 8, height // 8).resize((width, height)), quality=25)
        new = new_pdf(pages=count)
        for number, page in enumerate(new.pages):
            showing(new, page.obj, picture(new, data + bytes(number), width, height, Name.DCTDecode))
        return written(new)

    return make


def _one_picture(make_picture: Callable[[pikepdf.Pdf], Any]) -> Callable[[], bytes]:
    return pdf_with(lambda new, page: showing(new, page, make_picture(new)))


def _group4(width: int, height: int) -> tuple[bytes, bytes]:
    """A page as a scanner packs it (CCITT G4), and the same through Pillow's own PDF."""
    out = io.BytesIO()
    form_page(width, height).convert("1").save(out, "TIFF", compression="group4", tiffinfo={278: height})
    scan = Image.open(out)
    start, size = scan.tag_v2[273][0], scan.tag_v2[279][0]
    data = out.getvalue()[start : start + size]
    return data, bytes([scan.tag_v2[262]])


def _fax(new: pikepdf.Pdf, width: int = 9921, height: int = 7016) -> Any:
    data, photometric = _group4(width, height)
    parameters = Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=photometric == b"\1")
    return picture(
        new, data, width, height, Name.CCITTFaxDecode, BitsPerComponent=1, ColorSpace=Name.DeviceGray,
        DecodeParms=parameters,
    )  # fmt: skip


def _jbig2(new: pikepdf.Pdf, width: int = 1240, height: int = 1754) -> Any:
    """One region that holds the page as G4, which JBIG2 may."""
    data, _ = _group4(width, height)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + data
    about = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    segments = [(0, 48, about), (1, 38, region), (2, 49, b"")]
    packed = b"".join(struct.pack(">IBBBI", n, kind, 0, 1, len(part)) + part for n, kind, part in segments)
    return picture(new, packed, width, height, Name.JBIG2Decode, BitsPerComponent=1, ColorSpace=Name.DeviceGray)


def _jpeg2000(new: pikepdf.Pdf) -> Any:
    out = io.BytesIO()
    form_page(600, 800).save(out, "JPEG2000")
    told = struct.pack(">I", 8 + 16 + 12) + b"uuid" + bytes(16) + b"SecretCamera"
    data = out.getvalue()
    at = data.find(b"jp2c") - 4
    return picture(new, data[:at] + told + data[at:], 600, 800, Name.JPXDecode)


def _twice_packed(new: pikepdf.Pdf) -> Any:
    return picture(new, zlib.compress(files.photo(800, 600)), 800, 600, Array([Name.FlateDecode, Name.DCTDecode]))


def _in_strips(new: pikepdf.Pdf, page: Any) -> None:
    whole = form_page(600, 800)
    strips = [jpeg_of(whole.crop((0, top, 600, top + 100))) for top in range(0, 800, 100)]
    showing(new, page, *(picture(new, data, 600, 100, Name.DCTDecode) for data in strips))


def _under_text(new: pikepdf.Pdf, page: Any) -> None:
    """A scan with the words that a program read, written invisibly over it."""
    showing(new, page, picture(new, jpeg_of(form_page(600, 800)), 600, 800, Name.DCTDecode))
    page.Contents = Array([page.Contents, new.make_stream(b"BT 3 Tr /F1 20 Tf 40 350 Td (Read by a machine) Tj ET")])


def _with_a_mask(new: pikepdf.Pdf) -> Any:
    mask = picture(
        new, zlib.compress(bytes([255] * 5000 + [0] * 5000)), 100, 100, Name.FlateDecode, ColorSpace=Name.DeviceGray
    )
    return picture(new, zlib.compress(bytes(30000)), 100, 100, Name.FlateDecode, SMask=mask)


def _false_size(width: int, height: int) -> Callable[[], bytes]:
    return _one_picture(lambda new: picture(new, files.photo(80, 60), width, height, Name.DCTDecode))


def _updated() -> bytes:
    """Saved by appending, as programs do that sign or correct."""
    before = plain()
    old, found, root = (
        re.search(what, before)
        for what in (rb"startxref\s+(\d+)", rb"(\d+) 0 obj\s*<<[^>]*/Length", rb"/Root (\d+ 0 R)")
    )
    assert old
    assert found
    assert root
    content = b"0 0 300 100 re f"
    body = b"\n%s 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (found[1], len(content), content)
    xref = b"xref\n%s 1\n%010d 00000 n \n" % (found[1], len(before) + 1)
    trailer = b"trailer << /Size %d /Root %s /Prev %s >>\n" % (before.count(b" obj") + 1, root[1], old[1])
    return before + body + xref + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(before) + len(body))


def _damaged_table() -> bytes:
    return re.sub(rb"startxref\n\d+", b"startxref\n7", plain())


def _torn(part: float) -> Callable[[], bytes]:
    def make() -> bytes:
        whole = written(new_pdf(TEXT + bytes(range(33, 90)) * 50, 3), linearize=True)
        return whole[: int(len(whole) * part)]

    return make


def _lost_page() -> bytes:
    whole = written(new_pdf(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return whole.replace(b"/Count 1", b"/Count 2")


def _zipped(name: str) -> Callable[[], bytes]:
    def make() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, b"<xml/>")
        return out.getvalue()

    return make


def _owner(**how: Any) -> Callable[[], bytes]:
    return lambda: written(new_pdf(), encryption=pikepdf.Encryption(owner="owner", user="", **how))


def _nothing(new: pikepdf.Pdf, page: Any) -> None:
    del new.pages[0]


CASES = [
    Case("text", "a.pdf", plain),
    Case(
        "layer that is off",
        "a.pdf",
        pdf_with(_layered(OFF=lambda layer: Array([layer])), TEXT + SECRET),
        SAME,
        plain,
        blank=BOX,
    ),
    Case("layer that is on", "a.pdf", pdf_with(_layered(ON=lambda layer: Array([layer])), TEXT + SECRET), inked=BOX),
    Case(
        "layers off by themselves",
        "a.pdf",
        pdf_with(_layered(BaseState=lambda _: Name.OFF), TEXT + SECRET),
        SAME,
        plain,
        blank=BOX,
    ),
    Case("one of two layers", "a.pdf", pdf_with(_in_both_layers, TEXT + SECRET), SAME, plain, blank=BOX),
    Case("turned page", "a.pdf", pdf_with(_page(Rotate=90))),
    Case("cropped page", "a.pdf", pdf_with(_page(CropBox=Array([30, 280, 250, 380])))),
    Case("cropped and turned page", "a.pdf", pdf_with(_page(CropBox=Array([30, 280, 250, 380]), Rotate=270))),
    Case("page that does not begin at nought", "a.pdf", pdf_with(_page(MediaBox=Array([-50, 100, 250, 400])))),
    Case("page in larger units", "a.pdf", pdf_with(_page(UserUnit=2))),
    Case("page whose size the tree says", "a.pdf", pdf_with(_from_the_tree)),
    Case("colours seen through", "a.pdf", pdf_with(_see_through)),
    Case("mask of a drawing", "a.pdf", pdf_with(_masked)),
    Case("pattern", "a.pdf", pdf_with(_tiled)),
    Case("letters of the document's own", "a.pdf", pdf_with(_own_letters)),
    Case("labels of pages", "a.pdf", pdf_with(_labelled)),
    Case(
        "picture within the text",
        "a.pdf",
        pdf_with(_page(), TEXT + b"q 90 0 0 90 40 90 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x00\xff\xff\x00 EI Q"),
    ),
    Case("list of drawings shared with the page", "a.pdf", pdf_with(_sharing_resources)),
    Case("data hung behind the pages", "a.pdf", pdf_with(_attached), SAME, plain),
    Case("portfolio", "a.pdf", pdf_with(_portfolio), "attached"),
    Case("scripts", "a.pdf", pdf_with(_scripted), SAME, plain),
    Case("scripts among what pages draw with", "a.pdf", pdf_with(_script_in_resources)),
    Case("drawing that draws itself", "a.pdf", pdf_with(_drawing_itself), "too_complex"),
    Case("drawing of a million million parts", "a.pdf", pdf_with(_exploding), "too_complex"),
    Case("restricted by its owner", "a.pdf", _owner(R=4), SAME, plain),
    Case("restricted by its owner, strongly", "a.pdf", _owner(R=6), SAME, plain),
    Case("restricted by its owner, long ago", "a.pdf", _owner(R=3, aes=False, metadata=False), SAME, plain),
    Case("locked", "a.pdf", files.locked_pdf, "locked"),
    Case("corrected by appending", "a.pdf", _updated, inked=(40, 10, 240, 90)),
    Case(
        "compact",
        "a.pdf",
        lambda: written(new_pdf(), object_stream_mode=pikepdf.ObjectStreamMode.generate),
        SAME,
        plain,
    ),
    Case("made for the web", "a.pdf", lambda: written(new_pdf(), linearize=True), SAME, plain),
    Case("version 2", "a.pdf", lambda: written(new_pdf(), force_version="2.0"), SAME, plain),
    Case("wrong table of contents", "a.pdf", _damaged_table, SAME, plain),
    Case("mark of the byte order before it", "a.pdf", lambda: b"\xef\xbb\xbf" + plain(), SAME, plain),
    Case("blank lines before it", "a.pdf", lambda: b"\r\n\r\n\n" + plain(), SAME, plain),
    Case(
        "lines of a mail program before it",
        "a.pdf",
        lambda: b"Content-Type: application/pdf\r\n\r\n" + plain(),
        SAME,
        plain,
    ),
    Case("noughts behind it", "a.pdf", lambda: plain() + bytes(10_000), SAME, plain),
    Case(
        "a page of the web behind it",
        "a.pdf",
        lambda: plain() + b"<html><script>evil</script></html>" * 100,
        SAME,
        plain,
    ),
    Case("torn early", "a.pdf", _torn(0.3), "broken"),
    Case("torn late", "a.pdf", _torn(0.9), "broken"),
    Case("with a page lost", "a.pdf", _lost_page, "broken"),
    Case("without pages", "a.pdf", pdf_with(_nothing), "broken"),
    Case("of too many pages", "a.pdf", lambda: files.pdf(51), "pages"),
    Case("nothing but a first line", "a.pdf", lambda: b"%PDF-1.7\n", "broken"),
    Case("23 photos of a telephone", "a.pdf", _photos(23, 4000, 3000)),
    Case("fax of A3 at 600 dots an inch", "a.pdf", _one_picture(_fax)),
    Case("scan packed by JBIG2", "a.pdf", _one_picture(_jbig2)),
    Case("scan packed by JPEG 2000", "a.pdf", _one_picture(_jpeg2000)),
    Case("scan packed twice", "a.pdf", _one_picture(_twice_packed)),
    Case("scan in strips", "a.pdf", pdf_with(_in_strips)),
    Case("scan that was read", "a.pdf", pdf_with(_under_text)),
    Case("picture with a mask", "a.pdf", _one_picture(_with_a_mask)),
    Case("picture larger than it says", "a.pdf", _false_size(8, 6), "broken"),
    Case("picture smaller than it says", "a.pdf", _false_size(8000, 6000), "broken"),
    Case("picture of a size beyond reason", "a.pdf", _false_size(80_000, 60_000), "pixels"),
    Case("page that unpacks to a gigabyte", "a.pdf", files.pdf_bomb, "too_complex"),
    Case("archive", "a.zip", _zipped("a.txt"), "office"),
    Case("archive called a PDF", "a.pdf", _zipped("a.txt"), "office"),
    Case("document of an office called a PDF", "a.pdf", _zipped("word/document.xml"), "office"),
    Case("old document of an office", "a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "office"),
    Case("page of the web called a PDF", "a.pdf", lambda: b"<!doctype html><p>404</p>", "disagree"),
    Case("empty", "a.pdf", lambda: b"", "empty"),
    Case("PDF called a photo", "photo.jpg", plain, SAME, plain, kind="pdf"),
    Case("PDF without an ending", "Документ", plain, SAME, plain, kind="pdf"),
    Case(
        "mark outside every page",
        "a.pdf",
        pdf_with(mark("/Stamp", Rect=[900, 900, 950, 950], look=b"0 0 9 9 re f")),
        SAME,
        plain,
    ),
]
