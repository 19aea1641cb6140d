"""How pages are made small."""

import gzip

import brotli
import pytest

from portal.web.compression import preferred_encoding


@pytest.mark.parametrize(
    ("accepts", "chosen"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR", "br"),
        ("identity", ""),
        ("", ""),
        ("brotli", ""),
    ],
)
def test_the_smallest_encoding_that_the_browser_knows(accepts, chosen):
    assert preferred_encoding({"HTTP_ACCEPT_ENCODING": accepts}) == chosen


@pytest.mark.parametrize(("encoding", "open_"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
@pytest.mark.parametrize("address", ["/en/help", "/en/status", "/en/nothing"])
def test_pages_come_compressed_and_say_so(client, encoding, open_, address):
    for _ in range(2):
        answer = client.get(address, headers={"Accept-Encoding": encoding})
        assert answer.headers["Content-Encoding"] == encoding
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert b"</html>" in open_(answer.data)


def test_a_browser_that_knows_none_gets_the_page_as_it_is(client):
    for _ in range(2):
        answer = client.get("/en/help")
        assert "Content-Encoding" not in answer.headers
        assert "</html>" in answer.text
