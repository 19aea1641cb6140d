"""Static files: a hash in each name, compressed once, cached for good; and the stylesheet inside the first page.

The first page of a visit carries the CSS inside it, so that it is readable after one request. It also asks the browser
to fetch the stylesheet when it has nothing better to do; the answer sets a small cookie. The cookie is proof that the
browser has the file: from then on pages only name it.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app, g, request
from markupsafe import Markup

from . import htmx
from .access import needs_no_database, public
from .compression import compress, preferred_encoding
from .language import YEAR, cookie_name
from .outside import context

FOLDER = Path(__file__).resolve().parents[1] / "static"
SERVED = {".css", ".js", ".svg", ".png"}


@dataclass(frozen=True)
class Asset:
    """One static file as it is sent. `address` holds its hash, so its content never changes."""

    name: str
    address: str
    hash8: str
    body: bytes
    content_type: str


def minify_css(css: str) -> str:
    """The stylesheet without comments and needless blanks. Selectors are written without a blank after a colon."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    return re.sub(r": ", ":", css).replace(";}", "}").strip()


@functools.cache
def assets() -> dict[str, Asset]:
    """Every static file by its plain name, read once."""
    return {path.name: _read(path) for path in sorted(FOLDER.iterdir()) if path.suffix in SERVED}


@functools.cache
def _by_served_name() -> dict[str, Asset]:
    return {asset.address.removeprefix("/static/"): asset for asset in assets().values()}


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    if path.suffix == ".css":
        body = minify_css(body.decode()).encode()
    if path.name.startswith("htmx-"):
        body += f"\nObject.assign(htmx.config,{htmx.CONFIG})".encode()
    hash8 = hashlib.sha256(body).hexdigest()[:8]
    kind = mimetypes.types_map.get(path.suffix, "application/octet-stream")
    if kind.startswith("text/") or path.suffix == ".js":
        kind += "; charset=utf-8"
    return Asset(path.name, f"/static/{path.stem}.{hash8}{path.suffix}", hash8, body, kind)


@functools.cache
def _compressed(name: str, encoding: str) -> bytes:
    return compress(assets()[name].body, encoding, best=True)


@functools.cache
def style_element() -> Markup:
    """The stylesheet inside the page, and the wish that the browser fetch it as a file for the next one."""
    css = assets()["site.css"]
    link = f'<link rel="prefetch" as="style" href="{css.address}">'
    return Markup(f"<style>{css.body.decode()}</style>{link}")  # noqa: S704 - our own file


@functools.cache
def style_source() -> str:
    """The Content-Security-Policy source that lets the inlined stylesheet through, and no other."""
    digest = hashlib.sha256(assets()["site.css"].body).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@functools.cache
def style_link() -> Markup:
    return Markup('<link rel="stylesheet" href="{}">').format(assets()["site.css"].address)


def browser_has_style() -> bool:
    """Has this browser shown that it keeps the present stylesheet?"""
    return request.cookies.get(cookie_name(current_app, "c")) == assets()["site.css"].hash8


def style() -> Markup:
    """What a page puts into its head for the stylesheet."""
    if browser_has_style():
        return style_link()
    g.style_inlined = True
    return style_element()


def static_url(name: str) -> str:
    """The address of a static file by its plain name. A page that names a script is allowed scripts (headers.py)."""
    if name.endswith(".js"):
        g.scripted = True
    return assets()[name].address


@public
@needs_no_database
def serve(name: str) -> Response:
    """A static file by its hashed name."""
    asset = _by_served_name().get(name)
    if asset is None:
        abort(404)
    encoding = preferred_encoding(request.environ)
    response = Response(_compressed(asset.name, encoding), content_type=asset.content_type)
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if asset.name == "site.css":
        secure = "; Secure" if context().settings.secure_cookies else ""
        value = f"{cookie_name(current_app, 'c')}={asset.hash8}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"
        response.headers["Set-Cookie"] = value
        response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def init_app(app: Flask) -> None:
    app.add_url_rule("/static/<name>", "static", serve)
    app.jinja_env.globals.update(style=style, static_url=static_url)
