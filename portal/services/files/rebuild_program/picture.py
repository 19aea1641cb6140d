"""Photos and scans as pictures: decoded and encoded again, so that nothing else survives."""

from __future__ import annotations

import contextlib
from typing import Any

from PIL import Image, ImageOps

from . import jpeg
from .refused import Refused

MILLION = 1_000_000
# Bytes a pixel at the dearest moment of decoding and turning into what can be shrunk.
_BYTES = {"1": 2, "L": 2, "P": 6, "RGB": 6, "I;16": 6}
_MOST_BYTES = 8

Image.MAX_IMAGE_PIXELS = None  # counted below, by what they cost
Image.preinit()


def rebuild(file: Any, out: Any, limits: dict[str, Any]) -> int:
    """Decode, turn upright, shrink, encode: no EXIF, no comment, nothing behind the picture survives."""
    try:
        picture = (_open_png if limits["id"] == "png" else _open_jpeg)(file, limits)
        picture.load()
        picture = _shrink(_simple(picture), limits["longest_side"], limits["narrowest"])
        with contextlib.suppress(Exception):  # what a camera wrote may be anything
            picture = ImageOps.exif_transpose(picture)
        clean = Image.frombytes(picture.mode, picture.size, picture.tobytes())
        if limits["id"] == "jpeg":
            clean.save(out, "JPEG", quality=85, optimize=True)
        else:
            clean.save(out, "PNG")
    except (OSError, SyntaxError, ValueError, EOFError, ZeroDivisionError):
        raise Refused("broken") from None
    return 1


def _open_png(file: Any, limits: dict[str, Any]) -> Any:
    picture = Image.open(file, formats=("PNG",))
    _check_pixels(picture.size, limits, _BYTES.get(picture.mode, _MOST_BYTES))
    return picture


def _open_jpeg(file: Any, limits: dict[str, Any]) -> Any:
    frame = jpeg.read_frame(file.read())
    file.seek(0)
    picture: Any = Image.open(file, formats=("JPEG", "MPO"))
    if frame is None or (frame.width, frame.height) != picture.size:
        raise Refused("broken")
    # A progressive one lies in memory whole before it is decoded, two bytes a sample.
    _check_pixels(picture.size, limits, 2 * frame.samples if frame.progressive else 1)
    jpeg.check_cost(frame)
    side = limits["longest_side"]
    picture.draft("RGB", (side, side))  # decode at a half or a quarter where that is large enough
    _check_pixels(picture.size, limits, 4)
    return picture


def _check_pixels(size: tuple[int, int], limits: dict[str, Any], bytes_each: int) -> None:
    most = min(limits["most_pixels"], limits["most_unpacked"] // bytes_each)
    if size[0] * size[1] > most:
        raise Refused("pixels", most=most // MILLION)


def _simple(picture: Any) -> Any:
    """In colours that can be shrunk and are kept: grey, red-green-blue, or that with transparency."""
    if picture.mode == "I;16":
        return picture.point(lambda value: value / 256).convert("L")
    if picture.format != "PNG":
        return picture if picture.mode == "L" else picture.convert("RGB")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def _shrink(picture: Any, longest: int, narrowest: int) -> Any:
    """To the longest side that is kept; but a long strip, as of a whole conversation, stays wide enough to be read."""
    scale = max(longest / max(picture.size), narrowest / min(picture.size))
    if scale < 1:
        picture.thumbnail((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    return picture
