"""How much there is room for: in a question, an application, and all that a person has not sent yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import fn

from ...models import Account, Document, Upload
from .limits import BYTES_OF_A_DRAFT, BYTES_OF_AN_ACCOUNT, FILES_OF_A_DRAFT, FILES_OF_AN_ACCOUNT, MB, FileKind
from .rebuilding import FileRefused

INFECTED = "infected"  # the state of a document without bytes: it takes no room


@dataclass(frozen=True)
class UploadSlot:
    """Where a file belongs: a question (`field` of `step`) that takes `most` files, of what has `draft_key`."""

    account: Account
    draft_key: str
    field: str
    step: str
    most: int


def check_size(kind: FileKind, size: int) -> None:
    """Raises FileRefused."""
    if size > kind.most_bytes:
        raise FileRefused("too_large", most=kind.most_bytes // MB)


def check_room(place: UploadSlot, size: int) -> None:
    """Whether one more file of that many bytes finds room. Raises FileRefused.

    What a corrected application was sent with before takes none: an officer asked for more.
    """
    draft = Document.select().where(
        Document.draft_key == place.draft_key, Document.case.is_null(), Document.state != INFECTED
    )
    if draft.where(Document.field == place.field).count() >= place.most:
        raise FileRefused("too_many", most=place.most)
    files, bytes_ = _count(draft.select(fn.COUNT(Document.id), fn.SUM(Document.size)))
    if files >= FILES_OF_A_DRAFT or bytes_ + size > BYTES_OF_A_DRAFT:
        raise FileRefused("draft_full", files=FILES_OF_A_DRAFT, most=BYTES_OF_A_DRAFT // MB)
    loose = Document.select(fn.COUNT(Document.id), fn.SUM(Document.size))
    files, bytes_ = _count(loose.where(Document.account == place.account, Document.case.is_null()))
    coming = Upload.select(fn.COUNT(Upload.id), fn.SUM(Upload.length))
    more_files, more_bytes = _count(coming.where(Upload.account == place.account, Upload.offset < Upload.length))
    if files + more_files >= FILES_OF_AN_ACCOUNT or bytes_ + more_bytes + size > BYTES_OF_AN_ACCOUNT:
        raise FileRefused("account_full")


def _count(query: Any) -> tuple[int, int]:
    """How many, and their bytes together."""
    count, size = query.scalar(as_tuple=True)
    return count, int(size or 0)
