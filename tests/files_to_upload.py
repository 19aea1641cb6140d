"""Files for tests of uploads: good ones and wicked ones, made here so that each says what is wrong with it."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pikepdf
from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def photo(width: int = 800, height: int = 600, seed: int = 1, quality: int = 90, gps: bool = True) -> bytes:
    """A JPEG as a telephone makes it, lying on its side, with the place it was taken at. Noise, so that it has size."""
    noise = random.Random(seed).randbytes((width // 4) * (height // 4) * 3)
    picture = Image.frombytes("RGB", (width // 4, height // 4), noise).resize((width, height))
    exif = Image.Exif()
    if gps:
        exif[0x0112] = 6  # orientation: turn right
        exif[0x010F] = "SecretCamera"
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (51.0, 13.0, 12.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def png(width: int = 40, height: int = 30, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, "PNG")
    return out.getvalue()


def png_bomb(side: int = 20_000) -> bytes:
    """A PNG of a few kilobytes that unpacks to hundreds of megabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer, rows = zlib.compressobj(9), b""
    for _ in range(side):
        rows += packer.compress(bytes(1 + side // 8))
    rows += packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(pages: int = 1, *, encryption: pikepdf.Encryption | None = None, text: bytes = b"") -> bytes:
    new = pikepdf.new()
    for number in range(pages):
        page = new.add_blank_page()
        page.Contents = new.make_stream(b"0 0 m 9 9 l S %% page " + str(number).encode() + b"\n" + text)
    out = io.BytesIO()
    new.save(out, encryption=encryption or False)
    return out.getvalue()


def locked_pdf(user: str = "secret") -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


def busy_pdf() -> bytes:
    """A PDF with everything that is not a page's drawing: script, action, attachment, form, metadata, camera data."""
    new = pikepdf.new()
    page = new.add_blank_page()
    jpeg = photo()
    picture = new.make_stream(jpeg)
    for name, value in {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 800, "/Height": 600,
        "/BitsPerComponent": 8, "/ColorSpace": pikepdf.Name.DeviceRGB,
    }.items():  # fmt: skip
        picture[name] = value
    picture.write(jpeg, filter=pikepdf.Name.DCTDecode)
    # Names in /XObject and /Font are free: these are names that mean something elsewhere.
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=picture, F=picture))
    page.Contents = new.make_stream(b"q 300 0 0 300 0 0 cm /A Do Q q 30 0 0 30 0 0 cm /F Do Q")
    page.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
    new.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('opened')")
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 99, 99],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://evil.example"),
    )  # fmt: skip
    page.Annots = pikepdf.Array([new.make_indirect(link)])
    new.attachments["evil.exe"] = b"MZ evil attachment"
    with new.open_metadata() as metadata:
        metadata["dc:creator"] = ["Secret Author"]
    out = io.BytesIO()
    new.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def pdf_bomb() -> bytes:
    """A PDF of a megabyte whose page unpacks to a gigabyte: a thousand times the same packed piece."""
    piece, times = b" " * 1024 * 1024, 1024
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(times):
        check = zlib.adler32(piece, check)
    content = b"\x78\xda" + packed * times + b"\x03\x00" + struct.pack(">I", check)
    new = pikepdf.new()
    page = new.add_blank_page()
    page.Contents = new.make_stream(b"")
    page.Contents.write(content, filter=pikepdf.Name.FlateDecode)
    out = io.BytesIO()
    new.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()
