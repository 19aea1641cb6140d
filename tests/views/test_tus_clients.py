"""A tus client of other people's making, over a real line to the real server, whole and broken."""

from __future__ import annotations

import io
import random
import socket
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from tusclient.client import TusClient
from tusclient.exceptions import TusUploadFailed

from portal.models import Document, Draft, Upload
from portal.services.files.limits import LARGEST_FILE, LARGEST_POST
from portal.web.csrf import FIELD
from tests import files_to_upload as files
from tests.conftest import Clock
from tests.real_server import serving
from tests.shaky_line import shaky_line
from tests.signing_in import sign_in, token
from tests.views.test_uploads import SCAN, STEP, make_draft

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
MB, KB = 1024 * 1024, 1024


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    with serving(app) as port:
        yield port


@pytest.fixture
def mother(port: int, client: FlaskClient, app: Flask, fill_with_demo: Callable[[Flask], None]) -> FlaskClient:
    fill_with_demo(app)
    sign_in(client)
    return client


@pytest.fixture
def draft(mother: FlaskClient, app: Flask, clock: Clock) -> Draft:
    return make_draft(app, clock)


def headers_of(client: FlaskClient) -> dict[str, str]:
    return {"Cookie": f"s={client.get_cookie('s').value}", "X-CSRF-Token": token(client)}


def tus_client(client: FlaskClient, port: int, draft: Draft) -> TusClient:
    return TusClient(f"http://127.0.0.1:{port}/kk/apply/{draft.key}/uploads", headers=headers_of(client))


def uploader(tus: TusClient, content: bytes, name: str = "a.jpg", **options):
    about = {"filename": name, "field": SCAN}
    return tus.uploader(file_stream=io.BytesIO(content), metadata=about, retry_delay=0, **options)


def large_photo() -> bytes:
    """A JPEG of a telephone's size: 4 MB and a little."""
    noise = random.Random(7).randbytes(1000 * 750 * 3)
    picture = Image.frombytes("RGB", (1000, 750), noise).resize((3000, 2250))
    for quality in range(70, 100):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        if len(out.getvalue()) >= 4 * MB:
            break
    return out.getvalue()


def test_tuspy_sends_a_file_in_pieces_with_checksums(mother, draft, port, app):
    content = files.photo(1600, 1200)
    uploader(tus_client(mother, port, draft), content, chunk_size=64 * KB, upload_checksum=True).upload()
    document = Document.get()
    assert (document.state, document.media_type) == ("clean", "image/jpeg")
    assert Draft.get().answers[SCAN] == [document.key]


def test_tuspy_goes_on_where_another_of_its_kind_stopped(mother, draft, port):
    content = files.photo(1600, 1200)
    tus = tus_client(mother, port, draft)
    first = uploader(tus, content, chunk_size=32 * KB)
    first.upload_chunk()
    first.upload_chunk()
    second = uploader(tus, content, url=first.url, chunk_size=64 * KB)
    assert second.offset == 64 * KB
    second.upload()
    assert Document.select().count() == 1


def test_tuspy_hears_why_a_file_is_refused(mother, draft, port):
    with pytest.raises(TusUploadFailed) as refused:
        uploader(tus_client(mother, port, draft), files.locked_pdf(), "a.pdf").upload()
    assert refused.value.status_code == 422
    assert "парольмен" in refused.value.response_content.decode()


def test_tuspy_needs_no_pieces(mother, draft, port):
    """The largest file there may be, in one request: more than the server takes elsewhere."""
    content = files.pdf(
        text=random.Random(3).randbytes(LARGEST_FILE - 100 * KB).hex().encode()[: LARGEST_FILE - 100 * KB]
    )
    uploader(tus_client(mother, port, draft), content, "a.pdf").upload()
    assert Document.select().count() == 1


def test_a_large_photo_over_a_line_that_breaks_moves_at_most_a_tenth_more(mother, draft, port):
    """4 MB, one piece of twenty fails; measured with figures by `python -m tests.bench uploads`."""
    content = large_photo()
    with shaky_line(port, every=20) as line:
        uploader(tus_client(mother, line.port, draft), content, chunk_size=64 * KB, retries=5).upload()
        assert line.broken >= 3
        assert line.up <= 1.10 * len(content)
    assert Document.select().count() == 1
    assert Upload.get().offset == len(content)


def talk(port: int, head: str, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n" + sent)
        parts = []
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_a_plain_form_brings_several_large_files_to_the_real_server(mother, draft, port):
    boundary, fresh = "xxxxxxxx", token(mother)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{FIELD}"\r\n\r\n{fresh}\r\n'.encode(),
        f'--{boundary}\r\nContent-Disposition: form-data; name="add"\r\n\r\n{SCAN}\r\n'.encode(),
    ]
    for number in (1, 2):
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{SCAN}"; filename="{number}.pdf"\r\n\r\n'
        text = random.Random(number).randbytes(MB).hex().encode()
        parts.append(head.encode() + files.pdf(text=text) + b"\r\n")
    body = b"".join([*parts, f"--{boundary}--\r\n".encode()])
    assert len(body) > 2 * MB
    head = f"POST /kk/apply/{draft.key}/{STEP} HTTP/1.0\nHost: x\nCookie: {headers_of(mother)['Cookie']}\n"
    kind = f"Content-Type: multipart/form-data; boundary={boundary}\nContent-Length: {len(body)}\n"
    answer = talk(port, head + kind, body)
    assert answer.split()[1] == b"200"
    assert Document.select().count() == 2


@pytest.mark.parametrize(
    ("path", "length"),
    [(f"/kk/apply/{{}}/{STEP}", LARGEST_POST + 1), ("/kk/apply/{}/uploads", LARGEST_FILE + 1), ("/kk/sign-in", 2 * MB)],
)
def test_v5_2_1_the_real_server_refuses_too_much_in_words_without_reading_it(mother, draft, port, path, length):
    kind = "application/offset+octet-stream" if path.endswith("uploads") else "multipart/form-data; boundary=x"
    headers = headers_of(mother) | {"Content-Type": kind, "Content-Length": str(length), "Host": "x"}
    headers |= {"Tus-Resumable": "1.0.0", "Upload-Length": str(length)}
    head = f"POST {path.format(draft.key)} HTTP/1.1\n" + "".join(
        f"{name}: {value}\n" for name, value in headers.items()
    )
    answer = talk(port, head, b"")  # nothing of the body is ever sent
    assert answer.split()[1] == b"413"
    assert b"Content-Security-Policy" in answer
    assert b"Connection: close" in answer
    assert ("МБ. Артқа қайтып".encode() in answer) == ("apply" in path)
