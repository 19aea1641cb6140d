"""Flask as the portal needs it: what is typed comes cleaned, and odd addresses and cookies are no reason to fail.

Two parts are for speed: without `Forms` a step of the bench takes 4.05 ms of processor time instead of 3.9 (1.04 times
as much), without `ensure_sync` 1.02 times as much.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, NoReturn
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import BadHost
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter, MapAdapter, RequestRedirect
from werkzeug.utils import cached_property

from ..db import MOST_ROWS
from .cookies import read_cookies
from .errors import REFUSED_BY_SERVER
from .typed import Typed


class Forms(FormDataParser):
    """Reads forms as Werkzeug does, but letters beyond ASCII, which come as %D2%9B, in whole words instead of bytes.

    Nothing that divides a form (& = + %) is among them: what is left to Werkzeug means the same as before.
    """

    def parse(self, stream: IO[bytes], mimetype: str, *rest: Any) -> Any:
        if mimetype == "application/x-www-form-urlencoded":
            stream = BytesIO(_WORD.sub(_read_word, stream.read()))
        return super().parse(stream, mimetype, *rest)


_WORD = re.compile(rb"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def _read_word(found: re.Match[bytes]) -> bytes:
    word = unhexlify(found[0].replace(b"%", b""))
    try:
        word.decode()
    except UnicodeDecodeError:
        return found[0]
    return word


class PortalRequest(Request):
    """A request whose texts are cleaned, and whose cookies may hold bytes that are no letters."""

    form_data_parser_class = Forms
    parameter_storage_class = Typed
    is_json = False  # no form of ours comes as JSON: Flask-WTF would take whatever it holds for one

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        cookies: ImmutableMultiDict[str, str] = read_cookies(
            self.environ.get("HTTP_COOKIE", ""), self.dict_storage_class
        )
        return cookies


class RowNumber(IntegerConverter):
    """A number in an address: no database counts further, so there is nothing at a larger one."""

    regex = "[0-9]+"

    def __init__(self, map: Any, *rest: Any, **options: Any) -> None:
        super().__init__(map, *rest, **{"max": MOST_ROWS, **options})


class Portal(Flask):
    """Flask whose addresses hold no number that a database could not, whose redirects name no host, and which does not
    ask at every step of every request whether a function of ours is a coroutine."""

    request_class = PortalRequest

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Addresses are found under any name; what is none (`a..b`) is refused as what the server could not read."""
        try:
            return super().create_url_adapter(request)
        except BadHost:
            if request is None:
                raise
            request.environ[REFUSED_BY_SERVER], request.host = 400, ""
            return self.url_map.bind_to_environ({**request.environ, "HTTP_HOST": ""}, subdomain="")

    def raise_routing_exception(self, request: Request) -> NoReturn:
        """Where an address lacks its last slash: to the path that has it, never to a host that the request names."""
        error = request.routing_exception
        if isinstance(error, RequestRedirect):
            parts = urlsplit(error.new_url)
            raise RequestRedirect(urlunsplit(("", "", parts.path, parts.query, ""))) from None
        super().raise_routing_exception(request)

    def __init__(self, *names: Any, **options: Any) -> None:
        super().__init__(*names, **options)
        self.url_map.converters["int"] = RowNumber

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func
