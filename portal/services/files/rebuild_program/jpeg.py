"""What a JPEG says of itself before anybody decodes it, and the same JPEG without what a camera wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .refused import Refused

START = b"\xff\xd8"
DEAREST = 700_000_000  # samples gone through, once for every scan: some three seconds of one core
_FRAMES = (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
_MULTIPLE_SCANS = (0xC2, 0xC6, 0xCA, 0xCE)  # progressive: every scan goes through the whole picture
_COLOURS = (0xE0, 0xE2, 0xEE)  # JFIF, colour profile, Adobe: how colours are meant


@dataclass(frozen=True)
class Frame:
    """Size in pixels, samples a pixel, and how many times a decoder goes through the picture."""

    width: int
    height: int
    samples: int
    progressive: bool
    scans: int

    @property
    def pixels(self) -> int:
        return self.width * self.height


def read_frame(jpeg: bytes) -> Frame | None:
    """None for what is no JPEG, or has no frame."""
    for mark, start, end in _segments(jpeg):
        if mark in _FRAMES and end - start >= 10:
            height, width = (int.from_bytes(jpeg[start + at : start + at + 2], "big") for at in (5, 7))
            progressive = mark in _MULTIPLE_SCANS
            return Frame(
                width, height, jpeg[start + 9], progressive, jpeg.count(b"\xff\xda", end) if progressive else 1
            )
    return None


def check_cost(frame: Frame) -> None:
    """Raises Refused for a picture that takes long to draw."""
    if frame.pixels * frame.scans > DEAREST:
        raise Refused("slow")


def without_camera_data(jpeg: bytes) -> bytes:
    """The JPEG without its application and comment segments, but for those that say how colours are meant."""
    if not jpeg.startswith(START):
        return jpeg
    out, place = bytearray(START), len(START)
    for mark, start, end in _segments(jpeg):
        told = mark == 0xFE or (0xE0 <= mark <= 0xEF and mark not in _COLOURS)
        if not told:
            out += jpeg[start:end]
        place = end
    return bytes(out + jpeg[place:])


def _segments(jpeg: bytes) -> Iterator[tuple[int, int, int]]:
    """Mark, start and end of each segment before the picture itself."""
    place = len(START) if jpeg.startswith(START) else len(jpeg)
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        mark = jpeg[place + 1]
        if mark == 0xFF:  # filling
            place += 1
            continue
        if mark == 0xDA:  # the picture itself follows
            return
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        yield mark, place, end
        place = end
