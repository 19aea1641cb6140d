"""Photos and scans as telephones, messengers and scanners make and name them."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw

from tests import files_to_upload as files

from .case import Case

TURNED = 0x0112  # the tag of EXIF that says how the camera was held


def form_page(width: int, height: int) -> Image.Image:
    """Something like a form: unlike itself when it is turned, mirrored or cut."""
    page = Image.new("RGB", (width, height), (255, 255, 255))
    pen = ImageDraw.Draw(page)
    pen.rectangle((width // 10, height // 12, width // 2, height // 6), fill=(20, 40, 120))
    for line in range(8):
        top = height // 4 + line * height // 12
        pen.rectangle((width // 10, top, width * (5 + line % 4) // 9, top + height // 40), fill=(0, 0, 0))
    pen.ellipse((width * 2 // 3, height * 4 // 5, width * 9 // 10, height * 19 // 20), fill=(160, 20, 60))
    return page


def encoded(picture: Image.Image, form: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def jpeg_of(picture: Image.Image, **how: Any) -> bytes:
    return encoded(picture, "JPEG", **how)


def jpeg(width: int = 480, height: int = 640, mode: str = "RGB", **how: Any) -> bytes:
    return jpeg_of(form_page(width, height).convert(mode), **how)


def png(width: int = 480, height: int = 640, mode: str = "RGB", **how: Any) -> bytes:
    return encoded(form_page(width, height).convert(mode), "PNG", **how)


def _held(turned: int) -> Callable[[], bytes]:
    """Lying as the camera was held, with the tag that says how."""

    def make() -> bytes:
        exif = Image.Exif()
        exif[TURNED] = turned
        return jpeg(exif=exif)

    return make


def _with_another() -> bytes:
    """As telephones do that keep a map of brightness behind the photo."""
    return encoded(form_page(480, 640), "MPO", save_all=True, append_images=[Image.new("RGB", (120, 160))])


def dear_jpeg(scans: int = 200, width: int = 8160, height: int = 6120) -> bytes:
    """Small, and a decoder has to go through fifty million pixels at every scan."""
    data = encoded(Image.new("RGB", (width, height), (200, 220, 210)), "JPEG", quality=50, progressive=True)
    last = data.rfind(b"\xff\xda")
    return data[:-2] + data[last:-2] * (scans - data.count(b"\xff\xda")) + data[-2:]


def _photo_box(*brands: bytes) -> Callable[[], bytes]:
    box = b"ftyp" + brands[0] + bytes(4) + b"".join(brands)
    return lambda: struct.pack(">I", len(box) + 4) + box + bytes(500)


def _palette_with_holes() -> bytes:
    return encoded(form_page(480, 640).quantize(16), "PNG", transparency=0)


def _tiff(pages: int) -> Callable[[], bytes]:
    def make() -> bytes:
        sheet = form_page(300, 400).convert("1")
        return encoded(sheet, "TIFF", save_all=True, append_images=[sheet] * (pages - 1), compression="group4")

    return make


def _torn(whole: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: whole()[: len(whole()) * 2 // 3]


HEIC = ("heic", "heix", "hevc", "heim", "heis", "hevm", "heif", "mif1", "msf1")

CASES = [
    Case("photo", "IMG_20261123_101500.jpg", jpeg),
    Case("photo in capitals", "DSC_0001.JPG", jpeg),
    Case("photo saved by a browser", "photo.jfif", jpeg, kind="jpeg"),
    Case("photo of a document provider", "image:1641", jpeg, kind="jpeg"),
    Case("photo of a messenger", "1000012345", jpeg, kind="jpeg"),
    Case("photo named by a date", "скан 23.11.2026", jpeg, kind="jpeg"),
    Case("photo without a name", "", jpeg, kind="jpeg"),
    Case("photo named as another format", "photo.png", jpeg, kind="jpeg"),
    Case("photo named as an Apple photo", "IMG_0001.HEIC", jpeg, kind="jpeg"),
    Case("photo named as a PDF", "certificate.pdf", jpeg, kind="jpeg"),
    Case("photo named as webp", "photo.webp", jpeg, kind="jpeg"),
    Case("picture named as a photo", "screenshot.jpg", png, kind="png"),
    *(Case(f"photo held the way {turned}", "a.jpg", _held(turned)) for turned in range(2, 9)),
    Case("photo with a second one behind it", "a.jpg", _with_another),
    Case("photo that comes slowly into view", "a.jpg", lambda: jpeg(progressive=True)),
    Case("grey photo", "a.jpg", lambda: jpeg(mode="L")),
    Case("photo in colours of print", "a.jpg", lambda: jpeg(mode="CMYK")),
    Case("photo of fifty million pixels", "a.jpg", lambda: jpeg(8160, 6120, quality=30)),
    Case("photo of a hundred million pixels", "a.jpg", lambda: jpeg(12000, 9000, quality=20)),
    Case("photo with an archive behind it", "a.jpg", lambda: jpeg() + b"PK\x03\x04<script>evil</script>"),
    Case("torn photo", "a.jpg", _torn(jpeg), "broken"),
    Case("photo that takes long", "a.jpg", dear_jpeg, "slow"),
    Case("screenshot", "Screenshot_2026.png", png),
    Case("screenshot of a whole conversation", "a.png", lambda: png(720, 9000)),
    Case("black and white A3 at 600 dots an inch", "scan.png", lambda: png(9921, 7016, "1")),
    Case("picture of a palette with holes", "a.png", _palette_with_holes),
    Case(
        "picture of sixteen bits",
        "a.png",
        lambda: encoded(form_page(480, 640).convert("L").convert("I;16").point(lambda v: v * 257), "PNG"),
    ),
    Case("picture seen through", "a.png", lambda: png(mode="RGBA")),
    Case("picture in grey", "a.png", lambda: png(mode="L")),
    Case("torn picture", "a.png", _torn(png), "broken"),
    Case("picture of four hundred million pixels", "a.png", files.png_bomb, "pixels"),
    *(Case(f"Apple photo, {brand}", "IMG_0001.HEIC", _photo_box(brand.encode()), "heic") for brand in HEIC),
    Case("Apple photo named as a photo", "IMG_0001.jpg", _photo_box(b"heic", b"mif1"), "heic"),
    Case("Apple photo told by its second brand", "a.heic", _photo_box(b"1234", b"heic"), "heic"),
    Case("AVIF", "a.avif", lambda: encoded(form_page(48, 64), "AVIF"), "heic"),
    Case("moving AVIF", "a.avif", _photo_box(b"avis"), "heic"),
    Case("film", "VID_0001.mp4", _photo_box(b"isom", b"mp42"), "kind"),
    Case("GIF", "a.gif", lambda: encoded(form_page(48, 64), "GIF"), "kind"),
    Case("WebP", "a.webp", lambda: encoded(form_page(48, 64), "WEBP"), "kind"),
    Case("BMP", "a.bmp", lambda: encoded(form_page(48, 64), "BMP"), "kind"),
    Case("TIFF of a scanner", "a.tif", _tiff(1), "kind"),
    Case("TIFF of several pages", "a.tiff", _tiff(3), "kind"),
    Case("GIF called a photo", "a.jpg", lambda: encoded(form_page(48, 64), "GIF"), "disagree"),
    Case("drawing with scripts", "a.svg", lambda: b"<svg onload='evil'/>", "kind"),
    Case("empty photo", "a.jpg", lambda: b"", "empty"),
]
