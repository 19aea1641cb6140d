"""The cookies of a request, from the line that brought them."""

from __future__ import annotations

from typing import Any

from werkzeug.sansio.http import parse_cookie


def read_cookies(line: str, kind: Any = None) -> Any:
    """A mapping of `kind`. `line` as WSGI has it, a byte a sign: bytes that are no letters may come from another
    program on the same host, and are no reason to refuse the reader."""
    return parse_cookie(line.encode("latin1", "replace").decode(errors="replace"), cls=kind)
