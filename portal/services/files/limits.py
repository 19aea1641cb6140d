"""What files we take, and how large they may be. Pure; docs/uploads.md says the same, and a test compares them."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class FileKind:
    """A kind of file, told by its first bytes. `most_bytes` counts the file as it comes.

    `extensions`: the first one is what a kept file is called; the others are names that people's devices give.
    `most_pixels` and `most_unpacked` (bytes) bound one picture, the latter also everything else packed inside.
    """

    id: str
    media_type: str
    extensions: tuple[str, ...]
    starts: bytes
    most_bytes: int
    most_pixels: int
    most_pages: int
    most_unpacked: int


KINDS = (
    FileKind("pdf", "application/pdf", (".pdf",), b"%PDF-", 10 * MB, 110_000_000, 50, 400_000_000),
    FileKind(
        "jpeg", "image/jpeg", (".jpg", ".jpeg", ".jfif", ".jpe"), b"\xff\xd8\xff", 10 * MB, 110_000_000, 1, 400_000_000
    ),
    FileKind("png", "image/png", (".png",), b"\x89PNG\r\n\x1a\n", 10 * MB, 110_000_000, 1, 400_000_000),
)

START = 1024  # bytes at the beginning that tell the kind: a PDF may begin behind a mark or a line of somebody else's

LARGEST_FILE = max(kind.most_bytes for kind in KINDS)
LARGEST_POST = 25 * MB  # bytes of one form with its files
LONGEST_SIDE = 3508  # pixels of a kept picture: A4 at 300 dots an inch; what is larger is shrunk to it
NARROWEST = 1240  # pixels to which a long strip is shrunk at most
FILES_OF_A_FIELD = 10  # unless the passport says less or more (max_files)
FILES_OF_A_DRAFT, BYTES_OF_A_DRAFT = 20, 50 * MB
FILES_OF_AN_ACCOUNT, BYTES_OF_AN_ACCOUNT = 60, 150 * MB  # in all drafts together, uploads on their way included
UPLOADS_ON_THEIR_WAY = 10  # of an account

ACCEPT = ",".join(extension for kind in KINDS for extension in (*kind.extensions, kind.media_type))
