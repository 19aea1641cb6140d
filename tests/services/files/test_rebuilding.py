"""What is taken of a file: what a parser understood, rebuilt; all else is refused with its reason (ASVS V5)."""

from __future__ import annotations

import contextlib
import io
import re
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from portal.cli.running import THREADS
from portal.services.files import limits as file_limits
from portal.services.files import rebuilding
from portal.services.files.limits import KINDS
from portal.services.files.rebuilding import FileRefused, kind_of, rebuild, shown_name
from tests import files_to_upload as files
from tests.corpus.pdf_making import pdf_with, picture, showing
from tests.corpus.pictures import dear_jpeg

PDF, JPEG, PNG = KINDS


def rebuilt(name: str, content: bytes) -> tuple[bytes, rebuilding.Rebuilt]:
    """As the portal does it: name and first bytes, then the parser."""
    kind = kind_of(name, content[: file_limits.START])
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
def test_v5_2_2_the_content_decides_whatever_the_name_says_and_what_is_kept_is_named_after_it(ending, content):
    """Several contents in one (polyglots) are neutralised by encoding anew: see the next tests and the corpus."""
    name = f"scan.{ending}"
    kept, _ = rebuilt(name, GOOD[content])
    kind = kind_of(name, GOOD[content])
    assert (kept.startswith(kind.starts), kind.extensions[0]) == (True, f".{content}")
    assert shown_name(name, kind) == f"scan.{content}"


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
        ("a.pdf", b"<html>" + b" " * 1024 + b"%PDF-1.7", "disagree"),
        ("a.jpg", b"\0\xff\xd8\xff", "disagree"),
        ("a", b"\0\xff\xd8\xff", "kind"),
    ],
)
def test_v5_2_3_v1_5_1_archives_office_files_and_drawings_with_scripts_are_no_kind_of_ours(name, start, reason):
    with pytest.raises(FileRefused) as caught:
        kind_of(name, start[: file_limits.START])
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


def test_a_pdf_that_needs_a_password_is_refused_and_one_that_only_restricts_is_taken():
    assert refusal("a.pdf", files.locked_pdf("secret")) == "locked"
    kept, result = rebuilt("a.pdf", files.locked_pdf(""))
    assert result.pages == 1
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        assert not pdf.is_encrypted


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
        pdf.pages[0].Resources.XObject.A.Width = 1_000_000
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
    monkeypatch.setattr(rebuilding, "PROGRAM", (sys.executable, "-I", str(program)))
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
    monkeypatch.setattr(rebuilding, "PROGRAM", (sys.executable, "-I", str(child)))
    monkeypatch.setattr(rebuilding, "SECONDS", 1)
    before = time.monotonic()
    assert refusal("a.pdf", files.pdf()) in ("broken", "too_complex", "slow")
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
        ("image:1641", "image:1641.pdf"),
        ("скан 23.11.2026", "скан 23.11.2026.pdf"),
        ("scan.jpg", "scan.pdf"),
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
    assert rebuilding.PROGRAM[0] == sys.executable
    assert "shell=" not in Path(rebuilding.__file__).read_text()


def test_a_picture_that_takes_long_is_stopped_in_little_time_and_said():
    """Without counting its passes beforehand, a third of a megabyte takes fifteen seconds."""
    content = dear_jpeg()
    assert len(content) < 400_000
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert refusal("a.jpg", content) == "slow"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - used < 2


def test_what_no_count_foresees_is_stopped_by_the_childs_own_clock(monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    child.write_text(
        "import json, resource, sys\nmost = json.loads(sys.argv[1])['seconds']\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (most, most))\nwhile True: pass"
    )
    monkeypatch.setattr(rebuilding, "PROGRAM", (sys.executable, "-I", str(child)))
    monkeypatch.setattr(rebuilding, "WORK", 1)
    assert refusal("a.pdf", files.pdf()) == "slow"


def test_a_dear_photo_inside_a_pdf_is_refused_too():
    """We do not draw it, but the officer's browser would."""
    make = pdf_with(lambda new, page: showing(new, page, picture(new, dear_jpeg(), 8160, 6120, pikepdf.Name.DCTDecode)))
    assert refusal("a.pdf", make()) == "slow"


def test_no_more_than_half_of_the_servers_threads_wait_for_files_and_the_others_are_told_at_once():
    assert rebuilding.AT_ONCE + rebuilding.WAITING <= THREADS // 2
    with contextlib.ExitStack() as held:
        for _ in range(rebuilding.AT_ONCE):
            held.enter_context(rebuilding.a_place_in_line())
        waiting = [threading.Thread(target=_wait_for_a_place) for _ in range(rebuilding.WAITING)]
        for thread in waiting:
            thread.start()
        while rebuilding._room._value:
            time.sleep(0.001)
        began = time.monotonic()
        with pytest.raises(rebuilding.TooBusy), rebuilding.a_place_in_line():
            pass
        assert time.monotonic() - began < 1
    for thread in waiting:
        thread.join()


def _wait_for_a_place() -> None:
    with rebuilding.a_place_in_line():
        pass


def test_who_waits_too_long_for_a_turn_comes_again(monkeypatch):
    monkeypatch.setattr(rebuilding, "PATIENCE", 0.01)
    with contextlib.ExitStack() as held:
        for _ in range(rebuilding.AT_ONCE):
            held.enter_context(rebuilding.a_place_in_line())
        with pytest.raises(rebuilding.TooBusy), rebuilding.a_place_in_line():
            pass
    with rebuilding.a_place_in_line():
        pass


@pytest.mark.parametrize("name", ["a.exe", "a.zip", "a.docx", "a.html"])
def test_a_name_that_nothing_of_ours_ever_has_is_refused_before_the_first_byte(name: str):
    with pytest.raises(FileRefused):
        rebuilding.check_name(name)
    for ours in ("a.jfif", "image:1641", "1000012345", "a.heic", "", "скан 23.11.2026"):
        rebuilding.check_name(ours)
