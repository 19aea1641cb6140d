"""A program of its own, run by file_checks.py: reads a file from its input, writes it anew to its output.

It knows nothing of the portal and has nothing to lose: little memory, little time, no environment, no files. Its last
line on standard error is its verdict as JSON: {"pages": 1} or {"refused": "locked"}.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import warnings
from typing import Any


class Refused(Exception):
    """The reason, and what belongs to it."""

    def __init__(self, reason: str, **values: Any) -> None:
        self.verdict = {"refused": reason, **values}


def limit(memory: int, seconds: int, file_size: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(what, (most, most))


def rebuild_picture(file: Any, out: Any, limits: dict[str, Any]) -> int:
    """Decode, turn upright, shrink, encode: no EXIF, no comment, nothing behind the picture survives."""
    kind = limits["id"]
    try:
        picture: Any = Image.open(file, formats=("JPEG", "MPO") if kind == "jpeg" else ("PNG",))
        if picture.width * picture.height > limits["most_pixels"]:
            raise Refused("pixels", most=limits["most_pixels"] // 1_000_000)
        side = limits["longest_side"]
        if kind == "jpeg":
            picture.draft("RGB", (side, side))  # decode at a half or a quarter where that is large enough
        picture.load()
        if picture.mode == "I;16":
            picture = picture.point(lambda value: value / 256).convert("L")
        upright = picture
        with contextlib.suppress(Exception):  # what a camera wrote may be anything
            upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((side, side))
        if kind == "jpeg":
            upright = upright if upright.mode == "L" else upright.convert("RGB")
            clean = Image.frombytes(upright.mode, upright.size, upright.tobytes())
            clean.save(out, "JPEG", quality=85, optimize=True)
        else:
            mode = "RGBA" if upright.has_transparency_data else "L" if upright.mode in ("1", "L") else "RGB"
            upright = upright.convert(mode)
            Image.frombytes(mode, upright.size, upright.tobytes()).save(out, "PNG")
    except Image.DecompressionBombError:
        raise Refused("pixels", most=limits["most_pixels"] // 1_000_000) from None
    except (OSError, SyntaxError, ValueError, EOFError, ZeroDivisionError):
        raise Refused("broken") from None
    return 1


PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents")
TELLING = ("/Metadata", "/PieceInfo", "/OPI", "/AF", "/Ref", "/StructParent", "/StructParents", "/Measure", "/PtData")


def rebuild_pdf(file: Any, out: Any, limits: dict[str, Any]) -> int:
    """A new document with the pages' drawings alone: no scripts, actions, forms, attachments, notes or metadata."""
    with open_pdf(file) as old, pikepdf.new() as new:
        pages = len(old.pages)
        if pages == 0:
            raise Refused("broken")
        if pages > limits["most_pages"]:
            raise Refused("pages", most=limits["most_pages"])
        with contextlib.suppress(pikepdf.PdfError, RuntimeError, ValueError):
            old.flatten_annotations("screen")  # what was written into a form becomes drawing
        for page in old.pages:
            kept = pikepdf.Dictionary(Type=pikepdf.Name.Page)
            for name in PAGE:
                value = inherited(page.obj, name)
                if value is not None:
                    kept[name] = value
            new.pages.append(pikepdf.Page(old.make_indirect(kept)))
        clean(new, limits)
        new.remove_unreferenced_resources()
        new.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return pages


def inherited(page: Any, name: str) -> Any:
    """What the page says, or the nearest branch of the tree that it hangs on."""
    for _ in range(50):
        if page is None:
            return None
        if name in page:
            return page[name]
        page = page.get("/Parent") if name in PAGE[:3] or name == "/Resources" else None
    return None


def open_pdf(file: Any) -> Any:
    """A small fault in the table of contents is mended; a file without its end is torn."""
    try:
        try:
            pdf = pikepdf.open(file, attempt_recovery=False, suppress_warnings=True)
        except pikepdf.PasswordError:
            raise
        except pikepdf.PdfError:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - 2048))
            if b"%%EOF" not in file.read():
                raise
            file.seek(0)
            pdf = pikepdf.open(file, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    if pdf.is_encrypted:
        raise Refused("locked")
    return pdf


def clean(pdf: Any, limits: dict[str, Any]) -> None:
    """Drop what tells or fetches more than the page shows; refuse what unpacks to too much."""
    unpacked = 0
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") in ("/Font", "/FontDescriptor"):
            forget(item, TELLING[:1])
        if not isinstance(item, pikepdf.Stream):
            continue
        forget(item, TELLING)
        if "/F" in item or item.get("/Subtype") == "/PS":  # content in another file; a program for printers
            raise Refused("broken")
        unpacked += unpacked_size(item, limits)
        if unpacked > limits["most_unpacked"]:
            raise Refused("too_complex")


def forget(item: Any, names: tuple[str, ...]) -> None:
    for name in names:
        if name in item:
            del item[name]


def unpacked_size(stream: Any, limits: dict[str, Any]) -> int:
    """Bytes of what a reader has to unpack; pictures by their pixels. A photo inside loses what a camera wrote."""
    if stream.get("/Subtype") == pikepdf.Name.Image:
        pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
        if pixels > limits["most_pixels"]:
            raise Refused("pixels", most=limits["most_pixels"] // 1_000_000)
        if stream.get("/Filter") in (pikepdf.Name.DCTDecode, pikepdf.Array([pikepdf.Name.DCTDecode])):
            parameters = stream.get("/DecodeParms")
            stream.write(without_camera_data(stream.read_raw_bytes()), filter=stream.Filter, decode_parms=parameters)
        return pixels
    try:
        return len(stream.read_bytes())
    except pikepdf.PdfError:  # packed in a way that only pictures are
        return len(stream.read_raw_bytes())


def without_camera_data(jpeg: bytes) -> bytes:
    """The JPEG without its application and comment segments, but for those that say how colours are meant."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    out, place = bytearray(jpeg[:2]), 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        mark = jpeg[place + 1]
        if mark == 0xDA:  # the picture itself follows
            break
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        told = mark == 0xFE or (0xE0 <= mark <= 0xEF and mark not in (0xE0, 0xE2, 0xEE))
        if not told:
            out += jpeg[place:end]
        place = end
    return bytes(out + jpeg[place:])


def main() -> None:
    limits = json.loads(sys.argv[1])
    warnings.simplefilter("ignore")
    with open(0, "rb", closefd=False) as file, open(1, "wb", closefd=False) as out:
        try:
            pages = (rebuild_pdf if limits["id"] == "pdf" else rebuild_picture)(file, out, limits)
            verdict: dict[str, Any] = {"pages": pages}
        except Refused as refused:
            verdict = refused.verdict
        except MemoryError:
            verdict = {"refused": "too_complex"}
        except Exception:  # whatever a parser stumbled over, the file is to blame
            verdict = {"refused": "broken"}
    sys.stderr.write("\n" + json.dumps(verdict) + "\n")


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    if given["id"] == "pdf":
        import pikepdf
    else:
        from PIL import Image, ImageOps

        Image.MAX_IMAGE_PIXELS = given["most_pixels"]
        Image.preinit()
    limit(given["memory"], given["seconds"], 4 * given["most_bytes"])
    main()
