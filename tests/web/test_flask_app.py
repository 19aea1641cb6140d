"""What Flask does for us in another way means the same as what it would do itself."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode

from flask import Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.test import EnvironBuilder

from portal.web.flask_app import Forms, PortalRequest

SENT = "application/x-www-form-urlencoded"


def forms_of(body: bytes) -> tuple[list, list]:
    """The same body, read by ours and by Werkzeug."""
    ours, theirs = (parser().parse(BytesIO(body), SENT, len(body))[1] for parser in (Forms, FormDataParser))
    return list(ours.items(multi=True)), list(theirs.items(multi=True))


@given(st.lists(st.tuples(st.text(), st.text())))
def test_a_form_is_read_as_it_was_typed(fields):
    ours, theirs = forms_of(urlencode(fields).encode())
    assert ours == theirs == list(MultiDict(fields).items(multi=True))


PIECES = [
    "%",
    "&",
    "=",
    "+",
    "a",
    "ә",
    "%D3%99",
    "%d3%99",
    "%D3",
    "%99",
    "%41",
    "%26",
    "%3D",
    "%00",
    "%FF",
    "%E2%82",
    "\xff",
]


@given(st.lists(st.sampled_from(PIECES)))
def test_broken_forms_are_read_as_werkzeug_reads_them(pieces):
    body = b"".join(b"\xff" if piece == "\xff" else piece.encode() for piece in pieces)
    ours, theirs = forms_of(body)
    assert ours == theirs


def test_cookies_are_those_that_flask_finds():
    environ = EnvironBuilder(headers={"Cookie": 's=abc; l=kk; s=second; empty=; q="a b"'}).get_environ()
    ours, theirs = (list(kind(environ).cookies.items(multi=True)) for kind in (PortalRequest, Request))
    assert ours == theirs
