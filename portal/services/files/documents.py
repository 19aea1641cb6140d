"""Documents: files that citizens give with an application, checked, rebuilt, scanned, sealed and stored.

A file is kept the moment it comes, whatever else of its page is still wrong. Its row hangs on the draft's key, also
after the draft became a case: a sent application that has to be corrected takes files by the same key.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterable
from typing import IO, Any

from ...db import db, lock
from ...gateways import Gateways
from ...gateways.antivirus import ScannerDown, is_real
from ...gateways.storage import Storage, StorageDown
from ...models import Case, Document, Draft
from ..jobs.rows import waiting, work_through
from ..keys import loose, vault
from ..records import audit
from .limits import KINDS, START, FileKind
from .rebuilding import FileRefused, Rebuilt, a_place_in_line, kind_of, pieces_of, rebuild, shown_name, size_of
from .room import INFECTED, UploadSlot, check_room, check_size

ORIGINAL = "-original"  # the file as it came, beside its copy, until it is scanned
WAITED_FOR = 1.5  # seconds that somebody waits for the scanner; then the worker goes on asking
FIRST_SCAN = dt.timedelta(seconds=30)
FORGOTTEN_AFTER = dt.timedelta(hours=1)
NOT_LOOKED_INTO = ("Heuristics.Limits.", "Heuristics.Encrypted.")  # what clamd says of what is too much for it

PENDING, CLEAN = "pending", "clean"


class DocumentNotFound(LookupError):
    """There is no such document, or it is somebody else's."""


class NotScannedYet(Exception):
    """The virus scanner has not looked at the document; nobody may see it before."""


class Infected(Exception):
    """A virus was found; the document's bytes are deleted."""


def list_documents(draft_key: str, field: str | None = None) -> list[Document]:
    """The files given and not sent yet, in the order they came; infected ones are none."""
    rows = Document.select().where(Document.draft_key == draft_key, Document.case.is_null(), Document.state != INFECTED)
    if field is not None:
        rows = rows.where(Document.field == field)
    return list(rows.order_by(Document.id))


def list_infected(draft_key: str) -> list[Document]:
    """Files in which a virus was found and that nothing was sent in place of, since."""
    rows = Document.select().where(Document.draft_key == draft_key).order_by(Document.id)
    last: dict[str, list[Document]] = {}
    for row in rows:
        last[row.field] = [*last.get(row.field, ()), row] if row.state == INFECTED else []
    return [row for found in last.values() for row in found]


def list_case_documents(case: Case) -> list[Document]:
    """The files of a case, infected ones too: that they were is part of its history."""
    return list(Document.select().where(Document.case == case).order_by(Document.id))


def get_document(case: Case, key: str) -> Document:
    """A document of this very case; whether the reader may see the case is for the caller to know.

    Raises DocumentNotFound.
    """
    document = Document.get_or_none(Document.key == key, Document.case == case)
    if document is None:
        raise DocumentNotFound(key)
    return document


def read_document(document: Document, storage: Storage) -> bytes:
    """What may be shown. Raises NotScannedYet, Infected, and what vault.fetch() raises."""
    if document.state == INFECTED:
        raise Infected(document.key)
    if document.state != CLEAN:
        raise NotScannedYet(document.key)
    return vault.fetch(storage, document)


def made_name(document: Document, number: str) -> str:
    """What the file is called when it is saved: a name of our making, in plain letters."""
    endings = {kind.media_type: kind.extensions[0] for kind in KINDS}
    return f"{number}-{document.id}{endings[document.media_type]}"


def take_file(
    place: UploadSlot,
    name: str,
    source: IO[bytes],
    gateways: Gateways,
    now: dt.datetime,
    also: Callable[[], None] | None = None,
) -> Document:
    """Check a file, rebuild, scan, seal and store it, and note it as an answer. The same file twice is one.

    `also` is done in the same transaction. Raises FileRefused, rebuilding.TooBusy, gateways.storage.StorageDown.
    """
    size = size_of(source)
    kind = kind_of(name, source.read(START))
    check_size(kind, size)
    if also is None:  # an upload was let in before its first byte, and counts itself
        check_room(place, size)
    with a_place_in_line(), tempfile.TemporaryFile() as original, tempfile.TemporaryFile() as copy:
        for piece in pieces_of(source):
            original.write(piece)
        original.flush()
        built = rebuild(kind, original, copy)
        found, scanned = _scan((original, copy), gateways)
        if found.startswith(NOT_LOOKED_INTO):
            raise FileRefused("too_complex")
        if found:
            _note_infected(place, shown_name(name, kind), kind, size, found, now)
            raise FileRefused("infected")
        document = _new_row(place, shown_name(name, kind), kind, built, scanned, gateways, now)
        loose.note(document, now, _parts(document))
        vault.put(gateways.storage, document, pieces_of(copy))
        if document.has_original:
            vault.put(gateways.storage, document, pieces_of(original), ORIGINAL)
    return _keep(place, document, gateways.storage, now, also)


def delete_document(place: UploadSlot, key: str, storage: Storage, now: dt.datetime) -> None:
    """Take a file back before it is sent; a second time is no error. Raises gateways.storage.StorageDown."""
    document = Document.get_or_none(
        Document.key == key, Document.draft_key == place.draft_key, Document.account == place.account,
        Document.field == place.field, Document.case.is_null(),
    )  # fmt: skip
    if document is None:
        return
    discard_files(document, storage)
    with db.atomic():
        Document.delete().where(Document.id == document.id).execute()
        note_answer(place.draft_key, place.field, place.step)
        audit.record(f"account:{place.account.id}", "remove_document", f"document:{document.id}", now)


def attach(case: Case, answers: dict[str, Any]) -> None:
    """Tie the files that these answers name to the case, in the caller's transaction. What they do not name goes."""
    for document in list_documents(case.draft_key):
        if document.key in (answers.get(document.field) or ()):
            Document.update(case=case).where(Document.id == document.id).execute()


def attach_new(case: Case, fields: Iterable[str]) -> dict[str, list[str]]:
    """Tie to the case what was given anew in answer to these questions, in the caller's transaction; the new answers.

    What was sent before stays with the case, though the answer names it no more.
    """
    lock(f"draft:{case.draft_key}")
    given = {field: [document.key for document in list_documents(case.draft_key, field)] for field in fields}
    answers = {field: keys for field, keys in given.items() if keys}
    attach(case, answers)
    return answers


def note_answer(draft_key: str, field: str, step: str) -> None:
    """Make the draft's answer name the files that are there, in the caller's transaction; without any it is open."""
    lock(f"draft:{draft_key}")
    draft = Draft.get_or_none(Draft.key == draft_key)
    if draft is None:
        return  # a sent application that is corrected: what is asked there notes its answers itself
    keys = [document.key for document in list_documents(draft_key, field)]
    answers = {name: value for name, value in draft.answers.items() if name != field} | ({field: keys} if keys else {})
    done = draft.done if keys else [id for id in draft.done if id != step]
    Draft.update(answers=answers, done=done).where(Draft.id == draft.id).execute()


def discard_files(document: Document, storage: Storage) -> None:
    """Delete the bytes. Raises gateways.storage.StorageDown."""
    loose.discard(storage, document, _parts(document))


def _parts(document: Document) -> tuple[str, ...]:
    """What lies in the store of it: the copy, and the file as it came while that waits for its scan."""
    return ("", ORIGINAL) if document.has_original else ("",)


def purge(storage: Storage, now: dt.datetime, limit: int = 200) -> int:
    """Delete the files that no draft and no case needs any more; how many."""
    drafts = Draft.select(Draft.key)
    corrected = Case.select(Case.draft_key).where(Case.correction_asked_at.is_null(False))
    left = Document.select().where(
        Document.case.is_null(),
        Document.created_at < now - FORGOTTEN_AFTER,
        Document.state != INFECTED,
        Document.draft_key.not_in(drafts),
        Document.draft_key.not_in(corrected),
    )
    left = left.where(waiting("forget_documents", Document.id, now))

    def forget(document: Document) -> bool:
        discard_files(document, storage)
        with db.atomic():
            return bool(Document.delete().where(Document.id == document.id, Document.case.is_null()).execute())

    return work_through("forget_documents", list(left.order_by(Document.id).limit(limit)), forget, now, (StorageDown,))


def _scan(files: tuple[IO[bytes], ...], gateways: Gateways) -> tuple[str, bool]:
    """What was found, and whether the scanner said anything in the time that somebody can wait."""
    until = time.monotonic() + WAITED_FOR
    try:
        for file in files:
            found = gateways.antivirus.scan(pieces_of(file), max(0.1, until - time.monotonic()))
            if found:
                return found, True
        return "", True
    except ScannerDown:
        return "", False


def _new_row(
    place: UploadSlot, name: str, kind: FileKind, built: Rebuilt, scanned: bool, gateways: Gateways, now: dt.datetime
) -> Document:
    return Document(
        **vars(vault.new_seal()),
        account=place.account,
        draft_key=place.draft_key,
        field=place.field,
        name=name,
        media_type=kind.media_type,
        size=built.size,
        pages=built.pages,
        sha256=built.sha256,
        state=CLEAN if scanned else PENDING,
        has_original=not scanned,
        created_at=now,
        scanned_at=now if scanned and is_real(gateways.antivirus) else None,
        next_scan_at=None if scanned else now + FIRST_SCAN,
    )


def _keep(
    place: UploadSlot, document: Document, storage: Storage, now: dt.datetime, also: Callable[[], None] | None
) -> Document:
    """The row, once more within the limits; where that fails the bytes go again."""
    try:
        with db.atomic():
            lock(f"draft:{place.draft_key}")
            same = Document.get_or_none(
                Document.draft_key == place.draft_key, Document.field == place.field,
                Document.sha256 == document.sha256, Document.state != INFECTED, Document.case.is_null(),
            )  # fmt: skip
            if also is not None:
                also()
            if same is None:
                check_room(place, document.size)
                document.save(force_insert=True)
                loose.claim(document, now, _parts(document))
                note_answer(place.draft_key, place.field, place.step)
                audit.record(
                    f"account:{place.account.id}", "give_document", f"document:{document.id}", now, state=document.state
                )
    except BaseException:
        with contextlib.suppress(Exception):  # the sweep comes back to it
            discard_files(document, storage)
        raise
    if same is not None:
        discard_files(document, storage)
        return same
    return document


def _note_infected(place: UploadSlot, name: str, kind: FileKind, size: int, found: str, now: dt.datetime) -> None:
    """A row without bytes, and a line in the audit log: that there was a virus stays known."""
    with db.atomic():
        document = Document.create(
            **vars(vault.new_seal()), account=place.account, draft_key=place.draft_key, field=place.field, name=name,
            media_type=kind.media_type, size=size, sha256="", state=INFECTED, created_at=now, scanned_at=now,
        )  # fmt: skip
        audit.record(f"account:{place.account.id}", "infected_file", f"document:{document.id}", now, found=found)
