"""What the officer sees is what the citizen saw, or it is refused in words: the whole corpus, really rebuilt."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageOps

from portal.forms.uploads import REASONS
from portal.services.files.limits import START
from portal.services.files.rebuilding import FileRefused, kind_of, rebuild, shown_name
from tests.corpus import documents, forms, pictures
from tests.corpus.case import SAME, WRITTEN, Case

CORPUS = [*pictures.CASES, *documents.CASES, *forms.CASES]
DOTS = 72  # an inch: a pixel a point
DARK, ALIKE = 120, 40  # grey; how far a spot of the page may be from what it was
Image.MAX_IMAGE_PIXELS = None


def rebuilt(case: Case, content: bytes) -> tuple[str, bytes]:
    """The kind that is kept, and its bytes."""
    kind = kind_of(case.file_name, content[:START])
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(content)
        source.flush()
        rebuild(kind, source, target)
        target.seek(0)
        assert shown_name(case.file_name, kind).endswith(kind.extensions[:2])
        return kind.id, target.read()


def drawn(pdf: bytes, tmp_path: Path) -> list[Image.Image]:
    """Its pages in grey, at most three."""
    (tmp_path / "a.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-gray", "-r", str(DOTS), "-l", "3", "-cropbox", "a.pdf", "p"]
    subprocess.run(command, cwd=tmp_path, check=True, stderr=subprocess.DEVNULL)
    pages = []
    for path in sorted(tmp_path.glob("p-*.pgm")):
        with Image.open(path) as page:
            pages.append(page.copy())
        path.unlink()
    return pages


def assert_alike(before: Image.Image, after: Image.Image) -> None:
    """The same but for what encoding anew does to single spots."""
    assert before.size == after.size
    size = (max(1, before.width // 8), max(1, before.height // 8))
    old, new = before.resize(size, Image.Resampling.BOX), after.resize(size, Image.Resampling.BOX)
    assert max(abs(a - b) for a, b in zip(old.tobytes(), new.tobytes(), strict=True)) < ALIKE


def darkest(page: Image.Image, box: tuple[float, float, float, float]) -> int:
    left, bottom, right, top = (side * DOTS / 72 for side in box)
    spot = page.crop((int(left), int(page.height - top), int(right), int(page.height - bottom)))
    return int(spot.getextrema()[0])


def upright(data: bytes) -> Image.Image:
    """A picture as programs show it, on white, small."""
    with Image.open(io.BytesIO(data)) as opened:
        picture: Image.Image = opened
        picture.draft("RGB", (400, 400))
        if picture.mode == "I;16":
            return picture.point(lambda value: value / 256).convert("L").resize((240, 320))
        if picture.mode == "1":
            picture = picture.convert("L").reduce(8)
        turned = ImageOps.exif_transpose(picture)
        see_through = turned.convert("RGBA")
    size = (240, round(240 * see_through.height / see_through.width))
    small = see_through.resize(size, Image.Resampling.BOX)
    return Image.alpha_composite(Image.new("RGBA", size, (255, 255, 255, 255)), small).convert("L")


def test_the_corpus_is_large_and_every_reason_has_words():
    assert len(CORPUS) == len({case.id for case in CORPUS}) >= 60
    assert {case.becomes for case in CORPUS} - {SAME, WRITTEN} <= REASONS.keys()


@pytest.mark.needs("pdftoppm")
@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CORPUS])
def test_v5_2_2_what_is_kept_looks_as_it_came_or_the_file_is_refused_in_words(case: Case, tmp_path: Path):
    content = case.make()
    if case.becomes not in (SAME, WRITTEN):
        with pytest.raises(FileRefused) as refused:
            rebuilt(case, content)
        assert refused.value.reason == case.becomes
        assert str(REASONS[case.becomes]) % {"format": "HEIC", **refused.value.values}
        return
    kind, kept = rebuilt(case, content)
    assert kind == (case.kind or kind_of(case.file_name, content[:START]).id)
    for secret in (b"evil", b"SecretCamera"):
        assert secret not in kept
    if kind != "pdf":
        return assert_alike(upright(content), upright(kept))
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        assert b"evil" not in _loose(pdf)
    after = drawn(kept, tmp_path)
    if case.becomes == SAME:
        before = drawn(case.like() if case.like else content, tmp_path)
        assert len(before) == len(after)
        for old, new in zip(before, after, strict=True):
            assert_alike(old, new)
    assert case.inked is None or darkest(after[0], case.inked) < DARK
    assert case.blank is None or darkest(after[0], case.blank) > 250


def _loose(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()
