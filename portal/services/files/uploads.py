"""Uploads that survive a break: a file comes in pieces, and what was confirmed stays (tus 1.0).

A piece is sealed and in the store before the upload's row says so. The piece that makes the file whole is confirmed in
the same transaction that keeps the document: whoever does not hear that sends the last piece again, and nothing else.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import secrets
import tempfile
from collections.abc import Callable, Iterator
from typing import IO

from ...db import db
from ...gateways import Gateways
from ...gateways.storage import Storage, StorageDown
from ...models import Account, Upload
from ..jobs.rows import waiting, work_through
from ..keys import loose, vault
from .documents import take_file
from .limits import LARGEST_FILE, MB, START, UPLOADS_ON_THEIR_WAY
from .rebuilding import FileRefused, check_name, kind_of
from .room import UploadSlot, check_room, check_size

PIECE = 256 * 1024  # bytes held in memory, and at most lost in a break
LIFETIME = dt.timedelta(hours=24)

Read = Callable[[int], bytes]


class UploadNotFound(LookupError):
    """There is no such upload, it is somebody else's, or it has expired."""


class OffsetWrong(ValueError):
    """The piece does not begin where the last one ended; `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the upload stands at {offset}")
        self.offset = offset


class ChecksumWrong(ValueError):
    """The piece did not arrive as it was sent; none of it is kept."""


def start_upload(place: UploadSlot, name: str, length: int, now: dt.datetime) -> Upload:
    """An upload of so many bytes. Raises FileRefused for what would be refused in the end."""
    if length <= 0:
        raise FileRefused("empty")
    check_name(name)
    if length > LARGEST_FILE:
        raise FileRefused("too_large", most=LARGEST_FILE // MB)
    with db.atomic():
        on_their_way = Upload.select().where(Upload.account == place.account, Upload.offset < Upload.length)
        if on_their_way.where(Upload.expires_at > now).count() >= UPLOADS_ON_THEIR_WAY:
            raise FileRefused("account_full")
        check_room(place, length)
        return Upload.create(
            **vars(vault.new_seal()), account=place.account, draft_key=place.draft_key, field=place.field,
            name=name[-200:], length=length, created_at=now, expires_at=now + LIFETIME,
        )  # fmt: skip


def get_upload(account: Account, draft_key: str, key: str, now: dt.datetime) -> Upload:
    """Raises UploadNotFound."""
    upload = Upload.get_or_none(Upload.key == key, Upload.account == account, Upload.draft_key == draft_key)
    if upload is None or upload.expires_at <= now:
        raise UploadNotFound(key)
    return upload


def append(
    upload: Upload,
    offset: int,
    read: Read,
    place: UploadSlot,
    gateways: Gateways,
    now: dt.datetime,
    checksum: tuple[str, bytes] | None = None,
) -> int:
    """Add what `read` gives from `offset` on, and keep the file once it is whole; the new offset.

    With a checksum ("sha1" or "sha256" and its value) the whole of it is kept or nothing. Raises OffsetWrong,
    ChecksumWrong, FileRefused, rebuilding.TooBusy, gateways.storage.StorageDown; what was confirmed before stays.
    """
    if offset != upload.offset:
        raise OffsetWrong(upload.offset)
    if checksum is not None:
        with tempfile.TemporaryFile() as held:
            _copy_checked(read, held, upload.length - offset, checksum)
            return _append(upload, held.read, place, gateways, now)
    return _append(upload, read, place, gateways, now)


def _append(upload: Upload, read: Read, place: UploadSlot, gateways: Gateways, now: dt.datetime) -> int:
    for piece in _pieces(read, upload.length - upload.offset):
        if upload.offset == 0 and START <= len(piece) < upload.length:
            _check_first(upload, piece, now)
        if upload.offset + len(piece) < upload.length:
            _confirm(upload, piece, gateways.storage, now)
        else:
            _finish(upload, piece, place, gateways, now)
    return upload.offset


def _check_first(upload: Upload, piece: bytes, now: dt.datetime) -> None:
    """What would be refused in the end is refused before the rest of it comes. Raises FileRefused."""
    try:
        check_size(kind_of(upload.name, piece[:START]), upload.length)
    except FileRefused as refusal:
        _let_go(upload, upload.length, now, refusal)
        raise


def abandon(upload: Upload, storage: Storage) -> None:
    """Forget the upload and its pieces. Raises gateways.storage.StorageDown."""
    loose.discard(storage, upload, upload.parts)
    with db.atomic():
        Upload.delete().where(Upload.id == upload.id).execute()


def list_refused(account: Account, draft_key: str, now: dt.datetime) -> list[Upload]:
    """Uploads that arrived whole and were refused, with the reason in `error`, until something better is sent."""
    return list(
        Upload.select()
        .where(
            Upload.account == account,
            Upload.draft_key == draft_key,
            Upload.error.is_null(False),
            Upload.expires_at > now,
        )
        .order_by(Upload.id)
    )


def forget_refused(place: UploadSlot) -> None:
    """Something else was sent in answer to that question: what was refused before is settled."""
    with db.atomic():
        Upload.delete().where(
            Upload.account == place.account, Upload.draft_key == place.draft_key, Upload.field == place.field,
            Upload.error.is_null(False),
        ).execute()  # fmt: skip


def purge(storage: Storage, now: dt.datetime, limit: int = 200) -> int:
    """Forget uploads that expired; how many."""
    rows = Upload.select().where(Upload.expires_at <= now, waiting("forget_uploads", Upload.id, now)).limit(limit)

    def forget(upload: Upload) -> bool:
        abandon(upload, storage)
        return True

    return work_through("forget_uploads", list(rows), forget, now, (StorageDown,))


def _confirm(upload: Upload, piece: bytes, storage: Storage, now: dt.datetime) -> None:
    """Seal and store the piece, then say so; another one at the same place at the same time loses."""
    part = f"-{secrets.token_urlsafe(6)}"
    loose.note(upload, now, [part])
    parts = [*upload.parts, part]
    try:
        vault.put(storage, upload, piece, part)
        with db.atomic():
            _advance(upload, len(piece), parts)
            loose.claim(upload, now, [part])
    except BaseException:
        with contextlib.suppress(Exception):  # the sweep comes back to it
            loose.discard(storage, upload, [part])
        raise
    upload.offset, upload.parts = upload.offset + len(piece), parts


def _advance(upload: Upload, length: int, parts: list[str], error: dict[str, object] | None = None) -> None:
    """In the table alone: the transaction around it may still be undone."""
    with db.atomic():
        changed = Upload.update(offset=upload.offset + length, parts=parts, error=error).where(
            Upload.id == upload.id, Upload.offset == upload.offset
        )
        if not changed.execute():
            now_at = Upload.get_or_none(Upload.id == upload.id)
            raise OffsetWrong(now_at.offset if now_at else 0)


def _let_go(upload: Upload, length: int, now: dt.datetime, refusal: FileRefused | None = None) -> None:
    """It has come whole, or needs not: from here on nothing names its pieces."""
    with db.atomic():
        loose.note(upload, now, upload.parts)
        error: dict[str, object] | None = {"reason": refusal.reason, "values": refusal.values} if refusal else None
        _advance(upload, length, [], error)


def _finish(upload: Upload, piece: bytes, place: UploadSlot, gateways: Gateways, now: dt.datetime) -> None:
    """The file is whole: keep it as a document, or note why it is none. Only then its pieces go."""
    pieces, refused = upload.parts, None
    with tempfile.TemporaryFile() as whole:
        for part in pieces:
            for content in vault.read(gateways.storage, upload, part):
                whole.write(content)
        whole.write(piece)
        whole.flush()
        try:
            take_file(place, upload.name, whole, gateways, now, lambda: _let_go(upload, len(piece), now))
        except FileRefused as refusal:
            _let_go(upload, len(piece), now, refusal)
            refused = refusal
    upload.offset, upload.parts = upload.length, []
    with contextlib.suppress(StorageDown):  # the file is kept; the sweep takes what is left of its pieces
        loose.discard(gateways.storage, upload, pieces)
    if refused is not None:
        raise refused
    forget_refused(place)


def _pieces(read: Read, most: int) -> Iterator[bytes]:
    """What comes, in pieces of one size, the last shorter; never more than `most`. What came before a break counts."""
    while most > 0:
        held = bytearray()
        while len(held) < min(PIECE, most):
            received = read(min(PIECE, most) - len(held))
            if not received:
                break
            held += received
        if held:
            yield bytes(held)
        if len(held) < min(PIECE, most):
            return
        most -= len(held)


def _copy_checked(read: Read, held: IO[bytes], most: int, checksum: tuple[str, bytes]) -> None:
    algorithm, expected = checksum
    digest = hashlib.new(algorithm, usedforsecurity=False)
    for piece in _pieces(read, most):
        digest.update(piece)
        held.write(piece)
    if digest.digest() != expected:
        raise ChecksumWrong(algorithm)
    held.seek(0)
