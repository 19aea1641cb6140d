"""Backups: everything comes back, the same, on either database; what is not whole changes nothing."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import peewee
import pytest
from click.testing import CliRunner, Result

from portal import db as database
from portal.cli import main
from portal.config import DEMO_KEY
from portal.db import db
from portal.gateways.storage import Storage, make_local_storage
from portal.models import (
    MODELS,
    Account,
    AuditEntry,
    Case,
    Document,
    Event,
    Organisation,
    Paper,
    SealedPaper,
    Session,
    Signature,
)
from portal.services.backups import envelope, records, taking
from portal.services.files import documents
from portal.services.keys import vault
from portal.services.keys.ring import use_keys
from portal.services.keys.sealing import CHUNK, HEADER, TAG
from portal.services.records import audit
from tests.conftest import _on_server
from tests.review_data import make_account, make_case, make_school, make_staff

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
PASSPHRASE = "жеті рет өлшеп, бір рет кес"


class Place:
    """A portal's database and store, and the command that is called there."""

    def __init__(self, url: str, data: Path) -> None:
        self.url, self.data, self.environ = url, data, {}

    @property
    def storage(self) -> Storage:
        return make_local_storage(self.data / "files")

    def portal(self, *arguments: str, **environ: str) -> Result:
        own = {
            "PORTAL_ENV": "test", "PORTAL_DATABASE_URL": self.url, "PORTAL_DATA_DIR": str(self.data), "PORTAL_KEYS": "",
        }  # fmt: skip
        leave()
        return CliRunner().invoke(main, arguments, env=own | environ)

    def enter(self) -> None:
        leave()
        use_keys((DEMO_KEY,))
        db.initialize(database.make_database(self.url))
        database.connect()

    def rows(self) -> dict[str, list[Any]]:
        """Every row that a backup keeps; the audit log up to its last common entry."""
        self.enter()
        kept = [model for model in MODELS if model not in taking.LEFT_OUT and model is not AuditEntry]
        found = {
            model.__name__: list(model.select().order_by(model.id).tuples())
            for model in kept
            if "id" in model._meta.fields
        }
        entries = AuditEntry.select().where(AuditEntry.action.not_in(("backup", "restore")))
        return found | {"AuditEntry": list(entries.order_by(AuditEntry.id).tuples())}

    def files(self) -> dict[str, str]:
        """Every stored file with its hash."""
        return {name: hashlib.sha256(self.storage.get(name)).hexdigest() for name in self.storage.list()}

    def is_empty(self) -> bool:
        if not self.url.startswith("sqlite") or Path(self.url.removeprefix("sqlite:///")).exists():
            self.enter()
            if any(peewee.Table(name).bind(db).select(peewee.SQL("1")).tuples().first() for name in db.get_tables()):
                return False
        return not self.files()


def leave() -> None:
    """Close the connection to whatever place was entered last."""
    if isinstance(db.obj, peewee.Database) and not db.is_closed():
        db.close()


@pytest.fixture
def source(database_url: str, tmp_path: Path) -> Iterator[Place]:
    """A portal with two cases, a complaint, papers under seal, a document and a name in Kazakh."""
    place = Place(database_url, tmp_path / "source")
    place.enter()
    body = make_school()
    holder = make_staff(body, "officer")
    for number in (1, 2):
        fill_case(place.storage, make_case(body, make_account(number, "Үлгі \u2028 “Әже” 🙂"), holder=holder))
    first = Case.get()
    make_case(body, make_account(3), kind="complaint", about=first)
    add_document(place.storage, first)
    audit.record("system", "test", "case:1", NOW)
    yield place
    leave()


def fill_case(storage: Storage, case: Case) -> None:
    """What belongs to a case, in the transaction of the caller, but for the file."""
    Event.create(case=case, kind="submitted", at=NOW, actor="citizen", data={"а": ["ә", None, True]})
    Signature.create(case=case, method="otp", signer_iin="900101400017", text="мәтін", text_hash="-", signed_at=NOW)
    paper = Paper.create(code=f"P{case.id}", case=case, kind="receipt", language="kk", data={}, issued_at=NOW)
    pdf = b"%PDF " + str(case.id).encode() * 120_000
    SealedPaper.create(
        **vars(vault.store(storage, pdf)),
        paper=paper,
        size=len(pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
        sealed_at=NOW,
    )


def add_document(storage: Storage, case: Case, **changes: Any) -> Document:
    sealed = vault.new_seal()
    row = Document.create(
        **vars(sealed), account=case.account, draft_key=case.draft_key, case=case, field="scan", name="анықтама.pdf",
        media_type="application/pdf", size=4, sha256="-", state="pending", has_original=True, created_at=NOW,
    )  # fmt: skip
    vault.put(storage, row, b"copy")
    vault.put(storage, row, b"original", documents.ORIGINAL)
    return row


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Nothing yet: no table, no folder."""
    if request.param == "sqlite":
        yield Place(f"sqlite:///{tmp_path}/target/portal.sqlite", tmp_path / "target")
        leave()
        return
    server = request.getfixturevalue("postgresql")
    _on_server(server, "DROP DATABASE IF EXISTS restored WITH (FORCE)", "CREATE DATABASE restored")
    yield Place(server.removesuffix("/postgres") + "/restored", tmp_path / "target")
    leave()


@pytest.fixture
def nothing(tmp_path: Path) -> Place:
    return Place(f"sqlite:///{tmp_path}/nothing/portal.sqlite", tmp_path / "nothing")


@pytest.fixture
def saved(source: Place, tmp_path: Path) -> Path:
    file = tmp_path / "daily.backup"
    result = source.portal("backup", str(file))
    assert result.exit_code == 0, result.output
    return file


def test_everything_comes_back_into_nothing_on_either_database(source: Place, target: Place, saved: Path) -> None:
    rows, files = source.rows(), source.files()
    assert len(files) == 4
    assert len(rows["Case"]) == 3
    result = target.portal("restore", str(saved))
    assert (result.exit_code, "The audit log is whole." in result.output) == (0, True), result.output
    assert target.files() == files
    assert target.rows() == rows
    for kept in SealedPaper.select():
        assert hashlib.sha256(vault.fetch(target.storage, kept)).hexdigest() == kept.sha256
    assert audit.verify() == []
    assert [entry.action for entry in AuditEntry.select()][-1] == "restore"


def test_the_restored_portal_goes_on_numbering_behind_the_last_row(target: Place, saved: Path) -> None:
    target.portal("restore", str(saved))
    target.enter()
    last = Case.select(peewee.fn.max(Case.id)).scalar()
    assert make_case(Organisation.get(), Account.get(), number="NEW", draft_key="new").id > last
    assert target.portal("db", "check").exit_code == 0


def test_v7_4_1_nobody_is_signed_in_by_a_restore(source: Place, nothing: Place, tmp_path: Path) -> None:
    source.enter()
    Session.create(key_hash="x", account=1, data={}, created_at=NOW, seen_at=NOW, expires_at=NOW)
    file = tmp_path / "b"
    assert source.portal("backup", str(file)).exit_code == 0
    assert nothing.portal("restore", str(file)).exit_code == 0
    nothing.enter()
    assert Session.select().count() == 0


def test_a_passphrase_opens_it_and_no_other_does(source: Place, nothing: Place, tmp_path: Path) -> None:
    file, words, others = tmp_path / "b", tmp_path / "words", tmp_path / "others"
    words.write_text(PASSPHRASE + "\n")
    others.write_text(PASSPHRASE + "!")
    assert source.portal("backup", str(file), "--passphrase-file", str(words)).exit_code == 0
    for wrong in ((), ("--passphrase-file", str(others))):
        result = nothing.portal("restore", str(file), *wrong)
        assert (result.exit_code, nothing.is_empty()) == (1, True), result.output
        assert "passphrase" in result.output
    assert nothing.portal("restore", str(file), "--passphrase-file", str(words)).exit_code == 0


def test_a_short_passphrase_is_refused(source: Place, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("short one")
    result = source.portal("backup", str(tmp_path / "b"), "--passphrase-file", str(tmp_path / "words"))
    assert result.exit_code == 1
    assert "15 characters" in result.output
    assert not (tmp_path / "b").exists()


def test_v11_2_2_the_backup_names_its_key_and_opens_with_it_alone(source: Place, nothing: Place, saved: Path) -> None:
    assert b'"key": "demo"' in saved.read_bytes().split(b"\n")[0]
    other = "b3RoZXIga2V5IG9mIDMyIGJ5dGVzLCBub3QgYSBrZXk="
    for keys in (f"new:{other}", f"demo:{other}"):
        result = nothing.portal("restore", str(saved), PORTAL_KEYS=keys)
        assert (result.exit_code, nothing.is_empty()) == (1, True)
        assert "PORTAL_KEYS" in result.output


def test_a_passphrase_does_not_make_up_for_the_keys_of_the_files(source: Place, nothing: Place, tmp_path: Path) -> None:
    file, words = tmp_path / "b", tmp_path / "words"
    words.write_text(PASSPHRASE)
    source.portal("backup", str(file), "--passphrase-file", str(words))
    other = "demo:b3RoZXIga2V5IG9mIDMyIGJ5dGVzLCBub3QgYSBrZXk="
    result = nothing.portal("restore", str(file), "--passphrase-file", str(words), PORTAL_KEYS=other)
    assert (result.exit_code, nothing.is_empty()) == (1, True)
    assert "PORTAL_KEYS lacks" in result.output


def test_v11_2_2_a_key_that_was_rotated_out_is_not_asked_for(source: Place, nothing: Place, tmp_path: Path) -> None:
    file, new = tmp_path / "b", "new:b3RoZXIga2V5IG9mIDMyIGJ5dGVzLCBub3QgYSBrZXk="
    both = f"{new},demo:{base64.b64encode(DEMO_KEY[1]).decode()}"
    assert source.portal("backup", str(tmp_path / "before"), PORTAL_KEYS=both).exit_code == 0
    assert "PORTAL_KEYS lacks" in nothing.portal("restore", str(tmp_path / "before"), PORTAL_KEYS=new).output
    assert source.portal("keys", "rotate", PORTAL_KEYS=both).exit_code == 0
    assert source.portal("backup", str(file), PORTAL_KEYS=both).exit_code == 0
    result = nothing.portal("restore", str(file), PORTAL_KEYS=new)
    assert result.exit_code == 0, result.output


def test_v14_2_4_only_its_owner_may_read_it_and_nothing_in_it_is_plain(source: Place, saved: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    assert "Үлгі".encode() not in saved.read_bytes()
    assert b"case" not in saved.read_bytes()


def first_chunk(content: bytes) -> int:
    return content.index(b"\n") + 1 + HEADER


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "something else": lambda content: b"SQLite format 3\0" + bytes(4000),
    "its first line alone": lambda content: content[: content.index(b"\n") + 1],
    "a first line changed": lambda content: content.replace(b'"demo"', b'"dema"', 1),
    "cut in the middle": lambda content: content[: len(content) // 2],
    "cut at a chunk": lambda content: content[: first_chunk(content) + CHUNK + TAG],
    "the last byte gone": lambda content: content[:-1],
    "a byte more": lambda content: content + b"\0",
    "one bit": lambda content: content[:-40_000] + bytes([content[-40_000] ^ 1]) + content[-39_999:],
    "two chunks swapped": lambda content: swapped(content),
    "a chunk left out": lambda content: content[: first_chunk(content)] + content[first_chunk(content) + CHUNK + TAG :],
}


def swapped(content: bytes) -> bytes:
    start, size = first_chunk(content), CHUNK + TAG
    one, two = content[start : start + size], content[start + size : start + 2 * size]
    assert len(two) == size
    return content[:start] + two + one + content[start + 2 * size :]


@pytest.mark.parametrize("name", DAMAGE)
def test_v11_3_3_a_damaged_backup_is_refused_whole(name: str, nothing: Place, saved: Path) -> None:
    saved.write_bytes(DAMAGE[name](saved.read_bytes()))
    result = nothing.portal("restore", str(saved))
    assert (result.exit_code, result.output.startswith("Error: ")) == (1, True), result.output
    assert nothing.is_empty()


def test_v11_3_3_the_inside_of_one_backup_does_not_fit_another(source: Place, nothing: Place, tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    source.portal("backup", str(one))
    source.portal("backup", str(two))
    line, rest = one.read_bytes().split(b"\n", 1)[0], two.read_bytes().split(b"\n", 1)[1]
    two.write_bytes(line + b"\n" + rest)
    assert nothing.portal("restore", str(two)).exit_code == 1
    assert nothing.is_empty()


@pytest.mark.parametrize("what", ["rows", "files"])
def test_what_is_there_is_never_written_over(source: Place, nothing: Place, saved: Path, what: str) -> None:
    if what == "rows":
        before = source.rows()
        result = source.portal("restore", str(saved))
        assert source.rows() == before
    else:
        nothing.storage.put("x" * 43, b"somebody's")
        result = nothing.portal("restore", str(saved))
        assert list(nothing.files()) == ["x" * 43]
    assert result.exit_code == 1
    assert "empty" in result.output


def test_a_backup_is_never_written_over(source: Place, saved: Path) -> None:
    before = saved.read_bytes()
    result = source.portal("backup", str(saved))
    assert result.exit_code == 1
    assert "there already" in result.output
    assert saved.read_bytes() == before


class Busy:
    """Citizens at work while a backup is taken: a thread of their own, a case for each piece that is read."""

    def __init__(self, storage: Storage, most: int) -> None:
        self.storage, self.most, self.done = storage, most, 0

    def submit(self) -> None:
        if self.done < self.most:
            self.done += 1
            thread = threading.Thread(target=self._submit)
            thread.start()
            thread.join(30)

    def _submit(self) -> None:
        database.connect()
        try:
            with db.atomic():
                account = make_account(10 + self.done)
                case = make_case(Organisation.get(), account, number=f"B{self.done}", draft_key=f"b{self.done}")
                fill_case(self.storage, case)
            gone = Document.select().order_by(Document.id.desc()).first()
            if gone is not None:
                documents.discard_files(gone, self.storage)
                gone.delete_instance()
            add_document(self.storage, case)
        finally:
            db.close()


def test_every_case_has_what_belongs_to_it_although_others_write_meanwhile(
    source: Place, target: Place, tmp_path: Path
) -> None:
    source.enter()
    busy, taken, file = Busy(source.storage, 40), taking.Taken(), tmp_path / "b"
    applied = [found.name for found in database.migrations() if found.applied]
    pieces = []
    for piece in taking.content(source.storage, NOW, applied, taken):
        pieces.append(piece)
        if busy.done < 15 or piece.startswith(b'{"table"'):
            busy.submit()
    assert busy.done > 25
    file.write_bytes(b"".join(envelope.new_envelope().close(iter(pieces))))
    assert target.portal("restore", str(file)).exit_code == 0
    target.enter()
    applications = list(Case.select().where(Case.kind == "application"))
    assert 5 < len(applications) < busy.done
    for case in applications:
        assert [case.events.count(), case.signatures.count(), case.papers.count()] == [2, 1, 1]
    stored = set(target.storage.list())
    assert [name for name in taking.list_files() if name not in stored] == []
    assert taken.missing == set()
    assert audit.verify() == []


def test_a_file_that_the_store_lost_is_named_and_the_rest_is_saved(
    source: Place, nothing: Place, tmp_path: Path
) -> None:
    source.enter()
    lost = SealedPaper.get().key
    source.storage.delete(lost)
    result = source.portal("backup", str(tmp_path / "b"))
    assert (result.exit_code, lost in result.output) == (1, True)
    assert nothing.portal("restore", str(tmp_path / "b")).exit_code == 0
    assert len(nothing.files()) == 3


KILLED = """
import os, signal, sys
from portal.cli import main
from portal.services.backups import restoring, taking
def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
taking._copy_rows = restoring._check_counts = killed
main(sys.argv[1:])
"""


def kill(place: Place, *arguments: str) -> None:
    own = {"PORTAL_ENV": "test", "PORTAL_DATABASE_URL": place.url, "PORTAL_DATA_DIR": str(place.data)}
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], env=os.environ | own, timeout=60)
    assert done.returncode == -signal.SIGKILL


def test_killed_in_the_middle_it_leaves_no_half_backup(source: Place, nothing: Place, tmp_path: Path) -> None:
    file = tmp_path / "b"
    kill(source, "backup", str(file))
    assert not file.exists()
    part = tmp_path / "b.part"
    assert part.stat().st_mode & 0o777 == 0o600
    assert nothing.portal("restore", str(part)).exit_code == 1
    assert nothing.is_empty()
    assert source.portal("backup", str(file)).exit_code == 0
    assert not part.exists()


def test_a_restore_that_was_killed_is_run_again(source: Place, target: Place, saved: Path) -> None:
    kill(target, "restore", str(saved))
    target.enter()
    assert Case.select().count() == 0
    assert target.portal("restore", str(saved)).exit_code == 0
    assert target.rows() == source.rows()


def test_a_disk_that_is_full_leaves_nothing(source: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", None)

    monkeypatch.setattr(os, "fsync", full)
    result = source.portal("backup", str(tmp_path / "b"))
    assert (result.exit_code, "No space left" in result.output) == (1, True)
    assert list(tmp_path.glob("b*")) == []


def make_backup(file: Path, *said: dict[str, Any]) -> None:
    use_keys((DEMO_KEY,))
    file.write_bytes(b"".join(envelope.new_envelope().close(records.line(one) for one in said)))


def test_a_backup_of_a_newer_release_is_refused(nothing: Place, tmp_path: Path) -> None:
    head = {"backup": 1, "taken_at": NOW.isoformat(), "migrations": ["0001_initial", "9999_later"]}
    make_backup(tmp_path / "b", head, {"end": True, "rows": {}, "files": 0, "keys": {}})
    result = nothing.portal("restore", str(tmp_path / "b"))
    assert (result.exit_code, "9999_later" in result.output, nothing.is_empty()) == (1, True, True)


def test_a_row_that_refers_to_nothing_undoes_the_whole_restore(target: Place, tmp_path: Path) -> None:
    head = {"backup": 1, "taken_at": NOW.isoformat(), "migrations": ["0001_initial"]}
    file = {"file": "f" * 43, "size": 0}
    event = {"table": "event", "columns": ["id", "case_id", "kind", "at", "actor", "data"]}
    row = [1, 77, "x", "2026-11-23 05:00:00", "system", "{}"]
    make_backup(
        tmp_path / "b", head, file, event | {"rows": [row]}, {"end": True, "rows": {"event": 1}, "files": 1, "keys": {}}
    )
    result = target.portal("restore", str(tmp_path / "b"))
    assert result.exit_code == 1
    assert not isinstance(result.exception, peewee.PeeweeException)
    target.enter()
    assert Event.select().count() == 0
    assert target.files() == {}


def test_an_older_backup_gets_what_came_since(
    source: Place, nothing: Place, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = tmp_path / "migrations"
    later.mkdir()
    for found in database.MIGRATIONS.glob("*.py"):
        (later / found.name).write_text(found.read_text())
    (later / "9998_colour.py").write_text(
        "def up(migrator, db):\n"
        "    db.execute_sql(\"ALTER TABLE account ADD COLUMN colour VARCHAR(9) DEFAULT 'kök'\")\n"
    )
    monkeypatch.setattr(database, "MIGRATIONS", later)
    result = nothing.portal("restore", str(saved))
    assert result.exit_code == 0, result.output
    nothing.enter()
    assert db.execute_sql("SELECT DISTINCT colour FROM account").fetchall() == [("kök",)]


def test_every_table_that_knows_sealed_files_is_asked_for_them() -> None:
    """A new one has to be named in taking.list_files() as well as in the vault."""
    assert {model for model in MODELS if "data_key" in model._meta.fields} == set(vault.KEPT)
    assert {model.__name__ for model in vault.KEPT} == {"Document", "Upload", "SealedPaper"}


def test_files_are_fetched_only_where_rows_name_them(source: Place, saved: Path) -> None:
    source.enter()
    assert sorted(taking.list_files()) == sorted(source.storage.list())
