"""Pictures inside a PDF: what they cost, whether they are as large as they say, and nothing of what a camera wrote."""

from __future__ import annotations

from typing import Any

import pikepdf

from . import jpeg
from .refused import Refused

PHOTOS, MADE_FOR_PICTURES = ("/DCTDecode", "/JPXDecode"), ("/CCITTFaxDecode", "/JBIG2Decode")
_SHORT = {"/DCT": "/DCTDecode", "/CCF": "/CCITTFaxDecode", "/Fl": "/FlateDecode", "/AHx": "/ASCIIHexDecode"}
_SAMPLES = {"/DeviceGray": 1, "/CalGray": 1, "/Indexed": 1, "/Separation": 1, "/DeviceCMYK": 4}


def settle(pdf: Any, picture: Any, limits: dict[str, Any]) -> int:
    """Take out what a camera wrote; the bytes of the picture unpacked. Raises Refused."""
    width, height = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    pixels = width * height
    if pixels > limits["most_pixels"]:
        raise Refused("pixels", most=limits["most_pixels"] // 1_000_000)
    cost = pixels * _bits(picture) // 8
    last = _filters(picture)[-1:]
    if last and last[0] in PHOTOS:
        data = _packed_for_pictures(pdf, picture)
        size = (_settle_jpeg if last[0] == "/DCTDecode" else _settle_jpeg2000)(picture, data)
        if size != (width, height):
            raise Refused("broken")  # a reader would make room for another picture than comes
    elif not (last and last[0] in MADE_FOR_PICTURES):
        cost = max(cost, len(picture.read_bytes()))
    if cost > limits["most_unpacked"]:
        raise Refused("too_complex")
    return cost


def _bits(picture: Any) -> int:
    """Of a pixel."""
    if picture.get("/ImageMask", False):
        return 1
    colours = picture.get("/ColorSpace")
    kind = colours[0] if isinstance(colours, pikepdf.Array) and len(colours) else colours
    samples = _SAMPLES.get(str(kind), 3)
    if str(kind) == "/ICCBased" and isinstance(colours[1], pikepdf.Stream):
        samples = int(colours[1].get("/N", 3))
    if str(kind) == "/DeviceN":
        samples = len(colours[1])
    return int(picture.get("/BitsPerComponent", 8)) * samples


def _filters(picture: Any) -> list[str]:
    filters = picture.get("/Filter")
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters] if filters is not None else []
    return [_SHORT.get(str(name), str(name)) for name in names]


def _packed_for_pictures(pdf: Any, picture: Any) -> bytes:
    """The bytes under every other packing around them."""
    raw = picture.read_raw_bytes()
    names = _filters(picture)[:-1]
    if not names:
        return raw
    around = pdf.make_stream(b"")
    parameters = picture.get("/DecodeParms")
    around.write(raw, filter=pikepdf.Array([pikepdf.Name(name) for name in names]))
    if isinstance(parameters, pikepdf.Array):
        around.DecodeParms = pikepdf.Array(list(parameters)[: len(names)])
    return around.read_bytes()


def _settle_jpeg(picture: Any, data: bytes) -> tuple[int, int]:
    frame = jpeg.read_frame(data)
    if frame is None:
        raise Refused("broken")
    jpeg.check_cost(frame)
    _write(picture, jpeg.without_camera_data(data))
    return frame.width, frame.height


def _settle_jpeg2000(picture: Any, data: bytes) -> tuple[int, int]:
    _write(picture, _without_telling_boxes(data))
    start = data.find(b"\xff\x4f\xff\x51")  # start of codestream, size
    if start < 0 or start + 24 > len(data):
        raise Refused("broken")
    right, down, left, up = (int.from_bytes(data[start + at : start + at + 4], "big") for at in (8, 12, 16, 20))
    return right - left, down - up


def _without_telling_boxes(data: bytes) -> bytes:
    """JP2 without its boxes of XML and of other people's making, where a place and a camera stand."""
    if not data.startswith(b"\0\0\0\x0cjP"):
        return data
    out, place = bytearray(), 0
    while place + 8 <= len(data):
        size, kind = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if size == 1:
            size = int.from_bytes(data[place + 8 : place + 16], "big")
        end = len(data) if size < 8 else place + size
        if kind not in (b"uuid", b"xml ", b"uinf"):
            out += data[place:end]
        place = end
    return bytes(out)


def _write(picture: Any, data: bytes) -> None:
    """The picture in its own packing alone."""
    parameters, last = picture.get("/DecodeParms"), _filters(picture)[-1]
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[-1] if len(parameters) and isinstance(parameters[-1], pikepdf.Dictionary) else None
    picture.write(data, filter=pikepdf.Name(last), decode_parms=parameters)
