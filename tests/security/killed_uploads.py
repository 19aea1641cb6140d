"""A program for test_torn_uploads.py: uploads in processes that are killed at every write, each brought to its end.

`python -m tests.security.killed_uploads <database> <folder> <kind>` prints how many were killed. It is a process of its
own, and only its children touch the store: the store's threads do not survive a fork.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

from portal import db as database
from portal.gateways.antivirus import ScannerDown
from portal.gateways.storage import Storage, make_local_storage
from portal.models import Account, Document, Draft, Upload
from portal.production import DEMO_KEY
from portal.services.files import documents, uploads
from portal.services.files.limits import FileKind
from portal.services.files.rebuilding import Rebuilt, size_of
from portal.services.files.room import UploadSlot
from portal.services.keys import loose
from portal.services.keys.ring import use_keys
from tests import files_to_upload as files
from tests.security.test_nothing_is_lost import Writes, apart, fork

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
CONTENT = files.pdf(text=b"% " + bytes(range(65, 91)) * 40)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
PIECE = len(CONTENT) // 3 + 1


class Silent:
    """A scanner that does not answer: original and copy are both kept."""

    def scan(self, *_: object) -> str:
        raise ScannerDown


class Content:
    """A scanner that finds nothing."""

    def scan(self, *_: object) -> str:
        return ""


def copied(kind: FileKind, source: IO[bytes], target: IO[bytes]) -> Rebuilt:
    """In place of rebuilding, which writes nothing that lasts and takes its time."""
    source.seek(0)
    target.write(source.read())
    return Rebuilt(size_of(target), 1, SHA256)


class KillingStorage:
    """Counts puts and deletes, before and after, as Writes does what the database is told."""

    def __init__(self, storage: Storage, writes: Writes) -> None:
        self.storage, self.writes, self.get = storage, writes, storage.get

    def put(self, *arguments: Any) -> None:
        self._around(lambda: self.storage.put(*arguments))

    def delete(self, name: str) -> None:
        self._around(lambda: self.storage.delete(name))

    def _around(self, work: Callable[[], None]) -> None:
        self.writes.point()
        work()
        self.writes.point()


class Trial:
    """One file on its way, of one person with one draft."""

    def __init__(self, number: int, kind: str, folder: Path) -> None:
        self.kind, self.folder = kind, folder
        account = Account.create(iin=f"{number:012d}", name="Үлгі", created_at=NOW)
        self.draft = Draft.create(
            key=f"draft{number}", account=account, service="s", edition="1", started_at=NOW, saved_at=NOW
        )
        self.place = UploadSlot(account, self.draft.key, "scan", "step", 10)
        self.upload = uploads.start_upload(self.place, "a.pdf", len(CONTENT), NOW) if kind != "form" else None

    def run(self, writes: Writes, acknowledge: Callable[[int], None]) -> None:
        storage = KillingStorage(make_local_storage(self.folder), writes)
        scanner = Silent() if self.kind == "unscanned" else Content()
        gateways: Any = SimpleNamespace(storage=storage, antivirus=scanner)
        if self.upload is None:
            documents.take_file(self.place, "a.pdf", io.BytesIO(CONTENT), gateways, NOW)
            return acknowledge(len(CONTENT))
        upload = Upload.get_by_id(self.upload.id)
        while upload.offset < upload.length:
            piece = io.BytesIO(CONTENT[upload.offset : upload.offset + PIECE])
            acknowledge(uploads.append(upload, upload.offset, piece.read, self.place, gateways, NOW))

    def in_a_process(self, kill_at: int | None) -> tuple[bool, int, int]:
        """Whether it was killed, what was acknowledged last, and how many points it passed."""
        out, into = os.pipe()

        def job() -> None:
            with Writes(kill_at) as writes:
                self.run(writes, lambda offset: os.write(into, f"a{offset} ".encode()) and None)
            os.write(into, f"p{writes.count} ".encode())

        with apart():
            _, status = os.waitpid(fork(job), 0)
        os.close(into)
        said = os.read(out, 10_000).decode().split()
        os.close(out)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        assert killed or status == 0, status
        numbers = {letter: [int(word[1:]) for word in said if word[0] == letter] for letter in "ap"}
        return killed, max(numbers["a"], default=0), max(numbers["p"], default=0)

    def confirmed(self) -> int:
        if self.upload is None:
            return len(CONTENT) * self.kept().count()
        return Upload.get_by_id(self.upload.id).offset

    def kept(self) -> Any:
        return Document.select().where(Document.draft_key == self.draft.key)

    def check_whole(self) -> None:
        """One document, whole and named by the answer; no half of one."""
        (document,) = self.kept()
        assert document.sha256 == SHA256
        assert Draft.get_by_id(self.draft.id).answers == {"scan": [document.key]}

        def job() -> None:
            storage = make_local_storage(self.folder)
            document.state = documents.CLEAN
            assert documents.read_document(document, storage) == CONTENT

        with apart():
            assert os.waitpid(fork(job), 0)[1] == 0


def check_nothing_is_left(folder: Path) -> None:
    """After a day's sweep the store has what the rows name, and nothing else."""

    def job() -> None:
        storage = make_local_storage(folder)
        while loose.sweep(storage, NOW + dt.timedelta(days=2)):
            pass

    with apart():
        assert os.waitpid(fork(job), 0)[1] == 0
    named = {
        f"{document.key}{part}"
        for document in Document.select()
        for part in (("", documents.ORIGINAL) if document.has_original else ("",))
    }
    assert {path.name for path in folder.glob("??/*")} == named


def main(url: str, folder: str, kind: str) -> int:
    database.db.initialize(database.make_database(url))
    database.connect()
    use_keys([DEMO_KEY])
    documents.rebuild = copied
    uploads.PIECE = PIECE
    whole = Trial(0, kind, Path(folder))
    _, acknowledged, points = whole.in_a_process(None)
    assert acknowledged == len(CONTENT)
    whole.check_whole()
    for point in range(1, points + 1):
        trial = Trial(point, kind, Path(folder))
        killed, acknowledged, _ = trial.in_a_process(point)
        assert killed, f"{kind} {point}: was not killed"
        assert trial.confirmed() >= acknowledged, f"{kind} {point}: {acknowledged} was acknowledged"
        assert trial.kept().count() <= 1
        if trial.upload is not None and trial.confirmed() < len(CONTENT):
            assert trial.kept().count() == 0, f"{kind} {point}: a document of an upload that is not whole"
        trial.in_a_process(None)
        trial.check_whole()
    check_nothing_is_left(Path(folder))
    print(points)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
