"""What uploads cost the real server's memory. `python -m tests.bench.uploads` prints the figures of photos."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal import db as database
from portal.services.files.limits import LARGEST_FILE
from tests import files_to_upload as files
from tests.bench import uploads
from tests.bench.uploads import AT_ONCE, PEOPLE, Server

pytestmark = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="needs Linux's /proc")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    before = database.db.obj
    with uploads.running_server() as server:
        yield server
    database.db.initialize(before)


@pytest.fixture(scope="module")
def senders(server: Server) -> list[uploads.Sender]:
    return [uploads.sign_in(server, iin) for iin in PEOPLE]


def test_v5_2_1_twenty_largest_uploads_at_once_raise_it_by_less_than_two_of_them(senders):
    contents = [uploads.pdf(LARGEST_FILE, seed) for seed in range(AT_ONCE // len(PEOPLE))]
    assert LARGEST_FILE - 16 * 1024 < len(contents[0]) <= LARGEST_FILE
    assert uploads.measure_memory(senders, contents, "a.pdf")


def test_v5_2_6_a_picture_of_48_kb_that_unpacks_to_400_megapixels_is_refused_and_hardly_raises_it(senders):
    assert uploads.measure_bombs(senders[0], {"bomb.png": files.png_bomb()})
