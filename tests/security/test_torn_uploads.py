"""Uploads torn on the line or by a process that dies: what was confirmed is kept, and nothing half (ASVS V2.3)."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.models import Document, Draft, Upload
from portal.web.csrf import FIELD
from tests import files_to_upload as files
from tests.conftest import Clock
from tests.real_server import serving
from tests.signing_in import sign_in, token
from tests.views.test_uploads import SCAN, STEP, make_draft, stored

AT_LEAST = {"pieces": 20, "unscanned": 25, "form": 7}  # kills


@pytest.mark.parametrize("kind", AT_LEAST)
def test_v2_3_3_a_process_killed_at_any_write_of_an_upload_loses_nothing_it_confirmed(
    kind: str, database_url: str, tmp_path: Path
):
    command = [sys.executable, "-m", "tests.security.killed_uploads", database_url, str(tmp_path), kind]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": "."})
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= AT_LEAST[kind]


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    with serving(app) as port:
        yield port


@pytest.fixture
def draft(port: int, client: FlaskClient, app: Flask, clock: Clock, fill_with_demo: Callable[[Flask], None]) -> Draft:
    fill_with_demo(app)
    sign_in(client)
    return make_draft(app, clock)


PDF = files.pdf(text=random.Random(1).randbytes(20_000).hex().encode())


def plain_form(client: FlaskClient, draft: Draft) -> tuple[str, bytes]:
    body = b"".join([
        f'--xxxx\r\nContent-Disposition: form-data; name="{FIELD}"\r\n\r\n{token(client)}\r\n'.encode(),
        f'--xxxx\r\nContent-Disposition: form-data; name="add"\r\n\r\n{SCAN}\r\n'.encode(),
        f'--xxxx\r\nContent-Disposition: form-data; name="{SCAN}"; filename="a.pdf"\r\n\r\n'.encode(),
        PDF, b"\r\n--xxxx--\r\n",
    ])  # fmt: skip
    return f"POST /kk/apply/{draft.key}/{STEP} HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=xxxx\r\n", body


def one_piece(client: FlaskClient, draft: Draft) -> tuple[str, bytes]:
    metadata = "filename YS5wZGY=,field Y29uY2x1c2lvbl9zY2Fu"
    head = (
        f"POST /kk/apply/{draft.key}/uploads HTTP/1.1\r\nTus-Resumable: 1.0.0\r\nUpload-Length: {len(PDF)}\r\n"
        f"Upload-Metadata: {metadata}\r\nX-CSRF-Token: {token(client)}\r\n"
        f"Content-Type: application/offset+octet-stream\r\n"
    )
    return head, PDF


def in_chunks(body: bytes) -> bytes:
    parts = [body[start : start + 4096] for start in range(0, len(body), 4096)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def talk(port: int, raw: bytes) -> bytes:
    """Send it, hang up, and read what comes back, if anything."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        parts = []
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("chunked", [False, True], ids=["by-length", "chunked"])
@pytest.mark.parametrize("kind", [plain_form, one_piece])
def test_an_upload_torn_at_any_of_twenty_places_stores_nothing(client, draft, port, app, kind, chunked):
    head, body = kind(client, draft)
    sent = in_chunks(body) if chunked else body
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}"
    start = f"{head}Host: x\r\nCookie: s={client.get_cookie('s').value}\r\n{length}\r\n\r\n".encode()
    places = random.Random(2).sample(range(1, len(sent)), 20)
    for place in places:
        answer = talk(port, start + sent[:place])
        assert answer == b"" or answer.split()[1].startswith(b"4"), (place, answer[:200])
    assert (Document.select().count(), Upload.select().count(), stored(app)) == (0, 0, [])
    assert talk(port, start + sent).split()[1] in (b"200", b"201")  # whole, it is taken
    assert Document.select().count() == 1
