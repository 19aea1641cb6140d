"""What is taken of a file: what a parser understood, rebuilt; all else is refused with its reason (ASVS V5)."""

from __future__ import annotations

import io
import os
import re
import resource
import tempfile
import time
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from portal.services.files import limits as file_limits
from portal.services.files import rebuilding
from portal.services.files.limits import KINDS
from portal.services.files.rebuilding import FileRefused, kind_of, rebuild, shown_name
from tests import files_to_upload as files

PDF, JPEG, PNG = KINDS


def rebuilt(name: str, content: bytes) -> tuple[bytes, rebuilding.Rebuilt]:
    """As the portal does it: name and first bytes, then the parser."""
    kind = kind_of(name, content[:32])
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(content)
        source.flush()
        result = rebuild(kind, source, target)
        target.seek(0)
        return target.read(), result


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        rebuilt(name, content)
    return caught.value.reason


GOOD = {"pdf": files.pdf(), "jpg": files.photo(200, 100), "png": files.png()}


@pytest.mark.parametrize("ending", ["pdf", "jpg", "png"])
@pytest.mark.parametrize("content", ["pdf", "jpg", "png"])
def test_v5_2_2_only_a_name_and_a_content_that_agree_are_taken(ending: str, content: str):
    if ending == content:
        assert rebuilt(f"scan.{ending}", GOOD[content])[1].pages == 1
    else:
        assert refusal(f"scan.{ending}", GOOD[content]) == "disagree"


@pytest.mark.parametrize(("starts", "ending"), [(PDF, "pdf"), (JPEG, "jpg"), (PNG, "png")])
def test_v5_2_2_the_right_first_bytes_before_something_else_are_not_enough(starts, ending: str):
    assert refusal(f"scan.{ending}", starts.starts + b"<script>alert(1)</script>" * 100) == "broken"


@pytest.mark.parametrize(
    ("name", "start", "reason"),
    [
        ("a.pdf", b"", "empty"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
        ("a.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
        ("a.docx", b"PK\x03\x04", "office"),
        ("a.pdf", b"PK\x03\x04", "office"),
        ("a.zip", b"PK\x03\x04", "office"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "office"),
        ("a.svg", b"<svg onload=alert(1)>", "kind"),
        ("a.html", b"<!doctype html>", "kind"),
        ("a.gif", b"GIF89a", "kind"),
        ("a", b"%PDF-1.7", "kind"),
        ("a.pdf.exe", b"%PDF-1.7", "kind"),
        ("a.pdf", b"\n%PDF-1.7", "disagree"),
    ],
)
def test_v5_2_3_v1_5_1_archives_office_files_and_drawings_with_scripts_are_no_kind_of_ours(name, start, reason):
    with pytest.raises(FileRefused) as caught:
        kind_of(name, start)
    assert caught.value.reason == reason


def test_v14_2_8_a_photo_keeps_nothing_of_camera_and_place_and_stands_upright():
    before = files.photo(1200, 900)
    assert b"SecretCamera" in before
    after, result = rebuilt("photo.JPG", before)
    picture = Image.open(io.BytesIO(after))
    assert dict(picture.getexif()) == {}
    assert (b"SecretCamera" in after, b"Exif" in after) == (False, False)
    assert picture.size == (900, 1200)  # it lay on its side
    assert result.size == len(after)


def test_v14_2_8_a_photo_inside_a_pdf_tells_nothing_either():
    after, _ = rebuilt("scan.pdf", files.busy_pdf())
    with pikepdf.open(io.BytesIO(after)) as pdf:
        inside = bytes(pdf.pages[0].Resources.XObject.A.read_raw_bytes())
        assert Image.open(io.BytesIO(inside)).size == (800, 600)
        assert b"SecretCamera" not in inside


def test_v5_2_2_a_pdf_is_rebuilt_of_its_pages_alone():
    before = files.busy_pdf()
    after, result = rebuilt("scan.pdf", before)
    assert result.pages == 1
    with pikepdf.open(io.BytesIO(after)) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages"}
        assert set(pdf.pages[0].obj.keys()) <= {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
        assert set(pdf.pages[0].Resources.XObject.keys()) == {"/A", "/F"}
        assert not pdf.attachments
        loose = io.BytesIO()
        pdf.save(loose, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    for word in (b"JavaScript", b"app.alert", b"evil", b"Secret Author", b"/URI", b"OpenAction"):
        assert word in before or word == b"evil"
        assert word not in loose.getvalue(), word


def test_v5_2_2_what_hangs_behind_a_picture_or_a_pdf_is_left_behind():
    for name, content in (("a.jpg", files.photo(200, 100)), ("a.png", files.png()), ("a.pdf", files.pdf())):
        after, _ = rebuilt(name, content + b"\nPK\x03\x04 <script>alert(1)</script>" + b"%%EOF")
        assert b"script" not in after


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.pdf"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_file_torn_on_its_way_is_refused(name: str, part: float):
    content = {"a.jpg": files.photo(800, 600), "a.png": files.png(400, 300), "a.pdf": files.pdf(3, text=b"x" * 5000)}
    whole = content[name]
    assert refusal(name, whole[: int(len(whole) * part)]) == "broken"


def test_a_pdf_with_a_small_fault_is_mended():
    content = re.sub(rb"startxref\n\d+", b"startxref\n7", files.pdf(2))
    assert rebuilt("a.pdf", content)[1].pages == 2


@pytest.mark.parametrize("user", ["secret", ""])
def test_a_locked_pdf_is_refused_also_where_it_opens_without_a_password(user: str):
    assert refusal("a.pdf", files.locked_pdf(user)) == "locked"


def test_v5_2_6_a_small_picture_of_a_gigantic_size_is_refused_before_it_is_unpacked():
    content = files.png_bomb()
    assert len(content) < 100_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal("a.png", content) == "pixels"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB, here


def test_v5_2_6_a_pdf_that_unpacks_to_a_gigabyte_is_refused():
    content = files.pdf_bomb()
    assert len(content) < 2_000_000
    assert refusal("a.pdf", content) == "too_complex"


def test_v5_2_6_a_picture_inside_a_pdf_counts_too():
    bomb = io.BytesIO(files.busy_pdf())
    with pikepdf.open(bomb) as pdf:
        pdf.pages[0].Resources.XObject.A.Width = 100_000
        out = io.BytesIO()
        pdf.save(out)
    assert refusal("a.pdf", out.getvalue()) == "pixels"


def test_more_pages_than_agreed_are_refused_with_the_number():
    with pytest.raises(FileRefused) as caught:
        rebuilt("a.pdf", files.pdf(PDF.most_pages + 1))
    assert (caught.value.reason, caught.value.values) == ("pages", {"most": PDF.most_pages})


def test_a_large_photo_is_shrunk_and_stays_readable():
    after, _ = rebuilt("a.jpg", files.photo(6000, 4000, gps=False))
    assert max(Image.open(io.BytesIO(after)).size) == file_limits.LONGEST_SIDE


def test_pictures_of_every_colour_are_taken():
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        assert rebuilt("a.png", files.png(mode=mode))[1].pages == 1, mode
    for mode in ("L", "RGB", "CMYK"):
        out = io.BytesIO()
        Image.new(mode, (30, 30)).save(out, "JPEG")
        assert rebuilt("a.jpeg", out.getvalue())[1].pages == 1, mode


def test_v13_3_1_the_child_sees_no_key_and_no_other_secret(monkeypatch, tmp_path):
    program = tmp_path / "child.py"
    program.write_text(
        "import json, os, sys\nopen(1, 'wb').write(json.dumps(dict(os.environ)).encode())\n"
        "sys.stderr.write('{\"pages\": 1}\\n')\n"
    )
    monkeypatch.setattr(rebuilding, "PROGRAM", program)
    monkeypatch.setenv("PORTAL_KEYS", "secret")
    with open(tmp_path / "other", "w"):
        seen, _ = rebuilt("a.pdf", files.pdf())
    assert b"secret" not in seen
    assert b"PORTAL" not in seen


@pytest.mark.parametrize(
    "program", ["import time\ntime.sleep(60)", "import os\nos.abort()", "print('nonsense')", "1/0"]
)
def test_a_child_that_hangs_dies_or_talks_nonsense_refuses_the_file(monkeypatch, tmp_path, program: str):
    child = tmp_path / "child.py"
    child.write_text(program)
    monkeypatch.setattr(rebuilding, "PROGRAM", child)
    monkeypatch.setattr(rebuilding, "SECONDS", 1)
    before = time.monotonic()
    assert refusal("a.pdf", files.pdf()) in ("broken", "too_complex")
    assert time.monotonic() - before < 20


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\photos\\scan.PDF", "scan.pdf"),
        ("қорытынды  1.pdf", "қорытынды 1.pdf"),
        ("a\0b\r\nc.pdf", "a b c.pdf"),
        ("‮fdp.exe", "fdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        (".pdf", "file.pdf"),
        ("", "file.pdf"),
        ("CON", "CON.pdf"),
    ],
)
def test_v5_3_1_a_name_is_shown_without_what_deceives(name: str, shown: str):
    assert shown_name(name, PDF) == shown


def test_v5_1_1_the_documentation_has_the_limits_of_the_code():
    text = (Path(__file__).resolve().parents[3] / "docs/uploads.md").read_text()
    lines = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]
    rows = {cells[1]: cells[2:-1] for cells in lines if len(cells) > 4}
    limits = file_limits
    for kind in KINDS:
        assert rows[kind.id] == [
            ", ".join(kind.extensions),
            kind.media_type,
            f"{kind.most_bytes // limits.MB} MB",
            f"{kind.most_pixels // 1_000_000} million",
            str(kind.most_pages),
            f"{kind.most_unpacked // 1_000_000} million bytes",
        ]
    for words in (
        f"{limits.FILES_OF_A_FIELD} files",
        f"{limits.FILES_OF_A_DRAFT} files and {limits.BYTES_OF_A_DRAFT // limits.MB} MB",
        f"{limits.FILES_OF_AN_ACCOUNT} files and {limits.BYTES_OF_AN_ACCOUNT // limits.MB} MB",
        f"{limits.LARGEST_POST // limits.MB} MB",
        f"{limits.LONGEST_SIDE} pixels",
    ):
        assert words in text, words


def test_v1_2_5_the_child_is_started_without_a_shell():
    assert os.access(rebuilding.PROGRAM, os.R_OK)
    assert "shell=" not in Path(rebuilding.__file__).read_text()
