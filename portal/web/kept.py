"""Kept pages: a public page is rendered once, and its compressed bytes are answered before Flask wakes up.

Public pages say nothing about who reads them, so one rendering serves everybody until the minute in which something on
it changes ("open until 13:00"). A view says `keep_page(until)`; a small WSGI layer in front of Flask answers the rest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import cachetools
from flask import Flask, Response, current_app, g, request

from . import clock, first_page
from .compression import compress, preferred_encoding
from .htmx import asks_for_fragment
from .language import cookie_name

KEPT_AT_MOST = dt.timedelta(minutes=1)  # so that a new edition or address is read within a minute
ROOM = 400  # pages; the least recently read goes first
Key = tuple[str, bool, str, bool, bool]  # path, the browser has the stylesheet, encoding, Save-Data, a fragment


@dataclass(frozen=True)
class KeptPage:
    """A page as bytes, good until `expires` (seconds since 1970)."""

    body: bytes
    headers: list[tuple[str, str]]
    etag: str
    expires: float
    language: str | None


class Store:
    """Kept pages of one process. A stale page goes when it is asked for, the least recently read when room is short."""

    def __init__(self) -> None:
        self._pages: cachetools.LRUCache[Key, KeptPage] = cachetools.LRUCache(ROOM)
        self._lock = threading.Lock()

    def find(self, key: Key, now: float) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if not now < page.expires <= now + KEPT_AT_MOST.total_seconds():  # or kept by a clock that ran ahead
                del self._pages[key]
                return None
            return page

    def keep(self, key: Key, page: KeptPage) -> None:
        with self._lock:
            self._pages[key] = page

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()

    def __len__(self) -> int:
        return len(self._pages)


class KeptPages:
    """The WSGI layer. It answers a GET or HEAD without a query from the store, and passes everything else on."""

    def __init__(self, app: Flask, inner: Callable[..., Iterable[bytes]], store: Store) -> None:
        self.inner = inner
        self.store = store
        self.clock = app.extensions["context"].clock
        self.style_mark = first_page.style_mark()
        self.language_mark = cookie_name(app, "l") + "="
        self.reader_cookies = {lang: first_page.reader_cookie(app, lang) for lang in ("kk", "ru", "en")}
        self.answered = 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD") or environ.get("QUERY_STRING"):
            return self.inner(environ, start_response)
        cookies = environ.get("HTTP_COOKIE", "")
        key = page_key(environ, self.style_mark in cookies)
        page = self.store.find(key, self.clock().timestamp())
        if page is None:
            return self.inner(environ, start_response)
        self.answered += 1
        headers = page.headers
        if page.language and not (key[1] and self.language_mark + page.language in cookies):
            headers = [*headers, ("Set-Cookie", self.reader_cookies[page.language])]
        if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 NOT MODIFIED", [h for h in headers if not h[0].startswith("Content-")])
            return []
        start_response("200 OK", headers)
        return [] if method == "HEAD" else [page.body]


def page_key(environ: dict[str, Any], has_style: bool) -> Key:
    """What of a request decides which bytes answer it."""
    saving = environ.get("HTTP_SAVE_DATA", "").lower() == "on"
    return environ.get("PATH_INFO", ""), has_style, preferred_encoding(environ), saving, asks_for_fragment(environ)


def keep_page(until: dt.datetime | None = None) -> None:
    """Called by a view: this page is the same for everybody until then, a minute at most."""
    latest = clock.now() + KEPT_AT_MOST
    g.keep_until = min(until, latest) if until else latest


def keep(response: Response) -> Response:
    """Keep the page that a view wished to be kept, with an ETag, so that a slow line asks only whether it changed."""
    if "keep_until" not in g or response.status_code != 200 or request.method != "GET" or request.query_string:
        return response
    body = response.get_data()
    # The two ways of bringing the stylesheet are the same page: a browser that holds either is told "not modified".
    content = first_page.without_style(body)
    response.headers["ETag"] = etag = f'W/"{hashlib.sha256(content).hexdigest()[:12]}"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Accept-Encoding")
    key = page_key(request.environ, first_page.browser_has_style())
    if key[2]:
        body = compress(body, key[2], best=True)
        response.headers["Content-Encoding"] = key[2]
    response.set_data(body)
    language = g.lang if request.view_args is not None and f"/{g.lang}/" in request.path else None
    headers = [h for h in response.headers if h[0] != "Set-Cookie"]
    page = KeptPage(body, headers, etag, g.keep_until.timestamp(), language)
    current_app.extensions["kept"].keep(key, page)
    response.make_conditional(request)
    if response.status_code == 304:
        # The browser goes on showing what it holds, under the policy that came with it: the stylesheet may be inside.
        del response.headers["Content-Security-Policy"]
    return response


def init_app(app: Flask) -> None:
    """After `compression` and before `headers`: answers pass in reverse order, and what is kept has all its headers."""
    store = app.extensions["kept"] = Store()
    layer = app.extensions["kept_pages"] = KeptPages(app, app.wsgi_app, store)
    app.wsgi_app = layer  # type: ignore[method-assign]
    app.after_request(keep)
