"""Giving files: by a plain form and in pieces by tus; nothing confirmed is lost, nothing foreign is let in."""

from __future__ import annotations

import base64
import gc
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import db as database
from portal import worker
from portal.gateways.storage import StorageDown
from portal.models import Account, AuditEntry, Case, Document, Draft, Organisation, Upload
from portal.services.files import documents, uploads
from portal.services.files import limits as file_limits
from portal.services.files import room as file_room
from portal.services.keys import loose, vault
from portal.views import receiving
from portal.web.csrf import FIELD
from tests import files_to_upload as files
from tests.conftest import Clock
from tests.corpus.pdf_making import field, mark, pdf_with
from tests.corpus.pictures import dear_jpeg
from tests.signing_in import FATHER, MOTHER, post, sign_in, token

# The test client and Werkzeug's parser leave their temporary files of a torn or large request to the collector.
LEAKY = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
SCAN = "conclusion_scan"
STEP = "conclusion"
TUS = {"Tus-Resumable": "1.0.0"}
PIECES = "application/offset+octet-stream"


@pytest.fixture
def mother(client: FlaskClient, app: Flask, fill_with_demo: Callable[[Flask], None]) -> FlaskClient:
    fill_with_demo(app)
    sign_in(client)
    return client


def make_draft(app: Flask, clock: Clock, iin: str = MOTHER) -> Draft:
    """A draft that stands at the step with the scan."""
    passport = app.extensions["context"].passports.get("home-schooling")
    before = [step.id for step in passport.steps]
    return Draft.create(
        key="draft-of-" + iin[:3], account=Account.get(Account.iin == iin), service="home-schooling",
        edition=passport.edition, answers={}, done=before[: before.index(STEP)], started_at=clock(), saved_at=clock(),
    )  # fmt: skip


@pytest.fixture
def draft(mother: FlaskClient, app: Flask, clock: Clock) -> Draft:
    return make_draft(app, clock)


def send(client: FlaskClient, draft: Draft, *given: tuple[str, bytes], **fields: str) -> TestResponse:
    """The step's form with files, "Add" pressed unless other fields say otherwise."""
    data = {FIELD: token(client), **(fields or {"add": SCAN})}
    data[SCAN] = [(io.BytesIO(content), name) for name, content in given]
    return client.post(f"/kk/apply/{draft.key}/{STEP}", data=data, content_type="multipart/form-data")


def listed(answer: TestResponse) -> list[str]:
    return [item.text.split(",")[0].strip() for item in BeautifulSoup(answer.text, "lxml").select(f"#{SCAN}-files li")]


def stored(app: Flask) -> list[Path]:
    folder = app.extensions["context"].settings.data_dir / "files"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_photo_added_by_a_plain_form_is_kept_and_shown_at_once(mother, draft, app):
    answer = send(mother, draft, ("қорытынды.jpg", files.photo()))
    assert answer.status_code == 200
    assert listed(answer) == ["қорытынды.jpg"]
    document = Document.get()
    assert (document.state, document.media_type, document.scanned_at) == ("clean", "image/jpeg", None)
    assert Draft.get().answers[SCAN] == [document.key]
    assert listed(mother.get(f"/kk/apply/{draft.key}/{STEP}")) == ["қорытынды.jpg"]
    content = documents.read_document(document, app.extensions["context"].gateways.storage)
    assert hashlib.sha256(content).hexdigest() == document.sha256


def test_v11_3_2_nothing_that_lies_in_the_store_can_be_read(mother, draft, app):
    send(mother, draft, ("a.jpg", files.photo()), ("b.pdf", files.pdf(2)))
    (files_stored,) = [stored(app)]
    assert len(files_stored) == 2
    for path in files_stored:
        assert path.read_bytes().startswith(b"QZ01")
        assert not {b"JFIF", b"%PDF"} & {path.read_bytes()[n : n + 4] for n in range(2000)}


def test_files_survive_mistakes_in_other_answers(mother, draft):
    answer = send(mother, draft, ("a.pdf", files.pdf()), conclusion_number="", save="yes")
    assert answer.status_code == 422
    assert listed(answer) == ["a.pdf"]
    assert Document.select().count() == 1


def test_what_was_typed_stays_when_a_file_is_added(mother, draft):
    answer = send(mother, draft, ("a.pdf", files.pdf()), add=SCAN, conclusion_number="17-Б")
    assert BeautifulSoup(answer.text, "lxml").select_one("[name=conclusion_number]")["value"] == "17-Б"


def test_several_pages_come_together_and_are_taken_back_one_by_one(mother, draft, app):
    answer = send(mother, draft, ("1.jpg", files.photo(seed=1)), ("2.jpg", files.photo(seed=2)), ("3.pdf", files.pdf()))
    assert listed(answer) == ["1.jpg", "2.jpg", "3.pdf"]
    buttons = BeautifulSoup(answer.text, "lxml").select("[name=remove]")
    answer = send(mother, draft, remove=buttons[1]["value"])
    assert listed(answer) == ["1.jpg", "3.pdf"]
    assert len(Draft.get().answers[SCAN]) == len(stored(app)) == 2


def test_the_last_file_taken_back_opens_the_question_again(mother, draft):
    send(mother, draft, ("1.jpg", files.photo()))
    Draft.update(done=[*draft.done, STEP]).execute()
    send(mother, draft, remove=Document.get().key)
    assert SCAN not in Draft.get().answers
    assert STEP not in Draft.get().done


def test_the_same_file_twice_is_one(mother, draft, app):
    for _ in range(2):
        answer = send(mother, draft, ("1.jpg", files.photo()))
    assert listed(answer) == ["1.jpg"]
    assert len(stored(app)) == 1


def test_enter_in_a_text_field_neither_adds_nor_removes(mother, draft):
    send(mother, draft, ("1.jpg", files.photo()))
    page = BeautifulSoup(mother.get(f"/kk/apply/{draft.key}/{STEP}").text, "lxml")
    assert page.select_one("main form button").get("name") is None
    assert page.select_one("main form")["enctype"] == "multipart/form-data"


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("locked.pdf", files.locked_pdf(), "password"),
        ("a.docx", b"PK\x03\x04" + bytes(100), "Save it as PDF"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(100), "HEIC"),
        ("a.png", b"GIF89a" + bytes(100), "something else"),
        ("a.avif", b"\0\0\0\x18ftypavif" + bytes(100), "AVIF"),
        ("form.pdf", pdf_with(field("/Tx", V="北京市"))(), "Print it to a new PDF"),
        ("notes.pdf", pdf_with(mark("/Text", Contents="note"))(), "notes that an officer would not see"),
        ("slow.jpg", dear_jpeg(), "takes too long"),
        ("a.jpg", files.photo(400, 400)[:3000], "damaged"),
        ("empty.pdf", b"", "empty"),
        ("bomb.png", files.png_bomb(), "million pixels"),
        ("many.pdf", files.pdf(51), "too many pages"),
    ],
)
def test_each_refusal_names_the_file_and_what_to_do(mother, draft, name, content, word):
    draft_at = f"/en/apply/{draft.key}/{STEP}"
    data = {FIELD: token(mother), "add": SCAN, SCAN: [(io.BytesIO(content), name), (io.BytesIO(files.pdf()), "ok.pdf")]}
    answer = mother.post(draft_at, data=data, content_type="multipart/form-data")
    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 422
    assert page.select_one("[role=alert]").text.count(f"{name}: ") == 1
    assert word in page.select_one(f"#{SCAN}-error").text
    assert listed(answer) == ["ok.pdf"]  # the good one beside it is kept


def test_files_that_take_long_do_not_hold_a_thread_one_after_the_other(mother, draft, monkeypatch):
    monkeypatch.setattr(receiving, "SECONDS", 0.0)
    answer = send(mother, draft, ("1.pdf", files.pdf()), add=SCAN, conclusion_number="17-Б")
    page = BeautifulSoup(answer.text, "lxml")
    assert (answer.status_code, Document.select().count()) == (422, 0)
    assert "1.pdf: " in page.select_one(f"#{SCAN}-error").text
    assert page.select_one("[name=conclusion_number]")["value"] == "17-Б"


def test_add_without_a_file_says_so(mother, draft):
    assert send(mother, draft).status_code == 422


def test_v5_2_4_no_question_application_or_person_takes_more_than_agreed(mother, draft, monkeypatch):
    monkeypatch.setattr(file_room, "FILES_OF_A_DRAFT", 2)
    for number in range(3):
        answer = send(mother, draft, (f"{number}.pdf", files.pdf(number + 1)))
    assert (answer.status_code, len(listed(answer))) == (422, 2)
    monkeypatch.setattr(file_room, "FILES_OF_A_DRAFT", 20)
    monkeypatch.setattr(file_room, "BYTES_OF_AN_ACCOUNT", 1000)
    assert send(mother, draft, ("4.pdf", files.pdf(4))).status_code == 422
    monkeypatch.setattr(file_room, "BYTES_OF_AN_ACCOUNT", 10**8)
    monkeypatch.setattr(file_room, "BYTES_OF_A_DRAFT", 1000)
    assert send(mother, draft, ("4.pdf", files.pdf(4))).status_code == 422
    assert Document.select().count() == 2


def test_v5_2_1_one_byte_too_many_is_refused_by_the_view_too_whatever_server_stands_before_it(mother, draft, app):
    class Untouched(io.RawIOBase):
        def read(self, size=-1):
            raise AssertionError("the body was read")

    for address, method, most in (
        (f"/kk/apply/{draft.key}/{STEP}", "POST", file_limits.LARGEST_POST),
        (f"/kk/apply/{draft.key}/uploads", "POST", file_limits.LARGEST_FILE),
        ("/kk/cabinet/settings", "POST", 64 * 1024),
    ):
        answer = mother.open(
            address, method=method, content_type="multipart/form-data; boundary=x",
            headers={**TUS, "X-CSRF-Token": token(mother)},
            environ_overrides={"wsgi.input": Untouched(), "CONTENT_LENGTH": str(most + 1)},
        )  # fmt: skip
        assert answer.status_code == 413, address


@LEAKY
def test_v5_2_1_a_file_of_more_than_its_kind_may_have_is_refused(mother, draft):
    answer = send(mother, draft, ("a.jpg", b"\xff\xd8\xff" + bytes(10 * 1024 * 1024)))
    assert answer.status_code == 422
    assert Document.select().count() == 0
    gc.collect()


def test_strangers_may_not_send_more_than_a_form(app, draft):
    answer = send(app.test_client(), draft, ("a.pdf", bytes(100_000)))
    assert (answer.status_code, "/sign-in?next=" in answer.location) == (303, True)


@LEAKY
@pytest.mark.parametrize("part", [0.05, 0.3, 0.7, 0.99])
def test_a_form_torn_on_its_way_stores_nothing(mother, draft, app, part):
    boundary = b"xxxx"
    body = b"".join(
        [
            b'--xxxx\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n', token(mother).encode(),
            b'\r\n--xxxx\r\nContent-Disposition: form-data; name="add"\r\n\r\n', SCAN.encode(),
            b'\r\n--xxxx\r\nContent-Disposition: form-data; name="', SCAN.encode(),
            b'"; filename="a.pdf"\r\n\r\n', files.pdf(3, text=b"x" * 3000), b"\r\n--xxxx--\r\n",
        ]
    )  # fmt: skip
    answer = mother.open(
        f"/kk/apply/{draft.key}/{STEP}", method="POST", input_stream=io.BytesIO(body[: int(len(body) * part)]),
        content_type=f"multipart/form-data; boundary={boundary.decode()}", headers={"Content-Length": str(len(body))},
    )  # fmt: skip
    assert answer.status_code == 400
    assert (Document.select().count(), stored(app)) == (0, [])
    gc.collect()


def test_v3_5_1_a_form_without_a_fresh_token_gives_no_files(mother, draft, app):
    data = {"add": SCAN, SCAN: [(io.BytesIO(files.pdf()), "a.pdf")]}
    answer = mother.post(f"/en/apply/{draft.key}/{STEP}", data=data, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "Choose them once more" in answer.text
    assert (Document.select().count(), stored(app)) == (0, [])


def test_a_store_that_is_down_is_told_and_loses_no_answer(mother, draft, monkeypatch):
    def down(*_):
        raise StorageDown("stopped")

    monkeypatch.setattr("portal.gateways.storage.Storage.put", down)
    answer = send(mother, draft, ("a.pdf", files.pdf()), add=SCAN, conclusion_number="17-Б")
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "lxml").select_one("[name=conclusion_number]")["value"] == "17-Б"
    assert Document.select().count() == 0


def test_what_a_crash_leaves_in_the_store_is_swept_away_a_day_later_and_nothing_else(
    mother, draft, app, clock, monkeypatch
):
    storage = app.extensions["context"].gateways.storage
    send(mother, draft, ("kept.pdf", files.pdf(2)))

    def crash(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:  # the process dies before the row is written, and clears nothing away
        patched.setattr(documents, "note_answer", crash)
        patched.setattr(documents, "discard_files", crash)
        with pytest.raises(KeyboardInterrupt):
            send(mother, draft, ("a.pdf", files.pdf()))
    assert (Document.select().count(), len(stored(app))) == (1, 2)
    assert (loose.sweep(storage, clock()), len(stored(app))) == (0, 2)  # somebody may still be writing it
    clock.forward(days=2)
    assert worker.forget_files(app.extensions["context"], clock()) == 1
    assert [path.name for path in stored(app)] == [Document.get().key]


def test_a_file_noted_too_long_ago_is_not_kept_since_the_sweep_may_have_it(draft, app, clock):
    row = vault.new_seal()
    loose.note(row, clock())
    clock.forward(hours=13)
    with pytest.raises(loose.ClaimedTooLate):
        loose.claim(row, clock())


def test_files_of_a_draft_that_is_gone_are_deleted_after_an_hour(mother, draft, app, clock):
    storage = app.extensions["context"].gateways.storage
    send(mother, draft, ("a.pdf", files.pdf()))
    clock.forward(hours=2)
    assert documents.purge(storage, clock()) == 0
    sign_in(mother)
    post(mother, f"/kk/cabinet/drafts/{draft.key}/delete")
    assert documents.purge(storage, clock()) == 1
    assert (Document.select().count(), stored(app)) == (0, [])


def make_case(draft: Draft, app: Flask, clock: Clock) -> Case:
    """The draft as a case, as a submission does it."""
    with database.db.atomic():
        draft = Draft.get(Draft.id == draft.id)
        case = Case.create(
            number="AB-1234-CD", kind="application", draft_key=draft.key, account=draft.account, service=draft.service,
            edition=draft.edition, language="kk", body=Organisation.select().first(), state="submitted",
            answers=draft.answers, receipt_code="x", submitted_at=clock(), registered_at=clock(), due_at=clock(),
        )  # fmt: skip
        documents.attach(case, case.answers)
        draft.delete_instance()
    return case


@pytest.fixture
def sent(mother, draft, app, clock) -> Document:
    """A document of a case."""
    send(mother, draft, ("a.pdf", files.pdf()))
    make_case(draft, app, clock)
    return Document.get()


def test_a_document_of_a_case_stays_when_drafts_are_cleared(sent, app, clock):
    clock.forward(days=400)
    assert documents.purge(app.extensions["context"].gateways.storage, clock()) == 0


def test_v3_2_1_v5_4_1_a_document_is_downloaded_under_strict_headers(mother, sent):
    answer = mother.get(f"/kk/cabinet/AB-1234-CD/documents/{sent.key}")
    assert (answer.status_code, answer.data[:5], answer.content_type) == (200, b"%PDF-", "application/pdf")
    name = f"AB-1234-CD-{sent.id}.pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert AuditEntry.select().where(AuditEntry.action == "view_document").count() == 1


def test_v3_5_8_another_sites_page_does_not_get_it(mother, sent):
    address = f"/kk/cabinet/AB-1234-CD/documents/{sent.key}"
    assert mother.get(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert mother.get(address, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_v8_2_2_nobody_else_gets_it(app, sent):
    address = f"/kk/cabinet/AB-1234-CD/documents/{sent.key}"
    other = app.test_client()
    assert other.get(address).status_code == 303
    sign_in(other, FATHER)
    assert other.get(address).status_code == 404


@pytest.mark.parametrize(("state", "status"), [("pending", 409), ("infected", 409)])
def test_v5_4_3_what_is_not_known_to_be_clean_is_never_served(mother, sent, state, status):
    Document.update(state=state).execute()
    answer = mother.get(f"/kk/cabinet/AB-1234-CD/documents/{sent.key}")
    assert (answer.status_code, b"%PDF" in answer.data) == (status, False)


def test_v11_3_4_documents_exchanged_in_the_store_are_not_served(mother, draft, app, clock):
    send(mother, draft, ("1.pdf", files.pdf()), ("2.pdf", files.pdf(2)))
    make_case(draft, app, clock)
    first, second = stored(app)
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)
    app.testing = False
    answer = mother.get(f"/kk/cabinet/AB-1234-CD/documents/{Document.get().key}")
    assert (answer.status_code, b"%PDF" in answer.data) == (500, False)


# In pieces


class Tus:
    """A client that speaks tus as a script on the page does."""

    def __init__(self, client: FlaskClient, key: str) -> None:
        self.client, self.root = client, f"/kk/apply/{key}/uploads"
        self.address = ""

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str) -> TestResponse:
        sent = {**TUS, "X-CSRF-Token": token(self.client)}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(address, method=method, data=body, headers=sent, content_type=PIECES if body else None)

    def start(self, length: int, name: str = "a.jpg", field: str = SCAN, body: bytes = b"") -> TestResponse:
        encoded = {
            key: base64.b64encode(value.encode()).decode() for key, value in (("filename", name), ("field", field))
        }
        metadata = ",".join(" ".join(pair) for pair in encoded.items())
        answer = self.ask("POST", self.root, body, Upload_Length=str(length), Upload_Metadata=metadata)
        self.address = answer.headers.get("Location", "")
        return answer

    def patch(self, offset: int, body: bytes, **headers: str) -> TestResponse:
        return self.ask("PATCH", self.address, body, Upload_Offset=str(offset), **headers)

    def offset(self) -> int:
        return int(self.ask("HEAD", self.address).headers["Upload-Offset"])


@pytest.fixture
def tus(mother, draft) -> Tus:
    return Tus(mother, draft.key)


def test_a_file_sent_in_pieces_is_the_file(tus, app):
    content = files.photo()
    assert tus.start(len(content)).status_code == 201
    for start in range(0, len(content), 20_000):
        answer = tus.patch(start, content[start : start + 20_000])
        assert answer.status_code == 204, answer.text
        assert int(answer.headers["Upload-Offset"]) == min(start + 20_000, len(content))
    document = Document.get()
    assert (document.name, document.state) == ("a.jpg", "clean")
    assert Draft.get().answers[SCAN] == [document.key]
    assert len(stored(app)) == 1  # its pieces are gone
    assert tus.offset() == len(content)  # whoever did not hear the last answer learns that it is there


def test_the_first_piece_may_come_with_the_creation(tus):
    content = files.pdf()
    assert tus.start(len(content), "a.pdf", body=content).status_code == 201
    assert Document.select().count() == 1


def test_what_was_confirmed_survives_and_lies_sealed(tus, app):
    content = files.photo()
    tus.start(len(content))
    tus.patch(0, content[:30_000])
    assert [path.read_bytes()[:4] for path in stored(app)] == [b"QZ01"]
    database.db.close()
    database.connect()
    assert tus.offset() == 30_000
    tus.patch(30_000, content[30_000:])
    assert Document.select().count() == 1


def test_a_piece_that_does_not_follow_is_a_conflict_and_tells_where_it_stands(tus):
    content = files.photo()
    tus.start(len(content))
    tus.patch(0, content[:100])
    for offset in (0, 50, 101):
        answer = tus.patch(offset, b"x")
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "100")
    assert tus.patch(len(content), b"x").status_code == 413
    assert tus.offset() == 100


def test_a_line_that_breaks_within_a_piece_keeps_what_came(tus, mother):
    content = files.photo()
    tus.start(len(content))
    answer = mother.open(
        tus.address, method="PATCH", input_stream=io.BytesIO(content[:7000]), content_type=PIECES,
        headers={**TUS, "X-CSRF-Token": token(mother), "Upload-Offset": "0", "Content-Length": "50000"},
    )  # fmt: skip
    assert answer.status_code == 204
    assert tus.offset() == 7000
    tus.patch(7000, content[7000:])
    assert Document.select().count() == 1


def test_two_pieces_at_once_at_one_place_cannot_both_be_kept(tus, app, clock):
    content = files.photo()
    tus.start(len(content))
    one, two = Upload.get(), Upload.get()
    storage = app.extensions["context"].gateways.storage
    uploads._confirm(one, content[:10], storage, clock())
    with pytest.raises(uploads.OffsetWrong):
        uploads._confirm(two, content[:20], storage, clock())
    assert (tus.offset(), len(stored(app))) == (10, 1)


def test_a_crash_before_the_last_piece_is_confirmed_costs_that_piece_alone(tus, app, monkeypatch):
    content = files.photo()
    tus.start(len(content))
    tus.patch(0, content[:-500])

    def crash(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(documents.audit, "record", crash)
        with pytest.raises(KeyboardInterrupt):
            tus.patch(len(content) - 500, content[-500:])
    assert tus.offset() == len(content) - 500
    assert Document.select().count() == 0
    assert tus.patch(len(content) - 500, content[-500:]).status_code == 204
    assert Document.select().count() == 1


def test_a_checksum_that_differs_keeps_nothing_of_the_piece(tus):
    content = files.pdf()
    tus.start(len(content), "a.pdf")
    wrong = base64.b64encode(hashlib.sha1(b"other").digest()).decode()
    right = base64.b64encode(hashlib.sha1(content).digest()).decode()
    assert tus.patch(0, content, Upload_Checksum=f"sha1 {wrong}").status_code == 460
    assert tus.offset() == 0
    assert tus.patch(0, content, Upload_Checksum=f"md5 {right}").status_code == 400
    assert tus.patch(0, content, Upload_Checksum=f"sha1 {right}").status_code == 204


def test_an_upload_is_given_up_or_expires_and_leaves_nothing(tus, app, clock):
    content = files.photo()
    storage = app.extensions["context"].gateways.storage
    tus.start(len(content))
    tus.patch(0, content[:1000])
    assert tus.ask("DELETE", tus.address).status_code == 204
    assert (tus.ask("HEAD", tus.address).status_code, stored(app)) == (404, [])
    tus.start(len(content))
    tus.patch(0, content[:1000])
    clock.forward(hours=25)
    sign_in(tus.client)
    assert tus.ask("HEAD", tus.address).status_code == 404
    assert (uploads.purge(storage, clock()), stored(app)) == (1, [])


def test_what_would_be_refused_is_refused_before_the_first_byte(tus):
    assert tus.start(11 * 1024 * 1024).status_code == 413
    assert tus.start(0).status_code == 422
    assert tus.start(100, "a.exe").status_code == 422
    assert tus.start(100, "a.pdf", field="conclusion_number").status_code == 404
    assert tus.start(100, "a.pdf", field="").status_code == 404
    assert Upload.select().count() == 0


def test_what_is_none_of_our_kinds_is_refused_with_its_first_piece(tus, mother, draft, app):
    content = b"\0\0\0\x18ftypheic" + bytes(200_000)
    tus.start(len(content), "1000012345")
    answer = tus.patch(0, content[:20_000])
    assert (answer.status_code, stored(app)) == (422, [])
    assert "HEIC" in answer.text
    page = BeautifulSoup(mother.get(f"/en/apply/{draft.key}/{STEP}").text, "lxml")
    assert "1000012345: This photo is in the HEIC format" in page.select_one(f"#{SCAN}-files").text


@pytest.mark.parametrize("name", ["image:1641", "1000012345", "photo.jfif", "IMG_0001.HEIC", "photo.png"])
def test_a_photo_is_taken_whatever_a_telephone_calls_it(tus, name):
    content = files.photo()
    assert tus.start(len(content), name).status_code == 201
    tus.patch(0, content[:30_000])
    assert tus.patch(30_000, content[30_000:]).status_code == 204
    document = Document.get()
    assert (document.media_type, document.name[-4:]) == ("image/jpeg", ".jpg")


def test_a_refusal_kept_from_before_an_update_is_still_told(mother, draft, clock):
    Upload.create(
        key="k", account=draft.account, draft_key=draft.key, field=SCAN, name="a.heic", length=1, offset=1, key_id="x",
        data_key="x", error={"reason": "heic", "values": {}}, created_at=clock(),
        expires_at=clock().replace(year=2030),
    )  # fmt: skip
    assert "HEIC format" in mother.get(f"/en/apply/{draft.key}/{STEP}").text


def test_a_file_refused_in_the_end_is_told_and_leaves_nothing_but_the_reason(tus, mother, draft, app):
    content = files.locked_pdf()
    tus.start(len(content), "locked.pdf")
    answer = tus.patch(0, content)
    assert answer.status_code == 422
    assert stored(app) == []
    page = BeautifulSoup(mother.get(f"/en/apply/{draft.key}/{STEP}").text, "lxml")
    assert "locked.pdf: This PDF is locked" in page.select_one(f"#{SCAN}-files").text
    send(mother, draft, ("good.pdf", files.pdf()))
    assert "locked" not in mother.get(f"/en/apply/{draft.key}/{STEP}").text


def test_the_protocol_is_spoken_as_it_is_written(tus, mother):
    able = mother.options(tus.root)
    assert (able.status_code, able.headers["Tus-Version"]) == (204, "1.0.0")
    assert "creation" in able.headers["Tus-Extension"]
    assert mother.open(tus.root, method="POST", headers={"X-CSRF-Token": token(mother)}).status_code == 412
    tus.start(100, "a.pdf")
    wrong = mother.open(
        tus.address, method="PATCH", data=b"x", headers={**TUS, "X-CSRF-Token": token(mother), "Upload-Offset": "0"}
    )
    assert wrong.status_code == 415
    assert tus.ask("PATCH", tus.address, b"x", Upload_Offset="minus").status_code == 400
    assert tus.patch(0, b"x" * 101).status_code == 413
    head = tus.ask("HEAD", tus.address)
    assert (head.headers["Upload-Length"], head.headers["Cache-Control"]) == ("100", "no-store")
    assert "Upload-Expires" in head.headers


def test_v3_5_1_a_piece_without_the_token_changes_nothing(tus, mother):
    content = files.pdf()
    tus.start(len(content), "a.pdf")
    for headers in ({}, {"X-CSRF-Token": "foreign"}):
        answer = mother.open(
            tus.address,
            method="PATCH",
            data=content,
            content_type=PIECES,
            headers={**TUS, "Upload-Offset": "0", **headers},
        )
        assert answer.status_code == 400
    foreign = tus.ask("PATCH", tus.address, content, Upload_Offset="0", Sec_Fetch_Site="cross-site")
    assert foreign.status_code == 400
    assert tus.offset() == 0


def test_v8_2_2_an_upload_is_its_owners_alone(tus, app, draft, clock):
    content = files.pdf()
    tus.start(len(content), "a.pdf")
    father = app.test_client()
    sign_in(father, FATHER)
    theirs = Tus(father, draft.key)
    theirs.address = tus.address
    assert theirs.start(len(content), "a.pdf").status_code == 404
    for method in ("HEAD", "DELETE"):
        assert theirs.ask(method, tus.address).status_code == 404
    theirs.address = tus.address
    assert theirs.patch(0, content).status_code == 404
    own = make_draft(app, clock, FATHER)  # nor through a draft of their own
    assert theirs.ask("HEAD", tus.address.replace(draft.key, own.key)).status_code == 404
    assert tus.offset() == 0


def test_v8_2_2_an_upload_stays_with_the_application_it_was_begun_for(tus, mother, draft):
    content = files.pdf()
    tus.start(len(content), "a.pdf")
    begun_for, other = tus.address, "another-draft"
    Draft.insert({**draft.__data__, "id": None, "key": other}).execute()
    theirs = Tus(mother, other)
    assert theirs.start(len(content), "a.pdf").status_code == 201  # the draft is as good as the first
    elsewhere = begun_for.replace(draft.key, other)
    assert [theirs.ask(method, elsewhere).status_code for method in ("HEAD", "DELETE")] == [404, 404]
    theirs.address = elsewhere
    assert theirs.patch(0, content).status_code == 404
    assert tus.offset() == 0


def test_v5_2_4_uploads_on_their_way_count(tus, monkeypatch):
    monkeypatch.setattr(uploads, "UPLOADS_ON_THEIR_WAY", 2)
    assert [tus.start(100, "a.pdf").status_code for _ in range(3)] == [201, 201, 422]


def test_v2_4_1_files_of_a_person_are_limited_by_the_hour(tus, monkeypatch):
    monkeypatch.setattr(uploads, "UPLOADS_ON_THEIR_WAY", 1000)
    monkeypatch.setattr(file_room, "FILES_OF_AN_ACCOUNT", 1000)
    monkeypatch.setattr(file_room, "BYTES_OF_AN_ACCOUNT", 10**12)
    assert [tus.start(100, "a.pdf").status_code for _ in range(121)][-2:] == [201, 429]


def test_keys_of_uploads_on_their_way_are_rotated_too(tus):
    tus.start(100, "a.pdf")
    assert Upload in vault.KEPT
    assert Upload.get().key_id


def test_the_script_is_small_and_only_where_files_are_asked_for(mother, draft):
    page = mother.get(f"/kk/apply/{draft.key}/{STEP}")
    assert "/static/upload." in page.text
    saving = mother.get(f"/kk/apply/{draft.key}/{STEP}", headers={"Save-Data": "on"})
    assert "/static/upload." not in saving.text
    assert 'type="file"' in saving.text
    address = BeautifulSoup(page.text, "lxml").select_one("script[src*=upload]")["src"]
    script = mother.get(address, headers={"Accept-Encoding": "br"})
    assert len(script.data) < 3000
    assert "/static/upload." not in mother.get("/kk/services/preschool-queue").text


@LEAKY
@pytest.mark.parametrize("size", [2_000, 200_000])
def test_a_file_that_came_after_the_session_was_over_is_named_and_the_form_comes_back(
    mother: FlaskClient, app: Flask, clock: Clock, size: int
) -> None:
    draft = make_draft(app, clock)
    address = f"/kk/apply/{draft.key}/{STEP}"
    mother.get(address)
    clock.forward(hours=1)
    sent = {
        "conclusion_number": "ДКК-45/7",
        SCAN: [(io.BytesIO(b"%PDF" + bytes(size)), "ҚОРЫТЫНДЫ.pdf"), (io.BytesIO(b"x" * size), "2.jpg")],
    }
    answer = post(mother, address, sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert "/sign-in" in answer.location
    sign_in(mother)
    page = BeautifulSoup(mother.get(address).text, "lxml")
    said = page.select_one("#lost-files").text
    assert "ҚОРЫТЫНДЫ.pdf, 2.jpg" in said
    assert page.select_one("[name=conclusion_number]")["value"] == "ДКК-45/7"
    database.connect()
    assert Document.select().count() == 0


@LEAKY
def test_also_where_nothing_but_a_file_was_sent(mother: FlaskClient, app: Flask, clock: Clock) -> None:
    draft = make_draft(app, clock)
    address = f"/kk/apply/{draft.key}/{STEP}"
    mother.get(address)
    clock.forward(hours=1)
    post(mother, address, {SCAN: (io.BytesIO(b"%PDF"), "a.pdf"), FIELD: "x"}, content_type="multipart/form-data")
    sign_in(mother)
    assert "a.pdf" in BeautifulSoup(mother.get(address).text, "lxml").select_one("#lost-files").text
